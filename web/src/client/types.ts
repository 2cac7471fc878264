// Shapes of the HTTP API, written after the public description of the server.

/** A zone id of whichever playbook is used, or nothing. */
export type Zone = string
export type Words = { zh: string; en: string }
export type Face = 'console' | 'field' | 'resident'
/** State of a target as screens show it. */
export type Tone = 'todo' | 'ok' | 'help' | 'again' | 'refused' | 'gone' | 'queued'

export interface Crumb { id: string; name: string; kind: string }

export interface Place {
  id: string; parent_id: string; kind: string; code: string; name: string; full_name: string; estate: string; number: string
  floor: number; tags: string[]; lng: number; lat: number; doors: number; residents: number; children: number
  zone: Zone; until: string; basis?: string; emergency: boolean; crumbs?: Crumb[]
}

export interface Grant { role: string; place_id: string; place_name: string; code: string; kind: string }
export interface Me {
  account: string; name: string; login: string; demo: boolean; now: string; grants: Grant[]
  home: { face: Face; place_id: string }
  zones?: { id: string; title: Words; rule: Words; look: string }[]
  /** set in the world of a drill alone */
  drill?: { id: string; speed: number; state: DrillState }
}
export type DrillState = 'running' | 'ended' | 'stopped' | 'failed'
export interface DrillMark { value: number; goal: number; met: boolean }
export interface DrillScore {
  teams: DrillMark; answer: DrillMark; unreached: DrillMark; posts: number; present: number; empty: number; doors: number; reached: number; unknocked: number; no_answer: number
}
export interface Drill {
  id: string; place_id: string; place_name: string; playbook: string; book_title: Words; speed: number; seed: number; author_name: string; started_at: string; ended_at: string; state: DrillState
  report: {
    minute: number; minutes: number; posts: number; present: number; doors: number; reached: number; score?: DrillScore; why?: Words
    steps: { id: string; at: number; role: Words; title: Words; done: boolean; found: Words }[]
    weak?: { kind: string; item: string; count: number; of: number; text: Words }[]
  }
}
export interface DemoRole { id: string; role: string; title: Words; hint: Words; place_id: string; place_name: string; face: Face }

export interface ContactCard {
  phone?: string; hours?: Words; address?: Words; english?: string; complaints?: string; appeal_to?: Words; appeal_phone?: string; appeal_address?: Words
  appeal_days?: number; updates?: string[]; workers?: boolean
}
export interface Contact { place_id: string; version: number; card: ContactCard }
export interface AccountGrant extends Grant { id?: string; from?: string; until?: string; post: boolean; ended: boolean }
export interface AccountLine {
  id: string; login: string; name: string; disabled: boolean; signs_in: boolean; own: boolean; helper: boolean
  grants: AccountGrant[]; tokens: { name: string; created: string; expires: string }[]
}

export interface Page<T> { items: T[]; next?: string; total?: number }

export interface Shape {
  type: 'Feature'
  geometry: { type: string; coordinates: unknown } | null
  properties: {
    id: string; kind: string; name: string; zone: Zone; doors: number; people: number; empty_posts: number; missing: number; derived?: boolean
  }
}
/** The outline of a place and where it came from. */
export interface Boundary {
  geometry?: Shape['geometry']; source: 'drawn' | 'imported' | 'derived' | 'none'; datum: string; at: string; by: string; version: number; corners: number; shift: number; outside: number
}
export interface ShapeSet { type: 'FeatureCollection'; features: Shape[] }

/** One door of a board or of a phone's pack; state none means that no round asks for it. */
export interface BoardCell {
  door_id: string; unit_id: string; room: string; state: Tone | 'none'; outcome: string; choice: string; at: string; by: string
  again: string; version: number; people: number; hints: string[]
}
export interface Board {
  place: Place; crumbs: Crumb[]; leads?: { helper_id: string; name: string }[]
  round: Round | null
  units: { id: string; name: string }[]
  floors: { floor: number; cells: BoardCell[] }[]
  legend: { id: Tone | 'none'; value: number }[]
}

export interface Resident {
  id: string; place_id: string; door: string; name: string; gender: string; age: string; relation: string; phone: string
  id_number: string; tenure: string; origin: string; care: CareTag[]; verified_at: string
  sources: { field: string; from: string; date: string }[]; masked: Record<string, string>; reveal: string[]; version: number
}
/** What is known of care: the group where the role may see it, else only what to do at the door. */
export interface CareTag { group: string; need: string }
export interface Look { count?: number; since?: string; at: string; role: string; purpose: string; field: string }

