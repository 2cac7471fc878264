// Shapes of the HTTP API around daily greetings.
import type { Words } from './types'

export type GreetingStage = 'soon' | 'due' | 'second' | 'missed' | 'greeted' | 'ended'
export interface GreetingWay { id: string; title: Words; tone: 'ok' | 'help' | 'again' | 'refused' | 'gone' }
export interface GreetingName { helper_id: string; name: string; work_phone: string; gone: boolean }
export interface GreetingRow {
  person_id: string; name: string; place_id: string; place_name: string; first: GreetingName; second: GreetingName; stage: GreetingStage
  outcome: Words; how: '' | 'call' | 'door' | 'fine' | 'desk'; at: string; next: string; case_id: string; part: '' | 'first' | 'second' | 'lead'; outcomes?: GreetingWay[]
}
export interface GreetingAlone { person_id: string; name: string; place_name: string; ended: string; why: '' | 'objects' | 'unneeded' | 'moved' | 'left-group' }
export interface GreetingBoard {
  place_id: string; place: string; title: Words; from: string; until: string; second: string; groups: string[]; outcomes: GreetingWay[]; rows: GreetingRow[]; without: GreetingAlone[]; may_pair: boolean
}
export interface Greeter { helper_id: string; name: string; home: string; greets: number; lacks: string }
