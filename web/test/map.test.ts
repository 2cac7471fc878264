import { expect, test } from 'vitest'
import type { ShapeSet, Zone } from '@/client/types'
import { outline, spread } from '@/ui/map/areas'
import { holds, layGround } from '@/ui/map/ground'
import { place } from '@/ui/map/labels'

const house = (id: string, x: number, y: number, zone: Zone = '') => ({
  type: 'Feature' as const,
  geometry: { type: 'Polygon', coordinates: [[[x, y], [x + 0.0003, y], [x + 0.0003, y + 0.0001], [x, y + 0.0001], [x, y]]] },
  properties: { id, kind: 'building', name: id, zone, doors: 10, people: 20, empty_posts: 0, missing: 0 },
})
const set: ShapeSet = { type: 'FeatureCollection', features: Array.from({ length: 60 }, (_, i) => house('h' + i, 124 + (i % 10) * 0.0006, 29.8 + Math.floor(i / 10) * 0.0005)) }

test('metres on the ground are metres', () => {
  const g = layGround(set)
  expect(g[1].x - g[0].x).toBeCloseTo(0.0006 * 111320 * Math.cos((29.80125 * Math.PI) / 180), 0)
  expect(g[10].y).toBeLessThan(g[0].y)
})

test('the ground of a zone holds its own buildings and no others', () => {
  const ground = layGround(set)
  const raster = spread(ground)!
  const mine = (id: string) => Number(id.slice(1)) % 10 < 4
  const loops = outline(raster, mine).split('M').filter(Boolean).map((l) => l.replace('Z', '').split('L').map((p) => p.split(' ').map(Number) as [number, number]))
  const inside = (x: number, y: number) => loops.filter((l) => holds(l, x, y)).length % 2 === 1
  for (const g of ground) expect([g.id, inside(g.x, g.y)]).toEqual([g.id, mine(g.id)])
})

test('shapes that are empty, points or missing do no harm', () => {
  expect(layGround(null)).toEqual([])
  expect(spread([])).toBeNull()
  const odd = layGround({ type: 'FeatureCollection', features: [{ ...house('p', 0, 0), geometry: { type: 'Point', coordinates: [124, 29.8] } }, { ...house('n', 0, 0), geometry: null }] })
  expect(odd.map((g) => g.id)).toEqual(['p'])
  expect(odd[0].path).toContain('M')
})

test('signs never cover one another, and a zone is always named', () => {
  const signs = Array.from({ length: 40 }, (_, i) => ({ id: String(i), x: 200 + (i % 5), y: 150, w: 90, h: 22, rank: i < 3 ? 0 : 2, far: i < 3 }))
  const out = place(signs, 600, 400)
  for (const a of out) for (const b of out) if (a !== b) expect(Math.abs(a.px - b.px) >= 90 || Math.abs(a.py - b.py) >= 22).toBe(true)
  expect(out.filter((s) => s.far).length).toBe(3)
})
