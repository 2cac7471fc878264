import { tongue } from '@/i18n'
import type { Words } from './types'

const units: [RegExp, string, string][] = [[/(\d+)W/, '周', 'weeks'], [/(\d+)D/, '天', 'days'], [/T.*?(\d+)H/, '小时', 'hours'], [/T.*?(\d+)M/, '分钟', 'minutes']]

/** readable says a value of a playbook, sent as JSON, the way people say it. */
export function readable(json: string, none: string): string {
  if (!json || json === 'null') return none
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return json
  }
  const en = tongue() === 'en'
  if (typeof value === 'string') {
    if (/^P(?=.)[\dWDTHM]+$/.test(value)) return units.map(([form, zh, word]) => { const n = form.exec(value as string)?.[1]; return n ? `${n} ${en ? word : zh}` : '' }).filter(Boolean).join(' ')
    const known: Record<string, [string, string]> = { now: ['启用', 'on'], later: ['停用', 'off'], on: ['启用', 'on'], off: ['停用', 'off'] }
    const word = known[value]
    return word ? word[en ? 1 : 0] : value
  }
  if (value && typeof value === 'object' && !Array.isArray(value)) {
    const words = value as { zh?: string; en?: string; title?: Words }
    const text = words.title ?? words
    if (typeof text.zh === 'string') return (en ? text.en : text.zh) ?? ''
  }
  const text = JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 118)}…` : text
}
