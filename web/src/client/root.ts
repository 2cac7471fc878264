// A drill's world lies below /drill/{id}: the same application, other data.
const found = /^\/drill\/[^/]+/.exec(globalThis.location?.pathname ?? '')

/** root is what stands before every address here; empty in the real world. */
export const root = found?.[0] ?? ''
/** drillId is the drill this window is in; empty in the real world. */
export const drillId = root.slice('/drill/'.length)
/** inRoot gives the address of a page that the server draws. */
export const inRoot = (path: string) => root + path
/** keyed keeps what a drill leaves in this browser apart from what is real. */
export const keyed = (name: string) => (root ? `${name}@${drillId}` : name)
