import { expect, test } from 'vitest'
import { nextStep, seen, tourSteps, type Tour } from '@/app/console/tour'
import type { LogLine } from '@/client/types'

const line = (seq: number, verb: string): LogLine => ({ seq, at: '2026-11-22T00:00:00Z', verb, facts: {}, place_id: 'p', place_name: '长塘', actor: '沈' })
const fresh = (): Tour => ({ on: true, from: 10, done: {} })
const say = (l: LogLine) => `${l.seq} ${l.verb}`

test('the log ticks a step and its line is shown; what was before the tour ticks nothing', () => {
  const t = fresh()
  seen(t, '/console/helpers', [line(9, 'target.recorded'), line(11, 'residents.imported')], say)
  expect(t.done).toEqual({ bring: '11 residents.imported' })
  expect(nextStep(t)?.id).toBe('look')
})

test('an address ticks only the step that is due, a skipped step stays skipped until it is done', () => {
  const t = fresh()
  seen(t, '/console/register', [], say)
  expect(t.done).toEqual({})
  seen(t, '/console', [], say)
  expect(t.done).toEqual({ look: '' })
  t.done.sweep = '-'
  seen(t, '/console', [line(12, 'incident.declared'), line(13, 'sheet.printed')], say)
  expect(t.done).toMatchObject({ start: '12 incident.declared', print: '13 sheet.printed', sweep: '-' })
  expect(nextStep(t)?.id).toBe('bring')
})

test('every step can be reached to the end', () => {
  const t = fresh()
  for (let i = 0; nextStep(t) && i < 9; i++) t.done[nextStep(t)!.id] = '-'
  expect(Object.keys(t.done).length).toBe(tourSteps.length)
})
