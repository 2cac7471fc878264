import { boxOf, type Ground } from './ground'

// A zone is declared on buildings; people read it as ground. Each cell of a fine raster belongs to the
// building nearest to it, if one is near; the cells of a zone's buildings together make its ground.
const reach = 75

export interface Raster { x0: number; y0: number; cell: number; nx: number; ny: number; owner: Int32Array; things: Ground[] }

/** spread finds for each cell the nearest building, by a brush fire from all buildings at once. */
export function spread(things: Ground[]): Raster | null {
  if (!things.length) return null
  const b = boxOf(things)
  const cell = Math.max(8, Math.sqrt(((b.x1 - b.x0 + 2 * reach) * (b.y1 - b.y0 + 2 * reach)) / 70_000))
  const [x0, y0] = [b.x0 - reach, b.y0 - reach]
  const nx = Math.ceil((b.x1 + reach - x0) / cell) + 1
  const ny = Math.ceil((b.y1 + reach - y0) / cell) + 1
  const owner = new Int32Array(nx * ny).fill(-1)
  const away = new Float64Array(nx * ny).fill(Infinity)
  const from: [number, number][] = []
  const source = new Int32Array(nx * ny).fill(-1)
  let front: number[] = []
  things.forEach((t, i) => {
    for (const [x, y] of [...t.rings[0], [t.x, t.y] as [number, number]]) {
      const at = Math.floor((y - y0) / cell) * nx + Math.floor((x - x0) / cell)
      from.push([x, y])
      owner[at] = i
      away[at] = 0
      source[at] = from.length - 1
      front.push(at)
    }
  })
  while (front.length) {
    const next: number[] = []
    for (const at of front) {
      const [cx, cy] = [at % nx, Math.floor(at / nx)]
      const [sx, sy] = from[source[at]]
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          const [x, y] = [cx + dx, cy + dy]
          if (x < 0 || y < 0 || x >= nx || y >= ny) continue
          const to = y * nx + x
          const d = Math.hypot(x0 + (x + 0.5) * cell - sx, y0 + (y + 0.5) * cell - sy)
          if (d > reach || d >= away[to]) continue
          away[to] = d
          owner[to] = owner[at]
          source[to] = source[at]
          next.push(to)
        }
    }
    front = next
  }
  return { x0, y0, cell, nx, ny, owner, things }
}

/** outline returns the border of all cells whose building is wanted, as one SVG path. */
export function outline(r: Raster, wanted: (id: string) => boolean): string {
  const yes = r.things.map((t) => wanted(t.id))
  if (!yes.some(Boolean)) return ''
  const at = (x: number, y: number) => x >= 0 && y >= 0 && x < r.nx && y < r.ny && r.owner[y * r.nx + x] >= 0 && yes[r.owner[y * r.nx + x]]
  const next = new Map<number, number[]>()
  const w = r.nx + 1
  const edge = (ax: number, ay: number, bx: number, by: number) => {
    const a = ay * w + ax
    next.set(a, [...(next.get(a) ?? []), by * w + bx])
  }
  for (let y = 0; y < r.ny; y++)
    for (let x = 0; x < r.nx; x++) {
      if (!at(x, y)) continue
      if (!at(x, y - 1)) edge(x, y, x + 1, y)
      if (!at(x + 1, y)) edge(x + 1, y, x + 1, y + 1)
      if (!at(x, y + 1)) edge(x + 1, y + 1, x, y + 1)
      if (!at(x - 1, y)) edge(x, y + 1, x, y)
    }
  let path = ''
  while (next.size) {
    const start = next.keys().next().value as number
    const loop: [number, number][] = []
    for (let here = start; ; ) {
      const ways = next.get(here)
      if (!ways) break
      const to = ways.pop() as number
      if (!ways.length) next.delete(here)
      loop.push([here % w, Math.floor(here / w)])
      here = to
      if (here === start) break
    }
    const smooth = thin(loop, 1.25)
    if (smooth.length > 3) path += 'M' + smooth.map((p) => `${(r.x0 + p[0] * r.cell).toFixed(1)} ${(r.y0 + p[1] * r.cell).toFixed(1)}`).join('L') + 'Z'
  }
  return path
}

// Douglas and Peucker: stairs of cells become straight sides.
function thin(points: [number, number][], tolerance: number): [number, number][] {
  if (points.length < 5) return points
  const half = Math.floor(points.length / 2)
  return [...cut(points.slice(0, half + 1), tolerance).slice(0, -1), ...cut([...points.slice(half), points[0]], tolerance).slice(0, -1)]
}

function cut(points: [number, number][], tolerance: number): [number, number][] {
  const [a, b] = [points[0], points[points.length - 1]]
  const long = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1
  let [worst, index] = [0, 0]
  for (let i = 1; i < points.length - 1; i++) {
    const p = points[i]
    const d = Math.abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / long
    if (d > worst) [worst, index] = [d, i]
  }
  if (worst <= tolerance) return [a, b]
  return [...cut(points.slice(0, index + 1), tolerance).slice(0, -1), ...cut(points.slice(index), tolerance)]
}
