import { expect, test, vi } from 'vitest'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
vi.stubGlobal('document', { createElement: () => ({}), documentElement: { lang: '' } })

test('an end at midnight names the last day that it holds', async () => {
  const { civilDay, moment } = await import('@/client/time')
  expect(moment('2026-12-05T16:00:00Z')).toMatch(/^12月5日 24:00$/)
  expect(moment('2026-12-05T16:00:59Z')).toMatch(/^12月5日 24:00$/)
  expect(moment('2026-12-05T10:30:00Z')).toMatch(/^12月5日 18:30$/)
  expect(civilDay(new Date('2026-12-05T15:59:59Z'))).toBe('2026-12-05')
  expect(moment('0001-01-01T00:00:00Z')).toBe('')
  expect(moment('')).toBe('')
})
