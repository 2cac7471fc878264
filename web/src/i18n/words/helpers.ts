import type { Words } from '../pick'

/** Texts of helpers: the gate, the roll, one file, choosing leads. */
export const helperWords = { hlp: {
  overrideTitle: ['还不够格', 'Not qualified yet'], overrideReason: ['破例的理由', 'Reason for the exception'],
  overrideHint: ['理由随方案保存；谁、何时破例，日志里有一条。', 'The reason is kept with the plan; the journal says who made the exception and when.'],
  override: ['破例派岗', 'Make an exception'], another: ['另选一人', 'Choose somebody else'],
} } as const satisfies Words
