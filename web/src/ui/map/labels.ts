/** A sign to stand on the map; x and y are where it wants to be, in pixels. */
export interface Sign { id: string; x: number; y: number; w: number; h: number; rank: number; far?: boolean }
export interface Placed extends Sign { px: number; py: number }

/** place puts signs down by rank without overlap. A sign that must be seen (far) moves away further; others are left out. */
export function place(signs: Sign[], width: number, height: number): Placed[] {
  const out: Placed[] = []
  for (const s of [...signs].sort((a, b) => a.rank - b.rank)) {
    for (const [dx, dy] of tries(s)) {
      const px = s.x + dx
      const py = s.y + dy
      const fits = px - s.w / 2 > 2 && px + s.w / 2 < width - 2 && py - s.h / 2 > 2 && py + s.h / 2 < height - 2
      if (!fits || out.some((o) => Math.abs(o.px - px) < (o.w + s.w) / 2 + 3 && Math.abs(o.py - py) < (o.h + s.h) / 2 + 2)) continue
      out.push({ ...s, px, py })
      break
    }
  }
  return out
}

function* tries(s: Sign): Generator<[number, number]> {
  yield [0, 0]
  const rings = s.far ? [1, 1.6, 2.4, 3.4, 4.6, 6] : [0.7, 1.2]
  for (const r of rings) for (const [a, b] of [[0, -1], [0, 1], [1, 0], [-1, 0], [1, -1], [-1, -1], [1, 1], [-1, 1]]) yield [a * r * s.w * 0.6, b * r * s.h]
}

/** textWidth guesses how wide a text is drawn: a Chinese character is a square, others half of one. */
export function textWidth(text: string, size: number): number {
  let w = 0
  for (const c of text) w += c.charCodeAt(0) > 0x2000 ? size : size * 0.58
  return w
}
