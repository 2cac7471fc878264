import type { Shape, ShapeSet } from '@/client/types'

/** One thing on the ground, moved to metres: x east, y south of the middle of the set. */
export interface Ground {
  id: string
  kind: string
  name: string
  rings: [number, number][][]
  path: string
  x: number
  y: number
  point: boolean
  area: boolean
  of: Shape['properties']
}
export interface Box { x0: number; y0: number; x1: number; y1: number }

const wide = new Set(['city', 'district', 'subdistrict', 'community', 'grid', 'microgrid'])

function rings(geometry: Shape['geometry']): number[][][] {
  if (!geometry) return []
  const c = geometry.coordinates
  if (geometry.type === 'Polygon') return c as number[][][]
  if (geometry.type === 'MultiPolygon') return (c as number[][][][]).flat()
  if (geometry.type === 'Point') return [[c as number[]]]
  return []
}

/** planeOf is the local plane of a set: metres east and south of its middle, and back. */
export function planeOf(set: ShapeSet | null) {
  const all = (set?.features ?? []).flatMap((f) => rings(f.geometry).flat())
  const mid = (i: number) => (all.length ? (all.reduce((m, p) => Math.min(m, p[i]), Infinity) + all.reduce((m, p) => Math.max(m, p[i]), -Infinity)) / 2 : 0)
  const [lng0, lat0] = [mid(0), mid(1)]
  const k = 111320 * Math.cos((lat0 * Math.PI) / 180)
  return {
    metres: (p: number[]): [number, number] => [(p[0] - lng0) * k, (lat0 - p[1]) * 110860],
    degrees: (p: [number, number]): [number, number] => [lng0 + p[0] / k, lat0 - p[1] / 110860],
  }
}

/** layGround turns longitude and latitude into a local plane. A few kilometres across, this is exact to the metre. */
export function layGround(set: ShapeSet | null): Ground[] {
  const raw = (set?.features ?? []).map((f) => ({ f, rings: rings(f.geometry) })).filter((r) => r.rings.length)
  if (!raw.length) return []
  const { metres } = planeOf(set)
  return raw.map(({ f, rings: r }) => {
    const flat = r.map((ring) => ring.map(metres))
    const [x, y] = middle(flat[0])
    const point = flat[0].length < 3
    return {
      id: f.properties.id, kind: f.properties.kind, name: f.properties.name, of: f.properties, rings: flat, x, y, point,
      area: wide.has(f.properties.kind), path: point ? square(x, y, 9) : flat.map(line).join(''),
    }
  })
}

const line = (ring: [number, number][]) => 'M' + ring.map((p) => `${p[0].toFixed(1)} ${p[1].toFixed(1)}`).join('L') + 'Z'
const square = (x: number, y: number, r: number) => line([[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]])

// The centre of area; a ring without area falls back on the mean of its corners.
function middle(ring: [number, number][]): [number, number] {
  let [a, x, y] = [0, 0, 0]
  for (let i = 0; i < ring.length; i++) {
    const [p, q] = [ring[i], ring[(i + 1) % ring.length]]
    const c = p[0] * q[1] - q[0] * p[1]
    a += c
    x += (p[0] + q[0]) * c
    y += (p[1] + q[1]) * c
  }
  if (Math.abs(a) > 1e-6) return [x / (3 * a), y / (3 * a)]
  return [ring.reduce((s, p) => s + p[0], 0) / ring.length, ring.reduce((s, p) => s + p[1], 0) / ring.length]
}

export function boxOf(things: Ground[]): Box {
  const box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity }
  for (const t of things)
    for (const ring of t.rings)
      for (const [x, y] of ring) {
        box.x0 = Math.min(box.x0, x)
        box.y0 = Math.min(box.y0, y)
        box.x1 = Math.max(box.x1, x)
        box.y1 = Math.max(box.y1, y)
      }
  return box.x0 === Infinity ? { x0: -500, y0: -400, x1: 500, y1: 400 } : box
}

/** holds says whether a point lies in a ring. */
export function holds(ring: [number, number][], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [a, b] = [ring[i], ring[j]]
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
  }
  return inside
}

/** densest returns the building of a zone with most of its own kind, and fewest others, within 220 metres. */
export function densest(zoned: { g: Ground; zone: string }[], zone: string): Ground | null {
  let [best, most] = [null as Ground | null, -Infinity]
  for (const a of zoned) {
    if (a.zone !== zone) continue
    let score = 0
    for (const b of zoned) if (Math.abs(a.g.x - b.g.x) < 220 && Math.abs(a.g.y - b.g.y) < 220) score += b.zone === zone ? 1 : -2
    if (score > most) [best, most] = [a.g, score]
  }
  return best
}
