import { expect, test } from 'vitest'
import { alike, block, place, wire, type Row } from '@/rooms/register/grid/model'

test('a block from a spreadsheet is read cell by cell', () => {
  expect(block('401\t方小平\t"两行\n合一"\r\n\t\t\r\n402\t"说""好"""\t')).toEqual([['401', '方小平', '两行 合一'], ['402', '说"好"', '']])
})

test('headings say what the columns are, wherever they stand; an unknown one is told', () => {
  const p = place(block('姓名\t备注\t门牌号\t联系电话（手机）\n方小平\tx\t401\t129'), 3)
  expect(p).toEqual({ cells: [{ name: '方小平', door: '401' }], over: false, unknown: ['备注', '联系电话（手机）'] })
})

test('without headings the columns count from the focused cell, over the rows in sight', () => {
  expect(place(block('12900000001\n12900000002'), 5)).toEqual({ cells: [{ phone: '12900000001' }, { phone: '12900000002' }], over: true, unknown: [] })
  expect(place(block('401\t方小平'), 0).over).toBe(false)
})

test('only rows that were touched go to the server, and alike problems stand together', () => {
  const row = (key: number, typed: Record<string, string>, code = ''): Row => ({ key, person: null, typed, was: {}, version: 0, answer: code ? { line: key, outcome: 'reject', problems: [{ field: 'door', kind: 'error', code, text: '', fix: '504' }] } : null })
  const rows = [row(1, {}), row(2, { door: '5O4' }, 'SW-1'), row(3, { door: '6O4' }, 'SW-1'), row(4, { name: 'x' }, 'SW-2')]
  expect(wire(rows).map((r) => r.line)).toEqual([2, 3, 4])
  expect(alike(rows).map((p) => [p.code, p.rows.length, p.fixes])).toEqual([['SW-1', 2, 2], ['SW-2', 1, 1]])
})
