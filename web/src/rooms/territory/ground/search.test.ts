import { expect, test } from 'vitest'
import type { Division } from '@/client/types'
import { atLimit, better, howEven } from './search'

const division = (outside: number, worst: number, bound: number, least = bound > 0.1 ? 1 : 0, moved = 0) =>
  ({ tolerance: 0.1, moved_doors: moved, then: { parts: 9, outside, worst, spread: 0 }, bound: { parts: 9, outside: least, worst: bound, spread: 0 } }) as Division

test.each([
  [division(0, 0.08, 0), 'even'],
  [division(3, 0.29, 0.29), 'top'],
  [division(3, 0.29, 0.12), 'room'],
  [division(3, 0.29, 0.02), 'free'],
] as const)('a division says how even it is', (d, how) => expect(howEven(d)).toBe(how))

test('fewer outside come first, then the worst, then who stays', () => {
  expect(better(division(2, 0.4, 0), division(3, 0.2, 0))).toBe(true)
  expect(better(division(2, 0.2, 0), division(2, 0.4, 0))).toBe(true)
  expect(better(division(2, 0.2, 0, 0, 5), division(2, 0.2, 0, 0, 9))).toBe(true)
  expect(better(division(2, 0.2, 0, 0, 9), division(2, 0.2, 0, 0, 9))).toBe(false)
})

test('at the limit nothing is left to look for', () => {
  expect(atLimit(division(1, 0.29, 0.29))).toBe(true)
  expect(atLimit(division(1, 0.3, 0.29))).toBe(false)
})
