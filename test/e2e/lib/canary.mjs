// People of the demonstration are invented after a pattern: an identity number of
// the region or a telephone of the prefix that is assigned to nobody is a canary.
// None may stand in an address, a problem's text, a stream or what the server says.
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const digit = (n) => '10X98765432'[weights.reduce((sum, w, i) => sum + w * Number(n[i]), 0) % 11]

export function find(text) {
  let all = String(text)
  try { all += '\n' + decodeURIComponent(all) } catch { /* not an address */ }
  const out = [...all.matchAll(/(?<![0-9A-Za-z])(?:86-?)?(129\d{8})(?![0-9A-Za-z])/g)].map((m) => m[1])
  for (const [, n] of all.matchAll(/(?<![0-9A-Za-z])(99\d{4}(?:19|20)\d{9}[\dXx])(?![0-9A-Za-z])/g)) if (digit(n) === n[17].toUpperCase()) out.push(n)
  return out
}

// watch notes what a window's addresses and the server's problems, streams and
// figures give away.
export function watch(page) {
  page.leaked = []
  const look = (where, text) => { for (const hit of find(text)) page.leaked.push(`${where}: ${hit}`) }
  page.on('request', (r) => look('address', r.url()))
  page.on('framenavigated', (f) => look('address', f.url()))
  page.on('response', async (r) => {
    look('headers', JSON.stringify(r.headers()))
    if (/problem\+json/.test(r.headers()['content-type'] ?? '')) look(`problem of ${new URL(r.url()).pathname}`, await r.text().catch(() => ''))
  })
}
