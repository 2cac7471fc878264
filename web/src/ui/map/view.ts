import { computed, ref } from 'vue'
import type { Box } from './ground'

/** useView keeps what part of the ground is in sight: a middle and the metres that one pixel stands for. */
export function useView() {
  const width = ref(600)
  const height = ref(400)
  const x = ref(0)
  const y = ref(0)
  const metres = ref(4)

  function fit(box: Box, margin = 1.06) {
    x.value = (box.x0 + box.x1) / 2
    y.value = (box.y0 + box.y1) / 2
    metres.value = Math.max((box.x1 - box.x0) / width.value, (box.y1 - box.y0) / height.value, 0.12) * margin
  }
  /** zoom keeps the point under the pointer where it is. */
  function zoom(factor: number, px = width.value / 2, py = height.value / 2) {
    const next = Math.min(12, Math.max(0.1, metres.value * factor))
    const [gx, gy] = ground(px, py)
    metres.value = next
    x.value = gx - (px - width.value / 2) * next
    y.value = gy - (py - height.value / 2) * next
  }
  function move(dx: number, dy: number) {
    x.value -= dx * metres.value
    y.value -= dy * metres.value
  }
  const ground = (px: number, py: number): [number, number] => [x.value + (px - width.value / 2) * metres.value, y.value + (py - height.value / 2) * metres.value]
  const pixel = (gx: number, gy: number): [number, number] => [(gx - x.value) / metres.value + width.value / 2, (gy - y.value) / metres.value + height.value / 2]
  const viewBox = computed(() => {
    const [w, h] = [width.value * metres.value, height.value * metres.value]
    return `${x.value - w / 2} ${y.value - h / 2} ${w} ${h}`
  })
  /** bar is a round number of metres near 70 pixels. */
  const bar = computed(() => {
    const want = metres.value * 70
    const ten = 10 ** Math.floor(Math.log10(want))
    const round = [5, 2, 1].map((n) => n * ten).find((n) => n <= want * 1.15) ?? ten
    return { metres: round, pixels: round / metres.value }
  })
  return { width, height, x, y, metres, viewBox, bar, fit, zoom, move, ground, pixel }
}
