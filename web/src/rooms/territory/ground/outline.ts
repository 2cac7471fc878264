import type { Shape } from '@/client/types'

/** A corner in metres of the map: east and south. */
export type Corner = [number, number]

/** useOutline holds the corners of a boundary being drawn, with every step kept so that it can be taken back. */
export interface Outline { corners: Corner[]; active: number }

const same = (a: Corner, b: Corner) => Math.hypot(a[0] - b[0], a[1] - b[1]) < 0.01

/** snapped is the corner of another outline nearest to a point, if one is within reach; else the point itself. */
export function snapped(p: Corner, others: Corner[], reach: number): Corner {
  let [best, least] = [p, reach]
  for (const o of others) {
    const d = Math.hypot(o[0] - p[0], o[1] - p[1])
    if (d <= least) [best, least] = [o, d]
  }
  return [best[0], best[1]]
}

/** put says what a click at a point comes to: a corner near it is picked up; a corner held is put down there; else one more follows the last. */
export function put(o: Outline, p: Corner, reach: number): Outline {
  const near = o.corners.findIndex((c) => Math.hypot(c[0] - p[0], c[1] - p[1]) <= reach)
  if (o.active < 0 && near >= 0) return { ...o, active: near }
  if (o.active >= 0) return near === o.active ? { ...o, active: -1 } : { corners: o.corners.map((c, i) => (i === o.active ? p : c)), active: -1 }
  if (o.corners.some((c) => same(c, p))) return o
  return { corners: [...o.corners, p], active: -1 }
}

/** nudge moves one corner. */
export const nudge = (o: Outline, i: number, dx: number, dy: number): Outline => ({ ...o, corners: o.corners.map((c, k) => (k === i ? [c[0] + dx, c[1] + dy] : c)) })

/** without takes one corner away; insert puts one in the middle of the side that follows it. */
export const without = (o: Outline, i: number): Outline => ({ corners: o.corners.filter((_, k) => k !== i), active: -1 })
export function insert(o: Outline, i: number): Outline {
  const [a, b] = [o.corners[i], o.corners[(i + 1) % o.corners.length]]
  return { corners: [...o.corners.slice(0, i + 1), [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], ...o.corners.slice(i + 1)], active: -1 }
}

/** crossing says whether two sides of the outline cross; the server says so again before it keeps anything. */
export function crossing(corners: Corner[]): boolean {
  const n = corners.length
  const turn = (a: Corner, b: Corner, c: Corner) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
  for (let i = 0; i < n; i++)
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue
      const [a, b, c, d] = [corners[i], corners[i + 1], corners[j], corners[(j + 1) % n]]
      if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true
    }
  return false
}

/** ringOf is the outer ring of a plain polygon, open; anything else cannot be taken up corner by corner. */
export function ringOf(g: Shape['geometry'] | undefined): Corner[] | null {
  if (g?.type !== 'Polygon') return null
  const rings = g.coordinates as Corner[][]
  return rings.length === 1 ? rings[0].slice(0, -1) : null
}

/** datumOf is the datum that a GeoJSON text names itself, or nothing. */
export function datumOf(text: string): string {
  const named = /"crs"\s*:\s*\{[^}]*\{[^}]*"name"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? ''
  if (/4490|cgcs\s*2000/i.test(named)) return 'CGCS2000'
  if (/4326|crs84|wgs/i.test(named)) return 'WGS84'
  if (/gcj/i.test(named)) return 'GCJ-02'
  if (/bd-?09/i.test(named)) return 'BD-09'
  return ''
}
