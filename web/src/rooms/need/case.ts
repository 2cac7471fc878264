import type { Case, CaseDesk } from '@/client/types-need'
import { say } from '@/client/say'

export { spoken } from '@/client/say'

/** Who a desk is, in words: role and place. */
export const deskOf = (d: CaseDesk) => `${say(d.role_title)} · ${d.place_name}`

/** The glyph beside a stage: form and not colour alone says it. */
export const glyph: Record<string, string> = { waiting: '○', taken: '◐', offered: '⇢', paused: '‖', joined: '＋', answered: '◆', closed: '●' }

/** Verbs that happen by one press, and those that ask for something first. */
export const atOnce = ['take', 'accept', 'release', 'resume']

/** Whether somebody should look at a case now. */
export const pressing = (c: Case) => c.late || c.level > 0 || (c.stage === 'waiting' && c.urgency === 'life')

/** How long, in one unit: minutes below two hours, hours below two days, then days. */
export function short(ms: number): { n: number; unit: 'min' | 'h' | 'd' } {
  const min = Math.max(0, Math.floor(ms / 60_000))
  return min < 120 ? { n: min, unit: 'min' } : min < 2880 ? { n: Math.floor(min / 60), unit: 'h' } : { n: Math.floor(min / 1440), unit: 'd' }
}
