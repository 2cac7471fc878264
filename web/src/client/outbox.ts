import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { db, type Op } from './db'
import { deviceId, newId } from './device'
import { post } from './http'
import { asProblem } from './problem'
import type { BatchResult, ProblemBody } from './types'

const sequenceKey = 'shouwang.sequence'
const batchSize = 50

/** useOutbox keeps what was recorded until the server has given a receipt for it. Nothing leaves it silently. */
export const useOutbox = defineStore('outbox', () => {
  const ops = ref<Op[]>([])
  const sending = ref(false)
  const reached = ref(true)
  const receipts = ref<{ doorId: string; roundId: string; version: number; outcome: string; choice: string; at: string }[]>([])
  const waiting = computed(() => ops.value.filter((o) => !o.problem))
  const refused = computed(() => ops.value.filter((o) => !!o.problem))
  let timer = 0
  let opened: Promise<void> | null = null

  /** open reads what was left from before, once. */
  const open = () => (opened ??= load())
  async function load() {
    ops.value = await db.ops.orderBy('sequence').toArray()
    window.addEventListener('online', () => void send())
    document.addEventListener('visibilitychange', () => !document.hidden && void send())
    void send()
  }

  function nextSequence(): number {
    const n = Number(localStorage.getItem(sequenceKey) ?? 0) + 1
    localStorage.setItem(sequenceKey, String(n))
    return n
  }

  /** record puts one operation down; it is safe on this phone before anything is sent. */
  async function record(op: Pick<Op, 'roundId' | 'doorId' | 'label' | 'baseVersion' | 'body' | 'account'>): Promise<Op> {
    const former = ops.value.find((o) => o.doorId === op.doorId && o.roundId === op.roundId && !o.sent && !o.problem)
    const made: Op = {
      ...op, id: newId(), device: deviceId(), sequence: former?.sequence ?? nextSequence(), verb: 'round.record',
      path: `/api/v1/rounds/${op.roundId}/targets/${op.doorId}/record`, baseVersion: former?.baseVersion ?? op.baseVersion, at: new Date().toISOString(), tries: 0, sent: false,
    }
    await db.transaction('rw', db.ops, async () => {
      // What never left the phone is replaced: the newest answer counts, in the former's place of the order.
      if (former) await db.ops.delete(former.id)
      await db.ops.put(made)
    })
    ops.value = [...ops.value.filter((o) => o.id !== former?.id), made].sort((a, b) => a.sequence - b.sequence)
    schedule(250)
    return made
  }

  async function drop(id: string) {
    await db.ops.delete(id)
    ops.value = ops.value.filter((o) => o.id !== id)
  }

  async function retry(id: string) {
    const op = ops.value.find((o) => o.id === id)
    if (!op) return
    // A refused operation goes again under a new id: the server remembers its answer to the old one.
    const fresh: Op = { ...op, id: newId(), sequence: nextSequence(), problem: undefined, sent: false, tries: 0 }
    await db.transaction('rw', db.ops, async () => {
      await db.ops.delete(id)
      await db.ops.put(fresh)
    })
    ops.value = [...ops.value.filter((o) => o.id !== id), fresh]
    await send()
  }

  function schedule(ms: number) {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void send(), ms)
  }

  /** send posts what waits, in order; two windows of one phone never send at once. */
  async function send(): Promise<void> {
    if (sending.value || !waiting.value.length) return
    const locks = navigator.locks as LockManager | undefined
    sending.value = true
    try {
      if (locks) await locks.request('shouwang.outbox', { ifAvailable: true }, (lock) => (lock ? drain() : Promise.resolve()))
      else await drain()
    } finally {
      sending.value = false
    }
    if (waiting.value.length) schedule(reached.value ? 1000 : 8000)
  }

  async function drain() {
    for (;;) {
      const batch = nextBatch()
      if (!batch.length) return
      for (const op of batch) op.sent = true
      await db.ops.bulkPut(batch.map(plain))
      let results: BatchResult[]
      try {
        const answer = await post<{ results: BatchResult[] }>('/batch', {
          device: deviceId(),
          operations: batch.map((o) => ({ id: o.id, sequence: o.sequence, verb: o.verb, path: o.path, base_version: o.baseVersion, body: o.body })),
        })
        results = answer.results
        reached.value = true
      } catch (e) {
        const problem = asProblem(e)
        reached.value = !problem.offline
        for (const op of batch) op.tries++
        await db.ops.bulkPut(batch.map(plain))
        ops.value = [...ops.value]
        return
      }
      let moved = false
      for (const result of results) moved = (await settle(batch.find((o) => o.id === result.id), result)) || moved
      ops.value = [...ops.value]
      if (!moved) return
    }
  }

  // One operation for one door at a time: the next takes the version that the receipt brings.
  function nextBatch(): Op[] {
    const out: Op[] = []
    for (const op of waiting.value) {
      if (out.length >= batchSize || out.some((o) => o.doorId === op.doorId && o.roundId === op.roundId)) break
      out.push(op)
    }
    return out
  }

  async function settle(op: Op | undefined, result: BatchResult): Promise<boolean> {
    if (!op) return false
    const status = Number(result.status)
    if (result.receipt && !result.problem) {
      receipts.value = [...receipts.value, { doorId: op.doorId, roundId: op.roundId, version: result.receipt.version ?? op.baseVersion + 1, outcome: op.body.outcome, choice: op.body.choice ?? '', at: op.at }]
      for (const later of ops.value) if (later.id !== op.id && later.doorId === op.doorId && later.roundId === op.roundId && !later.sent) later.baseVersion = result.receipt.version ?? later.baseVersion
      await drop(op.id)
      return true
    }
    // Held or overloaded: nothing was decided, it stays in line.
    if (result.status === 'held' || status === 202 || status === 429 || status >= 500) {
      op.tries++
      await db.ops.put(plain(op))
      return false
    }
    op.problem = result.problem ?? ({ code: `HTTP-${status}`, title: '', detail: '', status } as ProblemBody)
    await db.ops.put(plain(op))
    return true
  }
  const plain = (op: Op): Op => JSON.parse(JSON.stringify(op)) as Op

  /** exported gives all that is kept as a file, should the phone have to be given away. */
  function exported(): Blob {
    return new Blob([JSON.stringify({ made: new Date().toISOString(), device: deviceId(), operations: ops.value }, null, 2)], { type: 'application/json' })
  }
  return { ops, waiting, refused, receipts, sending, reached, open, record, drop, retry, send, exported }
})
