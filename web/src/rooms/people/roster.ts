import type { ShiftInfo } from '@/client/types'

const zone = 'Asia/Shanghai'
const civil = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
const hours = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })

/** dayOf is the civil day of a moment where the places are. */
export const dayOf = (at: Date) => civil.format(at)

/** clockOf is a shift's hours, 08:00–14:00. */
export const clockOf = (s: Pick<ShiftInfo, 'from' | 'until'>) => `${hours.format(new Date(s.from))}–${hours.format(new Date(s.until))}`

/** daysFrom lists civil days from one on. */
export function daysFrom(first: string, n: number): string[] {
  const at = Date.parse(`${first}T12:00:00Z`)
  return Number.isNaN(at) ? [] : Array.from({ length: Math.min(Math.max(n || 0, 0), 28) }, (_, i) => new Date(at + i * 86400000).toISOString().slice(0, 10))
}

/** hoursOf is how many hours shifts last together. */
export const hoursOf = (list: Pick<ShiftInfo, 'from' | 'until'>[]) => Math.round(list.reduce((n, s) => n + Date.parse(s.until) - Date.parse(s.from), 0) / 360000) / 10

/** weekdayOf is the name of a civil day's weekday, of seven names from Sunday on. */
export const weekdayOf = (day: string, names: string) => names.split(' ')[new Date(`${day}T12:00:00Z`).getUTCDay()] ?? ''

/** shortOf gives each title its shortest beginning that no other has. */
export function shortOf(titles: string[]): Map<string, string> {
  const out = new Map<string, string>()
  const taken = new Set<string>()
  for (const title of [...new Set(titles)].sort()) {
    const words = /^[\x20-\x7e]+$/.test(title) ? title.split(' ').map((w) => w[0]).join('').toUpperCase() : title[0]
    let label = words
    for (let n = 2; taken.has(label) && n <= title.length; n++) label = title.slice(0, n)
    taken.add(label)
    out.set(title, label)
  }
  return out
}
