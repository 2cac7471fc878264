import { computed, ref, shallowRef } from 'vue'
import { db } from '@/client/db'
import { get } from '@/client/http'
import { useOutbox } from '@/client/outbox'
import { asProblem, type Problem } from '@/client/problem'
import { useSession } from '@/client/session'
import type { BoardCell, Outcome, Pack, PackGrid, PackUnit, Tone } from '@/client/types'

/** A door as the phone shows it: the server's last word, covered by what waits in the outbox. */
export interface Cell extends Omit<BoardCell, 'state'> { id: string; state: Tone; queued: boolean; refused: boolean; asked: boolean }
export interface Stair { grid: PackGrid; unit: PackUnit; floors: { floor: number; cells: Cell[] }[]; missing: number; total: number; todo: number; again: number; problem: boolean }

const pack = shallowRef<Pack | null>(null)
const fetchedAt = ref('')
const problem = ref<Problem | null>(null)
const opened = ref(false)
const offline = ref(false)
let last = 0

export const toneOf = (outcome: string, outcomes: Outcome[]): Tone =>
  outcome ? (outcomes.find((o) => o.id === outcome)?.tone ?? 'todo') : 'todo'

/** usePack holds the doors of the person's own micro-grids: from the phone at once, from the server when it answers. */
export function usePack() {
  const outbox = useOutbox()
  const session = useSession()
  const key = () => session.me?.account ?? ''

  async function open() {
    // The server's answer and the phone's own copy are both under way: what is there first is shown first.
    const asked = take(get<Pack>('/field/pack'))
    await outbox.open()
    if (!mine()) {
      const kept = await db.packs.get(key())
      if (!mine()) {
        pack.value = kept?.value ?? null
        fetchedAt.value = kept?.at ?? ''
      }
    }
    opened.value = true
    await asked
  }
  const mine = () => !!pack.value && pack.value.account === key()

  const refresh = () => take(get<Pack>('/field/pack'))
  async function take(asked: Promise<Pack>) {
    last = Date.now()
    try {
      const fresh = await asked
      pack.value = fresh
      fetchedAt.value = session.now().toISOString()
      // A receipt that the fresh pack already contains has done its work.
      await outbox.open()
      await db.packs.put({ key: key(), value: fresh, at: fetchedAt.value })
      await outbox.settled((r) => (find(fresh, r.doorId)?.version ?? Infinity) >= r.version)
      problem.value = null
      offline.value = false
    } catch (e) {
      problem.value = asProblem(e)
      offline.value = problem.value.offline
    }
  }
  /** hint asks again soon, but not oftener than each three seconds. */
  function hint() {
    const wait = Math.max(0, 3000 - (Date.now() - last))
    window.setTimeout(() => Date.now() - last >= 3000 && void refresh(), wait)
  }

  const stairs = computed<Stair[]>(() => {
    const out: Stair[] = []
    for (const grid of pack.value?.microgrids ?? []) {
      const outcomes = grid.round?.outcomes ?? []
      for (const unit of grid.units) {
        const floors = unit.floors.map((f) => ({ floor: f.floor, cells: f.cells.map((d) => cell(d, grid.round?.id ?? '', outcomes)) }))
        const cells = floors.flatMap((f) => f.cells).filter((c) => c.asked)
        const todo = cells.filter((c) => c.state === 'todo').length
        const again = cells.filter((c) => c.state === 'again').length
        // A part of a building already names its stairwell: 1号楼（2单元） 2单元.
        const name = unit.name.replace(/（(\S+?单元)）\s*\1$/, ' $1')
        out.push({ grid, unit: { ...unit, name }, floors, total: cells.length, todo, again, missing: grid.round ? todo + again : 0, problem: cells.some((c) => c.refused) })
      }
    }
    return out
  })

  function cell(door: BoardCell, round: string, outcomes: Outcome[]): Cell {
    let d = door
    const receipt = outbox.receipts.filter((r) => r.doorId === door.door_id && r.roundId === round).at(-1)
    if (receipt && receipt.version > d.version) d = { ...d, outcome: receipt.outcome, choice: receipt.choice, version: receipt.version, at: receipt.at, again: '' }
    const mine = outbox.ops.filter((o) => o.doorId === door.door_id && o.roundId === round)
    const op = mine.filter((o) => !o.problem).at(-1)
    if (op) d = { ...d, outcome: op.body.outcome, choice: op.body.choice ?? '', at: op.at, again: '' }
    return { ...d, id: d.door_id, asked: door.state !== 'none', state: toneOf(d.outcome, outcomes), queued: !!op, refused: mine.some((o) => !!o.problem) }
  }

  return { pack, stairs, fetchedAt, problem, opened, offline, open, refresh, hint }
}

function find(p: Pack, door: string): BoardCell | undefined {
  for (const g of p.microgrids) for (const u of g.units) for (const f of u.floors) for (const d of f.cells) if (d.door_id === door) return d
  return undefined
}