export interface Helper {
  id: string; number: string; name: string; work_phone: string; kind: string; age: number; party: boolean; standing: boolean
  phone_user: boolean; skills: string[]; trained: string[]; hours: number; away: string; version?: number; place_name: string; missing?: string[]
  posts: { id: string; item: string; title: Words | string; place_name: string; zone: Zone; incident: string }[]
}

export interface HelperFile extends Helper {
  gender: string; birth?: number; place_id: string; organisation: string; person_id?: string; recruited: string; joined?: string; left?: string
  consent?: string; guarded?: string; minor: boolean; sealed: string[]; reveal: boolean; may_write: boolean
}
export interface HelperRevealed { field: string; phone?: string; mail?: string; limits?: string[]; note?: string; guardian?: { name: string; phone: string }; until: string }
export interface Talent { id: string; title: Words; group: string }
export interface TalentList { skills: Talent[]; limits: Talent[] }
export interface LeadName { helper_id: string; name: string; age: number; work_phone: string; phone_user: boolean }
export interface LeadSeat { place_id: string; place_name: string; lead: LeadName | null; deputy: LeadName | null; adviser: LeadName | null; reason: string; missing: string[] }
export interface LeadChoice extends LeadSeat {
  title: Words; duty: Words; adviser_duty: Words; of: number
  candidates: { helper_id: string; name: string; home: string; score: number; lacks: string; busy: string; lines: { criterion: string; text: Words; points: number; of: number }[] }[]
}

export interface PlaybookItem { id: string; title: Words; zones?: string[]; per?: string; count?: number }
export interface PlaybookZone {
  id: Zone; title: Words; rule: Words; stricter_than: string; look?: string
  measures: { id: string; title?: Words; basis: Words | string; longest_days?: number }[]
}
export interface Playbook {
  id: string; title: Words; version: number | string; hash: string; zones: PlaybookZone[]; posts: PlaybookItem[]; rounds: PlaybookItem[]
}

export interface ZoneRow {
  zone: Zone; title: Words | string; rule: Words | string; places: number; buildings: number; microgrids: number; doors: number
  households: number; people: number; until: string; basis: string; from: string; author: string; flags: (string | { text: string })[]
}
export interface Difference {
  stated: number; ours: number; gap: number; source: string; /** names of zoned places without registered doors, which may explain the gap */
  parts: string[]
}
export interface Totals { doors: number; households?: number; people: number; buildings: number; microgrids: number; places?: number }
export interface Incident {
  id: string; title: string; playbook: string; version: number; place_id: string; place_name?: string; author: string; author_name?: string
  state: 'draft' | 'running' | 'ended'; declared_at: string; started_at: string; started_by: string; ended_at: string; delete_after: string
  plan_id: string; plan_by: string; drafts: number; zones: ZoneRow[]; totals: Totals; difference?: Difference | null
  lapses_at?: string; may_confirm?: boolean
}

export interface PlanGap {
  slot: string; place: string; place_id: string; role: string; title: Words | string; zone: Zone; reason: Words | string
  candidates: { helper: string; helper_id: string; score: number; why: Words | string }[]
}
export interface Plan {
  applied_at: string; pins: { slot: string; helper_id: string }[]
  plan: string; incident: string; author: string; made_at: string; saw: string | number; expired: boolean
  posts: { needed: number; filled: number; empty: number }; microgrids: number; households: number; people: number
  counts: { create: number; keep: number; change: number; close: number }
  by_place: { place_id: string; name: string; zones: Record<string, number>; parts: number; posts: number; empty: number }[]
  rounds: { id: string; title: Words | string; targets: number; due: string }[]
  measures: { zone: Zone; title: Words | string; basis: string; until: string; places: number }[]
  gaps: PlanGap[]
  checks: { level: 'ok' | 'warn' | 'stop'; text: Words | string }[]
  apply_by: { account: string; name: string }[]; may_apply: boolean; why_not: Words | string; open_work: number
  alone?: { from: string; minutes: number }
  local?: { override: string; place: string; title: Words; old: string; new: string; reason: string; author: string; at: string; posts: number; targets: number }[]
  upgrade?: { from: string; to: string; posts: number; lines: { key: string; title: Words; old: string; new: string }[] }
}
export interface Demobilized {
  incident: string; done: boolean; unclaimed: number; thanks: string[]; cases: number; met: import('./types-need').MetSpan[]; closed: { posts: number; measures: number; rounds: number }
  handed_over: { kind: string; id: string; title: Words | string; to: string }[]; delete_after: string
}

