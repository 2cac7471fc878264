// Shapes of the HTTP API around helpers: calls, training, shifts, service.
import type { Words } from './types'

export interface CallCount { total: number; yes: number; no: number; later: number; read: number; asked: number; unreached: number; silent: number; spared: number }
export interface OwnPhone { phone: string; sends: boolean; told: boolean }
export interface CardList { door: string; place: string; items: { id: string; made: string; until: string; state: 'good' | 'used' | 'revoked' | 'ended'; at?: string }[] }
export interface Call {
  id: string; place_id: string; place_name: string; incident: string; title: Words; body: Words; author: string; sent: string; until: string; closed: string; why: string; reason: string
  wanted: number; counts: CallCount; open: boolean; may_end: boolean
}
export interface Called {
  n: number; helper_id: string; name: string; work_phone: string; place_name: string; state: string; channel: string; failed: string; reached: string; answered: string; by: string; may_note: boolean
}
export interface CallBoard extends Call { places: { place_id: string; name: string; counts: CallCount }[]; items: Called[]; next: number }
export interface Reach { helpers: number; reachable: number; channels: { name: string; n: number }[] }
export interface Ask {
  id: string; n: number; kind: string; thing: string; thing_id: string; title: Words; body: Words; place: string; sent: string; due: string; wants: string; state: string; open: boolean; why: string; reason: string
  scene: { id: string; state: 'free' | 'mine' | 'taken'; who: string } | null
}
export interface OutboxMessage { id: string; channel: string; to: string; title: string; body: string; link: string; at: string }

export interface CourseStep { id: string; title: Words; kind: string; cards: string[]; minutes: number; places: number; done: number; wanted: number }
export interface Course { id: string; title: Words; gives: string; valid: Words; within: Words; phase: number; fast: boolean; steps: CourseStep[] }
export interface LearningCard { id: string; title: Words; lines: Words[]; wording: string; read: string }
export interface HeldPass { id: string; helper_id: string; name: string; qualification: string; title: Words; from: string; until: string; trainer: string; source: string; in_force: boolean; due: boolean; revoked: string; why: string }
export interface TrainingSession {
  id: string; course: string; course_title: Words; step: string; step_title: Words; kind: string; place_id: string; place_name: string; trainer_id: string; trainer: string; from: string; until: string
  places: number; state: string; why: string; people: { helper_id: string; name: string; outcome: string; ready: boolean; holds: boolean }[]; mine: string
}
export interface Trainee { helper_id: string; name: string; place_name: string; lapsed: boolean; until: string }
export interface TrainingNeed { qualification: string; title: Words; empty: number; holders: number; due: HeldPass[]; trainers: Trainee[]; lacking: Trainee[]; total: number }
export interface Learning {
  helper_id: string; name: string; courses: (Course & { begun: boolean; refresher: boolean; ready: boolean; holds: boolean })[]; passes: HeldPass[]; sessions: TrainingSession[]; cards: LearningCard[]
}
export interface ShiftInfo { id: string; key: string; item: string; title: Words; place_id: string; place: string; zone: string; n: number; helper_id: string; name: string; from: string; until: string; state: string; why: string; note: string; came: string; pinned: boolean }
export interface RosterChange { helper_id: string; name: string; was: string[]; is: string[] }
export interface RosterInfo {
  id: string; place_id: string; incident: string; from: string; days: number; author: string; made: string; published: string; taken_back: string; seed: number; hand: boolean; cost: number; steps: number; shifts: number; short: number; moved: number; cut: boolean; parts: { place_id: string; name: string; shifts: number; short: number }[]; reasons: Words[]; changes: RosterChange[]; draft: ShiftInfo[]
}
export interface RosterPerson { helper_id: string; name: string; kind: string; rest: string[]; can: string[] }
export interface RosterBoard {
  place_id: string; place: string; from: string; days: number; people: RosterPerson[]; shifts: ShiftInfo[]; cut: boolean; open: number; draft: RosterInfo | null; last: RosterInfo | null
  items: { incident: string; item: string; title: Words; per: string; later: boolean; length: number; crew: number }[]; may_plan: boolean; may_hand: boolean; may_force: boolean
}
export interface ShiftFit { helper_id: string; name: string; ok: boolean; why: Words; never: boolean; turn: number }
export interface ShiftHand { shift: ShiftInfo; asked: ShiftFit[] }
export interface MyShift extends ShiftInfo { duty: Words; partners: { name: string; work_phone: string }[]; gear: { title: Words; count: number }[]; meals: Words[]; before: string; ok: boolean; not: Words; undo_till: string; may_come: boolean; may_say: boolean; may_note: boolean }
export interface MyShifts { mine: MyShift[]; open: MyShift[]; undo: MyShift[]; over: MyShift[] }

export interface GearStore { id: string; title: Words; used: boolean; known: boolean; in: number; out: number; gone: number; want: number; short: number }
export interface GearIssue { id: string; helper_id: string; name: string; kind: string; title: Words; count: number; given: string; used: boolean }
export interface CareHelper { helper_id: string; name: string; insured_until: string; insured_by: string; lodging: string; lodged_until: string }
export interface CareBoard {
  place_id: string; place: string; from: string; days: number; gear: GearStore[]; kinds: GearStore[]; out: GearIssue[]; may_write: boolean
  wants: { helper_id: string; name: string; kind: string; title: Words; count: number; from: string; short: boolean }[]
  meals: { day: string; meal: string; title: Words; place: string; count: number }[]; diets: { day: string; meal: string; title: Words; count: number }[]
  uninsured: CareHelper[]; lodged: CareHelper[]
}
export interface Thanks { id: string; words: string; from: string; to: string; for: Words; place: string; made: string; decided: boolean; shown: boolean; resident: boolean }
export interface OwnCare { gear: GearIssue[]; insured_until: string; insured_by: string; lodging: string; lodged_until: string; thanks: Thanks[] }
export interface BurdenPart { place_id: string; name: string; rested: number; busy: number; tired: number }
export interface Burden { place_id: string; place: string; rested: number; busy: number; tired: number; away: number; parts: BurdenPart[]; people: { helper_id: string; name: string; band: 'busy' | 'tired'; why: string[] }[] }
export interface UnitMember { helper_id: string; name: string; how: 'lives' | 'stationed'; place: string; since: string; shares: boolean; deeds: { month: string; title: Words; place: string }[] }
export interface Organisation { id: string; name: string; kind: 'party' | 'agency' | 'company' | 'social'; place_id: string; place: string; contact: string; contact_id: string; offers: string; since: string; ended: string; members: UnitMember[]; wording?: string; presence: { how: string; since: string; shares: boolean } | null }
