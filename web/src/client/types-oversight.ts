// Shapes of the HTTP API around warnings.
import type { Words } from './types'

export interface Warning {
  id: string; rule: string; title: Words; about: 'household' | 'case' | 'needs' | 'helper'; subject: string; name: string; item: Words; place_id: string; place_name: string
  reason: Words; basis: Words; since: string; opens: Words; quiet: string
}
export interface WarningRule {
  id: string; playbook: string; title: Words; about: Warning['about']; when: string; basis: Words; reason: Words; opens: string; sees: string[]; quiet: string
  own: boolean; changed: boolean; off: boolean; version: string; done: number; not_so: number; lapsed: number; why: Record<string, number> | null; wolf: boolean
}
export interface WarningTry { looked: number; total: number; most: number; items: Warning[] }
export interface WarningAnswer { id: string; answer: string; case_id: string }
