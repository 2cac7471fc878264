import { computed, ref, shallowRef } from 'vue'
import { post } from '@/client/http'
import { asProblem, type Problem } from '@/client/problem'
import type { Resident } from '@/client/types'
import { alike, block, copied, place, touched, wire, type CellProblem, type Row, type SheetReply } from './model'

/** useSheet holds the rows of the grid, what was typed, how to take it back, and what the server says of it. */
export function useSheet(under: () => string, shown: (r: Resident, field: string) => string, coded: (field: string, text: string) => string) {
  const rows = shallowRef<Row[]>([])
  const reply = ref<SheetReply | null>(null)
  const seconds = ref(0)
  const busy = ref(false)
  const purpose = ref('')
  const unknown = ref<string[]>([])
  const problem = ref<Problem | null>(null)
  const past: Row[][] = []
  let next = 1
  let timer = 0
  let asked = 0
  const changed = computed(() => touched(rows.value))
  const problems = computed(() => alike(rows.value))
  const seen = (r: Row, f: string) => r.typed[f] ?? (r.person ? shown(r.person, f) : '')
  const at = (r: Row | undefined, f: string): CellProblem | undefined => r?.answer?.problems.find((p) => p.field === f)

  /** took puts the people of the register into the grid; what was typed stays with its row. */
  function took(people: Resident[]) {
    const old = new Map(rows.value.filter((r) => r.person).map((r) => [r.person!.id, r]))
    const fresh = rows.value.filter((r) => !r.person)
    rows.value = [...fresh, ...people.map((p) => {
      const was = old.get(p.id)
      return was && Object.keys(was.typed).length ? { ...was, person: p } : { key: was?.key ?? next++, person: p, typed: {}, was: {}, version: p.version, answer: null }
    })]
  }
  function remember() {
    past.push(copied(rows.value))
    if (past.length > 50) past.shift()
  }
  function put(r: Row, f: string, text: string) {
    const value = coded(f, text.trim())
    if (r.person && (value === '' || text.trim() === shown(r.person, f))) {
      delete r.typed[f] // blank and what stands there already mean unchanged
      delete r.was[f]
    } else if (value === '') delete r.typed[f]
    else {
      if (r.person && !(f in r.typed)) r.was[f] = (r.person as unknown as Record<string, string>)[f] ?? ''
      r.typed[f] = value
    }
    r.answer = null
  }
  function soon() {
    rows.value = rows.value.filter((r) => r.person || Object.keys(r.typed).length)
    clearTimeout(timer)
    timer = window.setTimeout(() => void check(), 150)
  }
  function type(r: Row, f: string, text: string) {
    if (seen(r, f) === text.trim()) return
    remember()
    put(r, f, text)
    soon()
  }
  function undo() {
    const last = past.pop()
    if (!last) return
    rows.value = last
    soon()
  }
  /** paste lays a block over the grid from a cell on; rows of its own come first, and it says how many they are. */
  function paste(text: string, row: number, column: number): number {
    const b = place(block(text), column)
    unknown.value = b.unknown
    if (!b.cells.length) return 0
    remember()
    const fresh: Row[] = []
    b.cells.forEach((cells, i) => {
      let r = b.over ? rows.value[row + i] : undefined
      if (!r) {
        r = { key: next++, person: null, typed: {}, was: {}, version: 0, answer: null }
        fresh.push(r)
      }
      for (const [f, v] of Object.entries(cells)) put(r, f, v)
    })
    rows.value = [...fresh, ...rows.value]
    soon()
    return fresh.length
  }
  async function check(): Promise<void> {
    const list = wire(rows.value)
    const mine = ++asked
    if (!list.length) {
      reply.value = null
      for (const r of rows.value) r.answer = null
      return
    }
    const began = performance.now()
    try {
      const answer = await post<SheetReply>('/residents/check', { under: under(), purpose: purpose.value, rows: list })
      if (mine !== asked) return
      seconds.value = Math.round((performance.now() - began) / 10) / 100
      take(answer)
      problem.value = null
    } catch (e) {
      if (mine === asked) problem.value = asProblem(e)
    }
  }
  function take(answer: SheetReply) {
    reply.value = answer
    const by = new Map(answer.rows.map((a) => [a.line, a]))
    for (const r of rows.value) r.answer = by.get(r.key) ?? null
    rows.value = [...rows.value]
  }
  /** fix takes the offered content of one cell, or of all cells with the same problem. */
  function fix(list: { row: Row; field: string }[]) {
    const todo = list.filter((x) => at(x.row, x.field)?.fix)
    if (!todo.length) return
    remember()
    for (const x of todo) put(x.row, x.field, at(x.row, x.field)!.fix!)
    soon()
  }
  /** choose settles a conflict: the cell as typed here, or as the register has it. */
  function choose(r: Row, f: string, mine: boolean) {
    const p = at(r, f)
    if (!p || !r.answer) return
    remember()
    if (!mine) {
      delete r.typed[f]
      delete r.was[f]
    } else r.was[f] = p.theirs ?? ''
    r.version = r.answer.version ?? r.version
    r.answer = null
    soon()
  }
  /** submit writes what is in order; rows that are not stay in the grid with their reasons. */
  async function submit(): Promise<number> {
    busy.value = true
    problem.value = null
    try {
      const answer = await post<SheetReply>('/residents/submit', { under: under(), purpose: purpose.value, rows: wire(rows.value) })
      asked++
      const done = new Set(answer.rows.filter((a) => a.outcome === 'new' || a.outcome === 'update' || a.outcome === 'same').map((a) => a.line))
      past.length = 0
      rows.value = rows.value.filter((r) => r.person || !done.has(r.key))
      for (const r of rows.value) if (done.has(r.key)) { r.typed = {}; r.was = {} }
      take({ ...answer, rows: answer.rows.filter((a) => !done.has(a.line)) })
      await check()
      return answer.written
    } catch (e) {
      problem.value = asProblem(e)
      return 0
    } finally {
      busy.value = false
    }
  }
  function discard() {
    remember()
    for (const r of rows.value) { r.typed = {}; r.was = {}; r.answer = null }
    soon()
    unknown.value = []
  }
  return { rows, reply, seconds, busy, purpose, unknown, problem, changed, problems, seen, at, took, type, undo, paste, check, fix, choose, submit, discard }
}
