// Shapes of the HTTP API around alarms.
import type { Words } from './types'
import type { Custody } from './types-need'

export interface ResponseAsked { n: number; notice_id: string; account: string; name: string; phone: string; place: string; able: Words; near: string; state: string; answered: string }
export interface ResponseLink { id: string; service: string; title: Words; called: string; by: string; eta: string; gate: string; opener: string; ref: string; words: string }
export interface Response {
  case_id: string; number: string; item: string; title: Words; icon: string; place_id: string; place_name: string; opened: string; running: boolean; stage: string; level: number; holder: string
  may_take: boolean; may_act: boolean; withdrawn: string; call: string; say: Words; do: Words; never: Words; wanted: number; coming: number; joined: number
  asked: ResponseAsked[]; links: ResponseLink[]; services: { id: string; title: Words }[]; gates: { id: string; name: string }[]; scene: Custody | null; log: { at: string; kind: string; verb: string; by: string; words: string }[]
}
