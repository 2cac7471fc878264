// Shapes of the HTTP API around cases and custodies.
import type { Words } from './types'

export interface CaseDesk { place_id: string; place_name: string; role: string; role_title: Words }
export interface CaseStep { at: string; verb: string; by: string; noted: boolean; to: CaseDesk | null; who: string; why: string; words: string }
/** The measure that an objection is about, and what this viewer may decide. */
export interface CaseMeasure { id: string; zone: string; title: Words; event: string; incident: string; place_name: string; basis: string; author: string; from: string; until: string; in_force: boolean; verdict: string; may_ease: boolean; may_lift: boolean }
export interface Case {
  id: string; number: string; item: string; title: Words; line: Words; icon: string; urgency: string; place_id: string; place_name: string; incident: string; origin: string; confidence: boolean
  opened: string; noted_by: string; kin?: { name: string; relation: string } | null; stage: string; desk: CaseDesk; above: CaseDesk | null; level: number; holder: string; mine: boolean; for_me: string; offer: { to: CaseDesk; by: string; at: string; until: string } | null
  due: string; late: boolean; next: string; next_verb: string; resume: string; reason: string; answered: string; answer_by: string; met_by: string; reopened: number; closed: string; how: string; rating: number
  parent: string; same: string; version: number; may: string[]; pause_why: string[]; proof: string; chain: boolean; alarm: boolean
  words: string; contact: string; reply: string; proven: string; link: string; steps: CaseStep[]; parts: Case[]; against: CaseMeasure | null
}
export interface MetSpan { from: string; to: string; total: number; few: boolean; government: number; community: number; volunteer: number; neighbour: number; self: number; own: number }
/** An open case that may be the one about to be written down. */
export interface CaseLike { case: Case; same: boolean; door: boolean; phone: boolean }
export interface CaseFigure { id: string; title: Words; told: number; few: boolean; closed: number | null; on_time: number | null; good: number | null }
export interface CaseFigures { from: string; all: CaseFigure; lines: CaseFigure[]; places: CaseFigure[]; hushed: number }
export interface CaseList { items: Case[]; total: number; all: number; mine: number; waiting: number; late: number }
export interface CaseItem { id: string; title: Words; line: Words; hint: Words; icon: string; urgency: string; essential: boolean; confidence: boolean; desk: Words }
export interface CaseStaff { items: { id: string; name: string; role_title: Words }[]; held: boolean; above: CaseDesk | null }
export interface CustodyParty { who: string; name: string; post: string; title: Words }
export interface CustodyHalf { id: string; verb: string; by: CustodyParty; to: CustodyParty | null; leg: string; how: string; at: string; recorded: string; behalf: string; proof: string; whole: boolean; coded: boolean; named: { name: string; role: string; org: string } | null }
export interface Custody {
  id: string; case_id: string; number: string; title: Words; subject: Words; place_id: string; place_name: string; keeper: CustodyParty; mine: boolean; leg: string; since: string; due: string; next: string; level: number
  offer: { to: CustodyParty; leg: string; at: string; mine: boolean; coded: boolean; code: string; until: string } | null; gaps: { from: CustodyParty; to: CustodyParty; at: string }[]; refused: string[]; ended: string; how: Words
  legs: { id: string; title: Words; by: string[]; proof: string; ends: { id: string; title: Words }[] }[]; said: CustodyHalf[]; on_desk: boolean; batch: string; version: number
}
export interface TransferThing { id: string; case_id: string; title: Words; name: string; door: string; keeper: CustodyParty; leg: string; leg_name: Words; due: string; level: number; offered: boolean; proof: boolean; ended: string; how: Words }
export interface Transfer {
  id: string; place_id: string; place_name: string; vehicle: string; seats: number; driver: string; driver_id: string; site: string; basis: string; until: string; opened: string; opened_by: string
  legs: Custody['legs']; people: TransferThing[]; stays: TransferThing[]; missing: number
}
export interface TransferAsk { asked: { chain: string; title: Words; subject: Words; who: CustodyParty[] }[]; drivers: CustodyParty[] }
