import type { Words } from '@/client/types'

export interface Change {
  id: string; playbook: string; place_id: string; place: string; kind: 'set' | 'off' | 'add'; key: string; title: Words; old: string; new: string
  grade: 'free' | 'may-ease' | 'tightened'; state: 'holds' | 'waits' | 'ended' | 'draft'; reason: string; basis: string; author: string; at: string
  approver: string; approved_at: string; above: string; may_decide: boolean; line?: number; column?: number; same?: boolean
}
export interface Item { section: string; key: string; title: Words; text: Words; zones: string[]; off: boolean; added: boolean; line: number }
export interface Doc {
  id: string; title: Words; version: number; hash: string; current: boolean; source: string; page: string; saw: string; place_id: string; place: string
  may_edit: boolean; why: string; items: Item[]; changes: Change[]; versions: { hash: string; version: number; at: string; current: boolean }[]
  newer: boolean; may_take: boolean; places: { id: string; name: string; changes: number }[]
}
export interface Issue { line: number; column: number; code: string; message: string }
export interface Checked { errors: Issue[]; changes: Change[]; saw: string }
export interface Tried {
  errors: Issue[]
  rows: { place_id: string; place: string; changed: boolean; zones: { zone: string; title: Words; posts: [number, number]; targets: [number, number]; dues: [string, string]; longest: [string, string] }[] }[]
}
export interface Way { key: string; title: Words; old: string; new: string; state: 'taken' | 'kept' | 'alike' | 'conflict'; only: string; override?: Change }
export interface Upgrade {
  playbook: string; title: Words; from: string; to: string; from_version: number; to_version: number; newer: boolean; unchanged: number
  counts: Record<string, number>; ways: Way[]; errors: Issue[]; incidents: string[]; done: boolean
}

export const sections = ['zones', 'posts', 'rounds', 'cases', 'notices', 'goods', 'end'] as const

/** keyAt finds which item a line of a page speaks of. */
export function keyAt(text: string, line: number): string {
  return /^\s*-?\s*\[?([a-z]+(?:\.[\w-]+)+)/.exec(text.split('\n')[line - 1] ?? '')?.[1] ?? ''
}

/** belongs says whether a change speaks of an item: of the item itself, or of a field of it. */
export const belongs = (key: string, item: string) => key === item || (key.startsWith(`${item}.`) && key.split('.').length <= (item.startsWith('zones.') ? 4 : 3) && !(item.split('.').length === 2 && item.startsWith('zones.') && key.split('.').length === 4))

/** paint marks what a line of YAML is made of; the text between the marks is the line itself. */
export function paint(line: string): { text: string; kind: '' | 'key' | 'value' | 'remark' }[] {
  if (/^\s*#/.test(line)) return [{ text: line, kind: 'remark' }]
  const out: { text: string; kind: '' | 'key' | 'value' | 'remark' }[] = []
  const form = /([\w.-]+)(?=:(?:\s|$))|\b(P(?:\d+[WD])*(?:T(?:\d+[HM])+)?|\d+(?:\.\d+)?)\b/g
  let at = 0
  for (const m of line.matchAll(form)) {
    if (m.index > at) out.push({ text: line.slice(at, m.index), kind: '' })
    out.push({ text: m[0], kind: m[1] ? 'key' : m[0].length > 1 || /\d/.test(m[0]) ? 'value' : '' })
    at = m.index + m[0].length
  }
  if (at < line.length) out.push({ text: line.slice(at), kind: '' })
  return out
}

/** withTimes writes changed times of an item into a place's page, in the place of what it said of them. */
export function withTimes(page: string, key: string, now: Record<string, string>, was: Record<string, string>, reason: string): string {
  const changed = Object.keys(now).filter((f) => now[f] !== was[f])
  const rows = page.split('\n').filter((r) => !changed.some((f) => r.trimStart().startsWith(`${key}.${f}:`)))
  const fresh = changed.map((f) => `  ${key}.${f}: {to: ${JSON.stringify(now[f])}, because: ${JSON.stringify(reason)}}`)
  if (!fresh.length) return page
  const set = rows.indexOf('set:')
  if (set >= 0) rows.splice(set + 1, 0, ...fresh)
  else rows.splice(1, 0, 'set:', ...fresh)
  return rows.join('\n')
}
