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
