import { computed, ref, shallowRef } from 'vue'
import { answers } from '@/client/answers'
import { db } from '@/client/db'
import { get } from '@/client/http'
import { useOutbox } from '@/client/outbox'
import { asProblem, type Problem } from '@/client/problem'
import { useSession } from '@/client/session'
import type { Board, BoardCell, Page, Post, Tone } from '@/client/types'
import { toneOf } from './pack'
import { order } from './sheet-order'

/** One door of a printed sheet, covered by what waits in the outbox. */
export interface Line extends Omit<BoardCell, 'state'> { floor: number; state: Tone; queued: boolean; refused: boolean; typed: boolean }

/** useSheet holds one printed sheet being typed in: from the phone when there is no net. */
export function useSheet(round: () => string, unit: () => string) {
  const outbox = useOutbox()
  const session = useSession()
  const board = shallowRef<Board | null>(null)
  const names = ref<string[]>([])
  const problem = ref<Problem | null>(null)
  const loading = ref(true)
  const typed = ref<string[]>([])
  const key = () => `${session.me?.account}/${round()}/${unit()}`

  async function open() {
    await outbox.open()
    board.value ??= (await db.sheets.get(key()))?.value ?? null
    try {
      board.value = await get<Board>(`/places/${unit()}/board`, { round_id: round() })
      await db.sheets.put({ key: key(), value: JSON.parse(JSON.stringify(board.value)) as Board, at: session.now().toISOString() })
      problem.value = null
    } catch (e) {
      problem.value = asProblem(e)
    }
    loading.value = false
    // Who may have filled it in: the people on posts there. Without a net the name is typed.
    const posts = await get<Page<Post>>('/posts', { under: board.value?.crumbs.find((c) => c.kind === 'microgrid')?.id ?? unit(), limit: 100 }).catch(() => null)
    names.value = [...new Set((posts?.items ?? []).flatMap((p) => [p.holder?.name, p.deputy?.name]).filter((n): n is string => !!n))]
  }

  const outcomes = computed(() => answers(board.value?.round?.outcomes ?? []))
  const lines = computed<Line[]>(() => (board.value ? order(board.value) : []).map((d) => {
    let c = d
    const receipt = outbox.receipts.filter((r) => r.doorId === d.door_id && r.roundId === round()).at(-1)
    if (receipt && receipt.version > c.version) c = { ...c, outcome: receipt.outcome, choice: receipt.choice, version: receipt.version }
    const mine = outbox.ops.filter((o) => o.doorId === d.door_id && o.roundId === round())
    const op = mine.filter((o) => !o.problem).at(-1)
    if (op) c = { ...c, outcome: op.body.outcome, choice: op.body.choice ?? '' }
    return { ...c, state: toneOf(c.outcome, outcomes.value), queued: !!op, refused: mine.some((o) => !!o.problem), typed: typed.value.includes(d.door_id) }
  }))

  // What is typed is kept one after the other, however quick the hand.
  let turn: Promise<unknown> = Promise.resolve()
  const next = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = turn.then(act)
    turn = mine.catch(() => undefined)
    return mine
  }
  const record = (line: Line, outcome: string, choice: string, behalf: string) => next(() => keep(line, outcome, choice, behalf))
  async function keep(line: Line, outcome: string, choice: string, behalf: string) {
    typed.value = [...typed.value.filter((d) => d !== line.door_id), line.door_id]
    const body: { outcome: string; choice?: string; for?: string } = { outcome }
    if (choice) body.choice = choice
    if (behalf) body.for = behalf
    await outbox.record({ roundId: round(), doorId: line.door_id, label: `${board.value?.place.full_name ?? ''} ${line.room}`.trim(), baseVersion: line.version, account: session.me?.account ?? '', body })
  }
  /** undo takes back what has not left this machine; what was sent is corrected by the right answer. */
  const undo = (line: Line) => next(() => takeBack(line))
  async function takeBack(line: Line): Promise<boolean> {
    const waiting = outbox.ops.find((o) => o.doorId === line.door_id && o.roundId === round() && !o.sent && !o.problem)
    if (!waiting) return false
    typed.value = typed.value.filter((d) => d !== line.door_id)
    await outbox.drop(waiting.id)
    return true
  }
  return { board, lines, outcomes, names, problem, loading, typed, open, record, undo }
}
