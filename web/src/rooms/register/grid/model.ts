import type { Resident } from '@/client/types'

/** What the server says of one cell, and of one row. */
export interface CellProblem { field: string; kind: 'error' | 'conflict'; code: string; text: string; fix?: string; theirs?: string }
export interface RowAnswer { line: number; outcome: 'new' | 'update' | 'same' | 'reject' | 'conflict'; person_id?: string; version?: number; problems: CellProblem[] }
export interface SheetReply { rows: RowAnswer[]; counts: Record<RowAnswer['outcome'], number>; purposes: string[]; written: number }

/** A row of the grid: somebody of the register, or one that was pasted, with what was typed into it. */
export interface Row { key: number; person: Resident | null; typed: Record<string, string>; was: Record<string, string>; version: number; answer: RowAnswer | null }

/** The columns, in order; the last is told, not typed. */
export const columns = ['door', 'name', 'relation', 'gender', 'birth', 'phone', 'id_number', 'tenure', 'care', 'verified'] as const
export type Column = (typeof columns)[number]

/** Headings as people's own sheets write them; what is not here is left out and said. */
const headings: Record<string, string> = {
  门牌: 'door', 门牌号: 'door', 住址: 'door', 地址: 'door', 居住地址: 'door', 详细地址: 'door', 房号: 'door', 室号: 'door', door: 'door', address: 'door',
  姓名: 'name', 居民姓名: 'name', 户主姓名: 'name', name: 'name', 与户主关系: 'relation', 关系: 'relation', relation: 'relation', 性别: 'gender', sex: 'gender', gender: 'gender',
  出生日期: 'birth', 出生年月: 'birth', 年龄: 'age', birth: 'birth', birthdate: 'birth', 联系电话: 'phone', 电话: 'phone', 手机: 'phone', 手机号: 'phone', 手机号码: 'phone', 联系方式: 'phone', phone: 'phone',
  证件号: 'id_number', 身份证号: 'id_number', 身份证: 'id_number', 身份证号码: 'id_number', 证件号码: 'id_number', idnumber: 'id_number', 居住: 'tenure', 居住情况: 'tenure', 租住: 'tenure', 房屋性质: 'tenure', tenure: 'tenure',
  户籍地: 'origin', 籍贯: 'origin', origin: 'origin', 照护标记: 'care', 特殊人群: 'care', 需照护: 'care', care: 'care', 核实日期: 'verified', 登记日期: 'verified', verified: 'verified',
}
const fold = (s: string) => s.replace(/[\s*:：()（）]/g, '').toLowerCase()

/** block reads what a spreadsheet puts on the clipboard: tabs between cells, quotes around cells with line ends. */
export function block(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const end = () => { rows[rows.length - 1].push(cell.trim()); cell = '' }
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c !== '"') cell += c === '\n' ? ' ' : c
      else if (text[i + 1] === '"') { cell += '"'; i++ } else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === '\t') end()
    else if (c === '\n') { end(); rows.push([]) } else if (c !== '\r') cell += c
  }
  end()
  return rows.filter((r) => r.some((x) => x !== ''))
}

/** A pasted block as rows of cells by field, and the headings that mean nothing here. */
export interface Pasted { cells: Record<string, string>[]; over: boolean; unknown: string[] }

/** place says what each cell of a block means: by its own headings, else by the columns from the focused one on. A block that names door and person makes rows of its own; any other is laid over the rows in sight. */
export function place(rows: string[][], from: number): Pasted {
  const named = rows[0]?.map((h) => headings[fold(h)]) ?? []
  const headed = named.filter(Boolean).length >= 2
  const fields: (string | undefined)[] = headed ? named : rows[0]?.map((_, i) => columns[from + i]) ?? []
  const body = headed ? rows.slice(1) : rows
  const cells = body.map((r) => Object.fromEntries(r.flatMap((v, i) => (fields[i] && fields[i] !== 'age' && v !== '' ? [[fields[i] as string, v]] : []))))
  const unknown = headed ? rows[0].filter((h, i) => h && !named[i]) : []
  return { cells, over: !(fields.includes('door') && fields.includes('name')), unknown }
}

/** copies of rows for undo: cells change, people do not. */
export const copied = (rows: Row[]): Row[] => rows.map((r) => ({ ...r, typed: { ...r.typed }, was: { ...r.was } }))

/** touched are the rows that have something to be checked. */
export const touched = (rows: Row[]): Row[] => rows.filter((r) => Object.keys(r.typed).length > 0)

/** wire is what the server is asked about them. */
export const wire = (rows: Row[]) => touched(rows).map((r) => ({ line: r.key, ...(r.person ? { person_id: r.person.id, version: r.version } : {}), cells: r.typed, ...(Object.keys(r.was).length ? { was: r.was } : {}) }))

/** alike are the problems of one kind, with their rows: the list beside the grid. */
export interface Alike { key: string; field: string; kind: CellProblem['kind']; code: string; text: string; rows: Row[]; fixes: number }
export function alike(rows: Row[]): Alike[] {
  const out = new Map<string, Alike>()
  for (const r of rows) {
    for (const p of r.answer?.problems ?? []) {
      const key = `${p.kind}|${p.code}|${p.field}`
      const a = out.get(key) ?? { key, field: p.field, kind: p.kind, code: p.code, text: p.text, rows: [], fixes: 0 }
      a.rows.push(r)
      if (p.fix) a.fixes++
      out.set(key, a)
    }
  }
  return [...out.values()]
}
