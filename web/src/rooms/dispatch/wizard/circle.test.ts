import { expect, test } from 'vitest'
import type { Ground } from '@/ui/map/ground'
import { caught } from './circle'

const house = (id: string, x: number, y: number, half = 10): Ground => ({ id, x, y, kind: 'building', area: false, point: false, rings: [[[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half]]] }) as unknown as Ground
const ids = (r: number, ...things: Ground[]) => caught(things, { x: 0, y: 0, r }).map((g) => g.id)

test('what the circle touches is caught, whole', () => {
  const row = [house('a', 0, 0), house('b', 100, 0), house('c', 300, 0)]
  expect(ids(50, ...row)).toEqual(['a'])
  expect(ids(89, ...row)).toEqual(['a'])
  expect(ids(90, ...row)).toEqual(['a', 'b'])
  expect(ids(291, ...row)).toEqual(['a', 'b', 'c'])
})

test('a side that crosses the circle between its corners is caught, and so is a yard around the centre', () => {
  expect(ids(20, house('wide', 0, 210, 200))).toEqual(['wide'])
  expect(ids(5, house('yard', 30, 0, 200))).toEqual(['yard'])
})

test('ground is not caught, only what stands on it', () => {
  expect(ids(50, { ...house('a', 0, 0), area: true })).toEqual([])
})
