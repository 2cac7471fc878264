import { tongue } from '@/i18n'
import type { Outcome } from './types'

/** answers are the outcomes a person may give; that a door left the zones is written by the system alone. */
export const answers = (outcomes: Outcome[]): Outcome[] => outcomes.filter((o) => o.id !== 'lifted')

/** titleOf is the round's own word for an outcome, by its id; empty when the round does not name it. */
export const titleOf = (id: string, outcomes: Outcome[] = []): string => outcomes.find((o) => o.id === id)?.[tongue()] ?? ''

/** titleOfTone is the round's own word for a tone, when one answer alone has it. */
export function titleOfTone(tone: string, outcomes: Outcome[] = []): string {
  const found = answers(outcomes).filter((o) => o.tone === tone)
  return found.length === 1 ? found[0][tongue()] : ''
}

/** choiceOf is the round's own word for what was chosen with an outcome. */
export const choiceOf = (id: string, outcomes: Outcome[] = []): string => outcomes.flatMap((o) => o.choose ?? []).find((c) => c.id === id)?.[tongue()] ?? ''