export interface Post {
  id: string; item: string; title: Words | string; place_id: string; place_name: string; zone: Zone
  holder: { helper_id: string; name: string; work_phone: string } | null
  deputy: { helper_id?: string; name: string; work_phone?: string } | null; pinned: boolean; reason: Words | string; arrived_at?: string
}
export interface Holder { helper_id: string; name: string; work_phone: string; away?: string }
export interface TeamForm {
  id: string; incident: string; title: Words; per: string; teams: number; whole: number; posts: number; empty: number; unfit: number
  items: { id: string; title: Words; posts: number; off: boolean; able: number }[]
}
export interface Team {
  place_id: string; place_name: string; captain: Holder | null; deputy: Holder | null; empty: number; unfit: number
  members: { post_id: string; title: Words; place_name: string; zone: Zone; holder: Holder | null; lacks: Words | null; able: Holder[] }[]
}
export interface TeamBoard extends TeamForm { list: Team[]; next: string }
export interface Stretch { id: string; title: Words; place_name: string; source: 'post' | 'shift' | 'desk' | 'open'; from: string; until: string; minutes: number; counts: boolean; struck: boolean; was_from?: string; was_until?: string; reason?: string; objection?: string; twice?: boolean; proposed_from?: string; proposed_until?: string; proposed_why?: string }
export interface TeamStretch extends Stretch { helper_id: string; name: string }
export interface Certificate { id: string; number: string; from: string; until: string; minutes: number; made: string; withdrawn?: string; why?: string; path: string }
export interface ServiceRecord { items: Stretch[]; minutes: number; waiting: number; rest: string[]; certificates: Certificate[]; may_write: boolean }
export interface FieldPost { id: string; title: Words | string; incident: string; place_id: string; place_name: string; zone: Zone; deputy: boolean; arrived_at: string; mine: boolean }
export interface Outcome { id: string; zh: string; en: string; final: boolean; tone: Tone; choose?: { id: string; zh: string; en: string }[] }
export interface Round {
  id: string; title: Words | string; incident_id?: string; place_id?: string; due: string; opened?: string; closed?: string
  total: number; missing: number; outcomes?: Outcome[]
}
export interface Target {
  place_id: string; door: string; zone: Zone; outcome: string; choice: string; state: Tone; at: string; by: string; again: string
  version: number
}

export interface Figure {
  id: string; value: number; of?: number | null; parts: { id: string; value: number }[]; href: string; tone: string
}
export interface CommunityRow {
  place_id: string; name: string; kind: string; zone: Zone | 'partly'; empty_posts: number; posts: number; missing: number; targets: number; people: number; doors: number
}
export interface Overview {
  place: Place; now: string
  mode: { kind: 'normal' | 'emergency'; incidents: { id: string; title: string; playbook: Words; started_at: string; lapses_at?: string; may_confirm?: boolean }[] }
  figures: Figure[]; communities: CommunityRow[]
  zones: { zone: Zone; title: Words | string; rule: Words | string; doors: number; people: number; until: string }[]
  totals: { doors: number; people: number; [k: string]: number }; difference: Difference | null
  oldest: { kind: string; title: string; place_name: string; place_id: string; since: string; state: string; href: string }[]
  /** how many wait in all; oldest lists the first of them */
  oldest_total?: number
  /** plans by others that this viewer may apply */
  waiting?: { plan_id: string; title: string; by: string }[]
  as_of_seq: number
}
export interface LogLine { seq: number; at: string; verb: string; facts: Record<string, string>; place_id: string; place_name: string; actor: string }

export interface PackUnit {
  id: string; name: string; zone: Zone; zone_title?: Words; rule?: Words; until: string; earliest?: string; may?: boolean; also?: Words[]; reasons?: Reason[]
  floors: { floor: number; cells: BoardCell[] }[] }
export interface PackGrid {
  id: string; name: string; zone: Zone; until: string; rule: Words | string
  round: Round | null
  units: PackUnit[]
}
export interface Pack { account: string; microgrids: PackGrid[]; as_of_seq: number }
export interface DoorPage {
  door: Place & { room?: string }; residents: Resident[]; last_contact: string; last_by: string
  due: { round_id: string; title: Words | string; due: string; outcome: string; state: Tone; version?: number; missing?: boolean; outcomes?: Outcome[] }[]; zone: Zone; until: string; rule: Words; basis: string; local?: Words[]
  cases?: { id: string; number: string; title: Words; icon: string; stage: string; due: string; hands?: { title: Words; keeper: { name: string; title: Words }; due: string; mine: boolean }[] }[]
  greetings?: import('./types-greeting').GreetingRow[]
  done?: DoorDone[]
}

/** What was done at a door today, by role and hour. */
export interface DoorDone { kind: 'round' | 'case' | 'greeting'; id: string; title: Words; about: string; outcome: Words; state: Tone; role: string; at: string }

export interface ImportReport {
  id: string; rows: number; inserted: number; updated: number; unchanged: number; rejected: number
  mapping: { column: string; field: string; title?: string; sample: string }[]
  rejects: { row: number; column: string; reason: Words | string; code: string }[]; rejects_href: string
}

