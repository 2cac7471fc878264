import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import type { BatchResult, Operation } from '@/client/types'

/** A server as ours is: it counts per device, holds what comes after a hole and answers a repeat alike. */
class Server {
  up = true
  loseAnswers = 0
  last = new Map<string, number>()
  receipts = new Map<string, BatchResult>()
  doors = new Map<string, { outcome: string; version: number; times: number }>()
  refuse = new Set<string>()
  held = 0
  batch(device: string, ops: Operation[]): BatchResult[] {
    let next = this.last.get(device) ?? 0
    const out: BatchResult[] = []
    for (const o of [...ops].sort((a, b) => a.sequence - b.sequence)) {
      if (o.sequence > next + 1) {
        this.held++
        out.push({ id: o.id, status: 202, held: true, problem: { code: 'SW-1806', title: 'held', detail: '', status: 202 } })
        continue
      }
      if (o.sequence === next + 1) next++
      if (o.verb === 'void') out.push({ id: o.id, status: 200 })
      else out.push(this.once(o))
    }
    this.last.set(device, next)
    return out
  }
  once(o: Operation): BatchResult {
    const had = this.receipts.get(o.id)
    if (had) return had
    const door = o.path.split('/')[6]
    const body = o.body as { outcome: string }
    const was = this.doors.get(door) ?? { outcome: '', version: 0, times: 0 }
    const r: BatchResult = this.refuse.has(door)
      ? { id: o.id, status: 409, problem: { code: 'SW-1603', title: 'closed', detail: '', status: 409 } }
      : { id: o.id, status: 200, receipt: { version: was.version + 1, outcome: body.outcome } }
    if (r.receipt) this.doors.set(door, { outcome: body.outcome, version: was.version + 1, times: was.times + 1 })
    this.receipts.set(o.id, r)
    return r
  }
}
let server: Server
const kept = new Map<string, string>()
const storage = { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v), removeItem: (k: string) => void kept.delete(k) }

async function phone(account = 'a') {
  vi.resetModules()
  kept.set('shouwang.me', JSON.stringify({ account, home: { face: 'field', place_id: 'p' } }))
  setActivePinia(createPinia())
  const { useOutbox } = await import('@/client/outbox')
  const box = useOutbox()
  await box.open()
  return box
}
const tap = (box: Awaited<ReturnType<typeof phone>>, door: string, outcome = 'at-home', account = 'a') => box.record({ roundId: 'r', doorId: door, label: door, baseVersion: 0, account, body: { outcome } })

beforeEach(async () => {
  kept.clear()
  server = new Server()
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('document', { createElement: () => ({}), documentElement: { lang: '' }, addEventListener: () => undefined, hidden: false })
  vi.stubGlobal('window', { addEventListener: () => undefined, setTimeout: () => 0, clearTimeout: () => undefined })
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('fetch', async (_: string, init: { body: string }) => {
    if (!server.up) throw new TypeError('no network')
    const { device, operations } = JSON.parse(init.body) as { device: string; operations: Operation[] }
    const results = server.batch(device, operations)
    if (server.loseAnswers-- > 0) throw new TypeError('answer lost')
    return new Response(JSON.stringify({ results }), { headers: { 'Content-Type': 'application/json' } })
  })
  const { db } = await import('@/client/db')
  await db.ops.clear()
  await db.receipts.clear()
})

test('what is recorded without a network survives a restart and is sent once', async () => {
  server.up = false
  let box = await phone()
  for (const d of ['1', '2', '3']) await tap(box, d)
  await box.send()
  expect(box.ops.length).toBe(3)
  box = await phone()
  expect(box.ops.map((o) => o.doorId)).toEqual(['1', '2', '3'])
  server.up = true
  await box.send()
  expect(box.ops).toEqual([])
  expect([...server.doors.values()].every((d) => d.times === 1)).toBe(true)
  expect(server.doors.size).toBe(3)
})

test('an answer that is lost does not double the record', async () => {
  const box = await phone()
  await tap(box, '1')
  server.loseAnswers = 1
  await box.send()
  expect(box.ops.length).toBe(1)
  await box.send()
  expect(box.ops.length).toBe(0)
  expect(server.doors.get('1')?.times).toBe(1)
})

