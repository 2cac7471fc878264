import { describe, expect, it } from 'vitest'
import { nextLook } from '../src/client/live'

describe('nextLook', () => {
  it('shows the first change after a quiet time almost at once', () => {
    expect(nextLook(60_000, 0.9)).toBe(400)
  })
  it('looks once in two seconds while changes keep coming, spread over half a second', () => {
    expect(nextLook(0, 0)).toBe(2000)
    expect(nextLook(0, 1)).toBe(2500)
    expect(nextLook(1500, 0)).toBe(500)
  })
})
