import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { Cupboard, Shelf } from '@/client/shelf'

interface Thing { id: string; n: number }
const plans = [{ name: 'things', key: 'id', indexes: ['n'] }]
const later = (name: string, version: number) => new Promise<void>((resolve, reject) => {
  const ask = indexedDB.open(name, version)
  ask.onupgradeneeded = () => ask.result.objectStoreNames.length || ask.result.createObjectStore('things', { keyPath: 'id' }).createIndex('n', 'n')
  ask.onsuccess = () => { ask.result.close(); resolve() }
  ask.onerror = () => reject(ask.error)
})

test('what a phone kept under a later version is still there', async () => {
  await later('a', 31)
  const shelf = new Shelf<Thing, string>(new Cupboard('a', 30, plans), 'things')
  await shelf.put({ id: 'x', n: 1 })
  expect(await shelf.get('x')).toEqual({ id: 'x', n: 1 })
})

test('an older store gets what it lacks and keeps what it has', async () => {
  const first = new Cupboard('b', 10, [{ name: 'things', key: 'id' }])
  await new Shelf<Thing, string>(first, 'things').write([{ id: 'x', n: 2 }, { id: 'y', n: 1 }])
  const now = new Shelf<Thing, string>(new Cupboard('b', 30, [...plans, { name: 'more', key: ['a', 'b'] }]), 'things')
  expect((await now.all('n')).map((t) => t.id)).toEqual(['y', 'x'])
  expect((await now.all()).map((t) => t.id)).toEqual(['x', 'y'])
})

test('taking away and putting down are one act: what cannot be kept takes nothing away', async () => {
  const shelf = new Shelf<Thing, string>(new Cupboard('c', 30, plans), 'things')
  await shelf.put({ id: 'x', n: 1 })
  await expect(shelf.write([{ n: 2 } as Thing], ['x'])).rejects.toBeTruthy()
  expect(await shelf.get('x')).toEqual({ id: 'x', n: 1 })
})

test('a database that another window changed is opened anew', async () => {
  const cupboard = new Cupboard('d', 30, plans)
  const shelf = new Shelf<Thing, string>(cupboard, 'things')
  await shelf.put({ id: 'x', n: 1 })
  await later('d', 31)
  expect(await shelf.get('x')).toEqual({ id: 'x', n: 1 })
})
