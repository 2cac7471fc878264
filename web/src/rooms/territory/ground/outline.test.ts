import { expect, test } from 'vitest'
import { crossing, datumOf, insert, put, ringOf, snapped, without, type Corner } from './outline'

const square: Corner[] = [[0, 0], [100, 0], [100, 100], [0, 100]]
const held = (active: number, corners = square) => ({ corners, active })

test('a click adds a corner, picks one up or puts it down', () => {
  expect(put(held(-1), [50, 150], 8)).toEqual(held(-1, [...square, [50, 150]]))
  expect(put(held(-1), [97, 3], 8)).toEqual(held(1))
  expect(put(held(1), [120, 10], 8)).toEqual(held(-1, [[0, 0], [120, 10], [100, 100], [0, 100]]))
  expect(put(held(1), [99, 1], 8)).toEqual(held(-1))
})

test('a corner snaps to one that is there, if near', () => {
  expect(snapped([10, 10], [[14, 10], [12, 10]], 5)).toEqual([12, 10])
  expect(snapped([10, 10], [[30, 10]], 5)).toEqual([10, 10])
})

test('corners come and go', () => {
  expect(without(held(2), 2).corners).toHaveLength(3)
  expect(insert(held(-1), 3).corners[4]).toEqual([0, 50])
})

test('a line that crosses itself is seen at once', () => {
  expect(crossing(square)).toBe(false)
  expect(crossing([square[0], square[2], square[1], square[3]])).toBe(true)
  expect(crossing(square.slice(0, 3))).toBe(false)
})

test('only a plain polygon is taken up', () => {
  expect(ringOf({ type: 'Polygon', coordinates: [[...square, square[0]]] })).toEqual(square)
  expect(ringOf({ type: 'Polygon', coordinates: [[...square, square[0]], []] })).toBeNull()
  expect(ringOf({ type: 'Point', coordinates: [1, 2] })).toBeNull()
})

test.each([['urn:ogc:def:crs:EPSG::4490', 'CGCS2000'], ['urn:ogc:def:crs:OGC:1.3:CRS84', 'WGS84'], ['GCJ02', 'GCJ-02'], ['bd09', 'BD-09'], ['EPSG:2385', '']])('%s is %s', (name, datum) =>
  expect(datumOf(`{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"${name}"}},"features":[]}`)).toBe(datum))