export interface Operation {
  id: string; sequence: number; verb: string; path: string; base_version: number; body: unknown
}
export interface BatchResult { id: string; status: number; held?: boolean; receipt?: { version?: number; outcome?: string; seq?: number }; problem?: ProblemBody }
export interface ProblemBody { code: string; title: string; detail: string; where?: string; status: number }

/** A plan of the ground: places that move, split, merge or are divided, before anything does. */
export interface GroundPlan {
  plan: string; verb: 'move' | 'split' | 'merge' | 'divide' | 'undo'; place_id: string; place_name: string
  author: string; author_name: string; made_at: string; applied_at: string; applier: string; applier_name: string
  expired: boolean; may_apply: boolean; undoes?: string
  totals: { moves: number; places: number; doors: number; households: number; people: number; codes: number; posts: number }
  moves: { place_id: string; code: string; new_code?: string; kind: string; name: string; from: string; into: string; doors: number; people: number }[]
  made: GroundPlace[]; ended: GroundPlace[]
  codes: { place_id: string; old: string; new: string }[]
  posts: { post: string; title: Words; helper: string; place: string; ends: boolean }[]
  checks: { level: 'ok' | 'warn' | 'stop'; text: string }[]
  division?: Division; leads?: Record<string, string>; units?: Record<string, string>
}
export interface GroundPlace { place_id: string; code: string; kind: string; name: string; under: string; into?: string[] }
export interface Balance { parts: number; outside: number; worst: number; spread: number }
export interface Division {
  households: number; split_stairwells: boolean; fresh?: boolean; seed: number; steps: number; tolerance: number; hand?: { unit: string; part: string }[]; units: number; doors: number; moved_units: number; moved_doors: number; cut: string[]
  now: Balance; then: Balance; bound: Balance; contiguous: boolean
  parts: { id: string; code: string; name: string; frame: string; made: boolean; units: string[]; houses: string[]; doors: number; deviation: number; spread: number; came: number; lng: number; lat: number }[]
}
export interface PlaceHistory {
  place_id: string; code: string; name: string; now: Crumb[]
  chapters: { from: string; until: string; under: string; code: string; verb: string; gone: boolean; into: Crumb[]; plan: string; author: string; applier: string }[]
  codes: { scheme: string; code: string; from: string; until: string }[]
}
/** One step of an explanation; met says whether a condition is fulfilled. */
export interface Reason { code: string; met: boolean; text: Words }
/** One measure in force with its release clock. */
export interface Clock {
  measure: string; incident: string; incident_title: string; zone: Zone; title: Words; rule: Words; evacuate: boolean; first: boolean; basis: string; author: string
  from: string; until: string; place_id: string; place_name: string; doors: number; release: string; may: boolean; earliest: string; after_round: boolean; reasons: Reason[]
}
export interface Fact {
  id: string; name: string; title: Words; state: boolean; holds: boolean; place_id: string; place_name: string; zone: string; at: string; source: string
  author: string; recorded: string; withdrawn: string
}
export interface FactSheet { items: Fact[]; known: { id: string; title: Words; state: boolean }[] }
export interface Exemption {
  id: string; incident: string; zone: Zone; zone_title: Words; place_id: string; place_name: string; person_id: string
  state: 'waiting' | 'overdue' | 'refused' | 'coming' | 'valid' | 'over' | 'revoked'; purpose: string; need: string; verdict: string; requester: string; asked_as: string; asked: string
  decider: string; due: string; decided: string; decided_by: string; from: string; until: string; may_decide: boolean; may_revoke: boolean; knows_reason: boolean
}
/** What a gate learns of an exemption: never for what. */
export interface Pass { id: string; place_id: string; place_name: string; whole: boolean; valid: boolean; from: string; until: string }
export interface PerimeterGap {
  door: 'entrance' | 'house' | 'home'; kind: string; code: string; place_id: string; place_name: string; zone: Zone; count: number; of: number; text: Words; href: string
}
export interface Perimeter { items: PerimeterGap[]; sums: { door: 'entrance' | 'house' | 'home'; kind: string; all: number; gaps: number }[]; total: number }
export interface ZoneFlag { kind: 'wrong' | 'excess' | 'missed'; code: string; measure: string; place_id: string; place_name: string; zone: Zone; text: Words }
export interface Lapsed { measure: string; zone: Zone; zone_title: Words; place_id: string; place_name: string; basis: string; author: string; from: string; ended: string; told_at: string; told: string[] }

export interface ChangeLine { key: string; title: Words; old: string; new: string }
export interface PostChange { id: string; incident: string; playbook: Words; post: Words; place: string; at: string; seen_at: string; lines: ChangeLine[] }

export * from './types-people'
