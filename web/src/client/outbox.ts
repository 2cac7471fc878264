import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { db, type Op, type Receipt } from './db'
import { deviceId, newDevice, newId } from './device'
import { post } from './http'
import { asProblem } from './problem'
import { keyed } from './root'
import { useSession } from './session'
import type { BatchResult, ProblemBody } from './types'

// The server counts per account and device, so this phone does as well.
const sequenceKey = keyed('shouwang.sequence') + '.'
const batchSize = 50

/** useOutbox keeps what was recorded until the server has given a receipt for it. Nothing leaves it silently. */
export const useOutbox = defineStore('outbox', () => {
  const session = useSession()
  const all = ref<Op[]>([])
  const mine = () => session.me?.account ?? ''
  /** ops are what a person sees: not the numbers of what was taken back. */
  const ops = computed(() => all.value.filter((o) => !o.voided))
  const sending = ref(false)
  const reached = ref(true)
  const receipts = ref<Receipt[]>([])
  const waiting = computed(() => ops.value.filter((o) => !o.problem))
  /** what may go now: only the work of the person who is signed in */
  const ready = computed(() => all.value.filter((o) => !o.problem && o.account === mine()))
  const others = computed(() => waiting.value.filter((o) => o.account !== mine()).length)
  const refused = computed(() => ops.value.filter((o) => !!o.problem))
  let timer = 0
  let renumbered = ''
  let opened: Promise<void> | null = null

  /** open reads what was left from before, once. */
  const open = () => (opened ??= load())
  async function load() {
    all.value = await db.ops.all('sequence')
    receipts.value = await db.receipts.all()
    window.addEventListener('online', () => void send())
    document.addEventListener('visibilitychange', () => !document.hidden && void send())
    void send()
  }

  function nextSequence(account: string): number {
    const n = Number(localStorage.getItem(sequenceKey + account) ?? 0) + 1
    localStorage.setItem(sequenceKey + account, String(n))
    return n
  }

  /** record puts one operation down; it is safe on this phone before anything is sent. */
  async function record(op: Pick<Op, 'roundId' | 'doorId' | 'label' | 'baseVersion' | 'body' | 'account'> & Partial<Pick<Op, 'path' | 'said'>>): Promise<Op> {
    const former = ops.value.find((o) => o.doorId === op.doorId && o.roundId === op.roundId && o.account === op.account && !o.sent && !o.problem)
    const made: Op = {
      ...op, id: newId(), device: deviceId(), sequence: former?.sequence ?? nextSequence(op.account), verb: 'POST',
      path: op.path ?? `/api/v1/rounds/${op.roundId}/targets/${op.doorId}/record`, baseVersion: former?.baseVersion ?? op.baseVersion, at: new Date().toISOString(), tries: 0, sent: false,
    }
    // What never left the phone is replaced: the newest answer counts, in the former's place of the order.
    await db.ops.write([made], former ? [former.id] : [])
    all.value = [...all.value.filter((o) => o.id !== former?.id), made].sort((a, b) => a.sequence - b.sequence)
    schedule(250)
    return made
  }

  /** put keeps a half of a hand-over with the time at which it was said. Another tap of one that waits is the same half. */
  async function put(op: Required<Pick<Op, 'roundId' | 'doorId' | 'label' | 'account' | 'path' | 'word' | 'half'>>): Promise<Op> {
    const same = (a: Op) => !a.problem && a.path === op.path && (a.half?.to ?? a.half?.out) === (op.half.to ?? op.half.out) && a.half?.leg === op.half.leg
    const former = all.value.filter((o) => o.doorId === op.doorId && o.roundId === op.roundId && o.account === op.account).at(-1)
    if (former && !former.voided && same(former)) return former
    const made: Op = { ...op, id: newId(), device: deviceId(), sequence: nextSequence(op.account), verb: 'POST', baseVersion: 0, body: { outcome: '' }, at: session.now().toISOString(), tries: 0, sent: false }
    await db.ops.write([made], [])
    all.value = [...all.value, made].sort((a, b) => a.sequence - b.sequence)
    return made
  }

  /** drop takes a record back. Its number still has to reach the server, which waits for every number in turn. */
  async function drop(id: string) {
    const op = all.value.find((o) => o.id === id)
    if (!op) return
    if (op.problem) return forget(id)
    const hole: Op = { ...plain(op), id: newId(), verb: 'void', voided: true, sent: false, tries: 0 }
    await db.ops.write([hole], [id])
    all.value = all.value.map((o) => (o.id === id ? hole : o))
    schedule(250)
  }

  async function forget(id: string) {
    await db.ops.delete(id)
    all.value = all.value.filter((o) => o.id !== id)
  }

  async function retry(id: string) {
    const op = all.value.find((o) => o.id === id)
    if (!op) return
    if (!op.problem) return send()
    // A refused operation goes again under a new id: the server remembers its answer to the old one.
    const fresh: Op = { ...plain(op), id: newId(), sequence: nextSequence(op.account), problem: undefined, sent: false, tries: 0 }
    await db.ops.write([fresh], [id])
    all.value = [...all.value.filter((o) => o.id !== id), fresh]
    await send()
  }

  function schedule(ms: number) {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void send(), ms)
  }

  let under: Promise<void> | null = null
  /** send posts what waits, in order; a second call joins the one under way, two windows never send at once. */
  const send = (): Promise<void> => (under ??= start().finally(() => (under = null)))
  async function start(): Promise<void> {
    if (!ready.value.length || session.expired) return
    const locks = navigator.locks as LockManager | undefined
    sending.value = true
    try {
      if (locks) await locks.request(keyed('shouwang.outbox'), { ifAvailable: true }, (lock) => (lock ? drain() : Promise.resolve()))
      else await drain()
    } finally {
      sending.value = false
    }
    if (ready.value.length && !session.expired) schedule(reached.value ? 1500 : 8000)
  }

  async function drain() {
    for (;;) {
      const batch = nextBatch()
      if (!batch.length) return
      for (const op of batch) op.sent = true
      await db.ops.write(batch.map(plain))
      let results: BatchResult[]
      try {
        const answer = await post<{ results: BatchResult[] }>('/batch', {
          device: deviceId(),
          operations: batch.map((o) => ({ id: o.id, sequence: o.sequence, verb: o.verb, path: o.path, base_version: o.baseVersion, body: o.voided ? undefined : o.half ? { ...o.half, at: o.at } : { ...o.body, base_version: o.baseVersion, at: o.at } })),
        })
        results = answer.results
        reached.value = true
      } catch (e) {
        const problem = asProblem(e)
        reached.value = !problem.offline
        for (const op of batch) op.tries++
        await db.ops.write(batch.map(plain))
        all.value = [...all.value]
        return
      }
      let moved = false
      for (const result of results) moved = (await settle(batch.find((o) => o.id === result.id), result)) || moved
      all.value = [...all.value]
      // Numbers that this phone no longer has can never come: it starts afresh, under the same operation ids.
      if (!moved && results.some((r) => r.held) && !(await renumber())) return
      if (!moved && !results.some((r) => r.held)) return
    }
  }

  /** renumber gives what waits new numbers from one on a new device; the ids stay, so nothing is done twice. */
  async function renumber(): Promise<boolean> {
    const list = ready.value
    if (!list.length || renumbered === deviceId()) return false
    renumbered = newDevice()
    list.forEach((o, i) => Object.assign(o, { device: renumbered, sequence: i + 1 }))
    localStorage.setItem(sequenceKey + mine(), String(list.length))
    await db.ops.write(list.map(plain))
    return true
  }

  // One operation for one door at a time: the next takes the version that the receipt brings.
  function nextBatch(): Op[] {
    const out: Op[] = []
    for (const op of ready.value) {
      if (out.length >= batchSize || out.some((o) => o.doorId === op.doorId && o.roundId === op.roundId)) break
      out.push(op)
    }
    return out
  }

  async function settle(op: Op | undefined, result: BatchResult): Promise<boolean> {
    if (!op) return false
    const status = Number(result.status)
    if (op.voided && status < 300 && !result.held) {
      await forget(op.id)
      return true
    }
    if (result.receipt && !result.problem && op.half) {
      await forget(op.id)
      return true
    }
    if (result.receipt && !result.problem) {
      const receipt: Receipt = { doorId: op.doorId, roundId: op.roundId, version: result.receipt.version ?? op.baseVersion + 1, outcome: op.body.outcome, choice: op.body.choice ?? '', at: op.at }
      receipts.value = [...receipts.value, receipt]
      await db.receipts.put(receipt)
      for (const later of all.value) if (later.id !== op.id && later.doorId === op.doorId && later.roundId === op.roundId && !later.sent) later.baseVersion = result.receipt.version ?? later.baseVersion
      await forget(op.id)
      return true
    }
    // Held or overloaded: nothing was decided, it stays in line.
    if (result.held || status === 202 || status === 401 || status === 429 || status >= 500) {
      op.tries++
      await db.ops.put(plain(op))
      return false
    }
    op.problem = result.problem ?? ({ code: `HTTP-${status}`, title: '', detail: '', status } as ProblemBody)
    await db.ops.put(plain(op))
    return true
  }
  /** settled drops the receipts that a fresh list already contains. */
  async function settled(has: (r: Receipt) => boolean) {
    const gone = receipts.value.filter(has)
    receipts.value = receipts.value.filter((r) => !gone.includes(r))
    const left = new Set(receipts.value.map((r) => r.roundId + r.doorId))
    await db.receipts.write([], gone.filter((r) => !left.has(r.roundId + r.doorId)).map((r) => [r.roundId, r.doorId]))
  }
  const plain = (op: Op): Op => JSON.parse(JSON.stringify(op)) as Op

  /** exported gives all that is kept as a file, should the phone have to be given away. */
  function exported(): Blob {
    return new Blob([JSON.stringify({ made: new Date().toISOString(), device: deviceId(), operations: all.value }, null, 2)], { type: 'application/json' })
  }
  return { ops, waiting, refused, others, receipts, sending, reached, open, record, put, drop, retry, send, settled, exported }
})
