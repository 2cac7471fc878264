import { describe, expect, it } from 'vitest'
import type { DoorPage } from '@/client/types'
import type { Cell } from '@/rooms/round/field/pack'
import { doneRows } from '@/rooms/round/field/done'

const home = { id: 'home', zh: '在家', en: 'At home', tone: 'ok', final: true }
const absent = { id: 'absent', zh: '不在家', en: 'Nobody in', tone: 'again', final: false }
const round = { id: 'r', outcomes: [home, absent] } as never
const at = '2026-03-08T01:00:00Z'
const row = (id: string, more = {}) => ({ kind: 'round', id, title: { zh: '扫楼', en: 'Sweep' }, about: '', outcome: home, state: 'ok', role: 'lead', at, ...more })
const page = (more: object) => ({ due: [{ round_id: 'r', title: { zh: '扫楼', en: 'Sweep' }, missing: true, outcomes: [home] }], ...more }) as unknown as DoorPage
const cell = (outcome: string, state: string, queued: boolean) => ({ outcome, state, queued, at }) as unknown as Cell
const today = () => true

describe('what was done at a door today', () => {
  it('is the server’s word', () => {
    expect(doneRows(page({ done: [row('old')] }), null, null, today).map((d) => d.id)).toEqual(['old'])
  })
  it('is covered by what waits in the phone', () => {
    const [d] = doneRows(page({ done: [row('r', { outcome: absent, state: 'again' })] }), cell('home', 'ok', true), round, today)
    expect([d.outcome.zh, d.state, d.role, d.queued]).toEqual(['在家', 'ok', 'me', true])
    expect(doneRows(page({}), cell('home', 'ok', true), round, today)).toHaveLength(1)
  })
  it('leaves out what is to be tried again, and what was done on another day', () => {
    expect(doneRows(page({ done: [row('r')] }), cell('absent', 'again', true), round, today)).toEqual([])
    expect(doneRows(page({}), cell('home', 'ok', false), round, () => false)).toEqual([])
  })
  it('lets another running round be corrected, one that ended not', () => {
    const two = page({ due: [{ round_id: 'x', title: '', missing: false, outcomes: [home] }], done: [row('x'), row('ended')] })
    expect(doneRows(two, cell('home', 'ok', false), round, today).map((d) => !!d.change)).toEqual([true, false])
  })
})
