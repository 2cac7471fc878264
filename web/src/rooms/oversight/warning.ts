import type { Warning, WarningRule } from '@/client/types-oversight'

/** The figures that a condition may ask, by what it is about; those with a plain number may stand in a reason. */
export const figures: Record<Warning['about'], string[]> = {
  household: ['people', 'vulnerable', 'days_silent', 'days_unconfirmed'],
  case: ['item', 'stage', 'taken', 'hours_late', 'hours_silent', 'climbed'],
  needs: ['item', 'count', 'doors'],
  helper: ['needs_rest', 'why'],
}

/** Where a warning's subject is looked at, on the desk or on the phone. */
export function subjectPage(w: Warning, phone = false): string {
  if (w.about === 'household') return phone ? `/m/doors/${w.subject}` : `/console/doors/${w.subject}`
  if (w.about === 'case') return phone ? `/m/cases/${w.subject}` : `/console/cases/${w.subject}`
  if (w.about === 'needs') return phone ? '/m/cases' : `/console/cases?under=${w.subject}`
  return `/console/helpers/${w.subject}/service`
}

export interface Group { rule: string; head: Warning; items: Warning[] }

/** Warnings of one rule stand together, in the order in which they came. */
export function grouped(list: Warning[]): Group[] {
  const out: Group[] = []
  for (const w of list) {
    const g = out.find((x) => x.rule === w.rule)
    if (g) g.items.push(w)
    else out.push({ rule: w.rule, head: w, items: [w] })
  }
  return out
}

/** A new rule as its form begins. */
export const blank = (): WarningRule => ({
  id: '', playbook: 'normal', title: { zh: '', en: '' }, about: 'case', when: 'case.hours_late >= 1', basis: { zh: '', en: '' }, reason: { zh: '', en: '' }, opens: '', sees: ['community'], quiet: 'P1D',
  own: true, changed: false, off: false, version: '', done: 0, not_so: 0, lapsed: 0, why: null, wolf: false,
})