test('taking one back leaves no hole that holds up the rest', async () => {
  server.up = false
  const box = await phone()
  const one = await tap(box, '1')
  await tap(box, '2')
  await box.drop(one.id)
  expect(box.ops.map((o) => o.doorId)).toEqual(['2'])
  server.up = true
  await box.send()
  expect(server.doors.has('1')).toBe(false)
  expect(server.doors.get('2')?.times).toBe(1)
  expect(box.ops).toEqual([])
  expect(server.held).toBe(0)
})

test('the newest answer for a door replaces one that never left', async () => {
  server.up = false
  const box = await phone()
  await tap(box, '1')
  await tap(box, '1', 'needs-help')
  expect(box.ops.length).toBe(1)
  server.up = true
  await box.send()
  expect(server.doors.get('1')).toEqual({ outcome: 'needs-help', version: 1, times: 1 })
})

test('a refused record stays in sight and stops nobody else', async () => {
  server.refuse.add('1')
  const box = await phone()
  await tap(box, '1')
  await tap(box, '2')
  await box.send()
  expect(box.refused.map((o) => o.doorId)).toEqual(['1'])
  expect(server.doors.get('2')?.times).toBe(1)
  server.refuse.clear()
  await box.retry(box.refused[0].id)
  expect(box.ops).toEqual([])
})

test('another person on the same phone does not send my records', async () => {
  server.up = false
  await tap(await phone('a'), '1')
  server.up = true
  const other = await phone('b')
  await other.send()
  expect(other.others).toBe(1)
  expect(server.doors.size).toBe(0)
  await (await phone('a')).send()
  expect(server.doors.get('1')?.times).toBe(1)
})

test('a server that lost count of this phone is caught up with, nothing doubled', async () => {
  const box = await phone()
  await tap(box, '1')
  await box.send()
  server.last.clear()
  await tap(box, '2')
  await box.send()
  expect(box.ops).toEqual([])
  expect(server.doors.get('1')?.times).toBe(1)
  expect(server.doors.get('2')?.times).toBe(1)
})

test('random losses, restarts and undos: nothing lost, nothing doubled', async () => {
  let seed = 20260308
  const dice = (n: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % n
  let box = await phone()
  const want = new Map<string, string>()
  for (let i = 0; i < 150; i++) {
    server.up = dice(3) > 0
    server.loseAnswers = dice(4) === 0 ? 1 : 0
    const door = String(dice(30))
    if (!want.has(door)) {
      const op = await tap(box, door)
      if (dice(6) === 0) await box.drop(op.id)
      else want.set(door, 'at-home')
    }
    if (dice(3) === 0) await box.send()
    if (dice(10) === 0) box = await phone()
  }
  server.up = true
  server.loseAnswers = 0
  for (let i = 0; i < 5; i++) await box.send()
  expect(box.ops).toEqual([])
  expect([...want.keys()].filter((d) => server.doors.get(d)?.times !== 1)).toEqual([])
  expect([...server.doors.keys()].filter((d) => !want.has(d))).toEqual([])
})

test('a receipt outlives the page until a later list contains it', async () => {
  let box = await phone()
  await tap(box, 'd1')
  await box.send()
  expect(box.ops.length).toBe(0)
  box = await phone()
  expect(box.receipts.map((r) => [r.doorId, r.version])).toEqual([['d1', 1]])
  await box.settled(() => true)
  box = await phone()
  expect(box.receipts).toEqual([])
})

test('a transfer taken without a signal waits person by person and leaves in one batch, once', async () => {
  server.up = false
  const box = await phone()
  const { useHalves } = await import('@/rooms/need/hands')
  const halves = useHalves()
  await halves.takeAll(['k1', 'k2', 'k3'], 'take')
  await halves.takeAll(['k1', 'k2', 'k3'], 'take') // another tap
  expect(box.ops.map((o) => o.path)).toEqual(['k1', 'k2', 'k3'].map((k) => `/api/v1/custodies/${k}/take`))
  server.up = true
  await box.send()
  expect(box.ops.length).toBe(0)
  expect(server.receipts.size).toBe(3)
})
