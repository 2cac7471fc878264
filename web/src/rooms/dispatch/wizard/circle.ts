import type { Ground } from '@/ui/map/ground'
import { holds } from '@/ui/map/ground'

export interface Circle { x: number; y: number; r: number }

/** caught lists the things that a circle touches: one corner inside is enough, and so is standing around the centre. */
export function caught(things: Ground[], c: Circle): Ground[] {
  const near = (x: number, y: number) => Math.hypot(x - c.x, y - c.y) <= c.r
  return things.filter((g) => !g.area && (near(g.x, g.y) || g.rings.some((ring) => ring.some(([x, y], i) => near(...nearest(c, [x, y], ring[(i + 1) % ring.length]))) || (ring.length > 2 && holds(ring, c.x, c.y)))))
}

/** nearest is the point of a side that is nearest to the centre. */
function nearest(c: Circle, a: [number, number], b: [number, number]): [number, number] {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const t = Math.max(0, Math.min(1, ((c.x - a[0]) * dx + (c.y - a[1]) * dy) / (dx * dx + dy * dy || 1)))
  return [a[0] + t * dx, a[1] + t * dy]
}
