import { expect, test } from 'vitest'
import { keyed, order } from '@/rooms/round/field/sheet-order'
import type { Board, Outcome } from '@/client/types'

const outcomes = [
  { id: 'at-home', zh: '在家', en: 'At home', tone: 'ok' },
  { id: 'needs-help', zh: '要帮忙', en: 'Help', tone: 'help', choose: [{ id: 'medicine', zh: '缺药', en: 'Medicine' }, { id: 'doctor', zh: '看病', en: 'Doctor' }] },
  { id: 'absent', zh: '没人应', en: 'No answer', tone: 'again' },
] as unknown as Outcome[]

test('a digit records, and after help it is the kind of help', () => {
  expect(keyed('1', outcomes, false)).toEqual({ outcome: 'at-home' })
  expect(keyed('2', outcomes, false)).toEqual({ help: true })
  expect(keyed('2', outcomes, true)).toEqual({ outcome: 'needs-help', choice: 'doctor' })
  expect(keyed('3', outcomes, false)).toEqual({ outcome: 'absent' })
  for (const k of ['0', '4', 'a', '', ' ', '1.5', 'Enter']) expect(keyed(k, outcomes, false)).toBeNull()
  expect(keyed('3', outcomes, true)).toBeNull()
})

test('doors stand as on paper: upper floors first, without those the round does not ask for', () => {
  const cell = (room: string, state = 'todo') => ({ door_id: room, room, state })
  const board = { floors: [{ floor: 1, cells: [cell('101'), cell('102')] }, { floor: 3, cells: [cell('301', 'none'), cell('302', 'ok')] }, { floor: 2, cells: [cell('201')] }] } as unknown as Board
  expect(order(board).map((c) => c.room)).toEqual(['302', '201', '101', '102'])
})
