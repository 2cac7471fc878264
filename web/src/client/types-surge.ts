// Shapes of the HTTP API around squads that organisations send.

export interface SurgeWhy { metres: number; own_home: boolean; same: boolean; stays: boolean; whole: boolean; pinned: boolean; moves: boolean; behind?: number; nearest?: boolean }
export interface Station { id: string; squad_id: string; number: string; squad: string; organisation: string; contact: string; place_id: string; place: string; kind: string; people: number; from: string; until: string; why: SurgeWhy; pinned: boolean; ended: boolean; released: boolean; hours: number; thanks: string }
export interface Squad { id: string; number: string; organisation: string; name: string; kind: string; size: number; place_id: string; place: string; contact: string; from: string; until: string; free: number; stations: Station[]; version: number }
export interface SquadPage { items: Squad[]; people: number; out: number }
export interface SurgeItem { squad_id: string; number: string; squad: string; organisation: string; size: number; place_id: string; place: string; kind: string; people: number; was: number; act: 'create' | 'keep' | 'change' | 'close'; why: SurgeWhy }
export interface SurgeGap { place_id: string; place: string; kind: string; people: number; fit: number; seats: number }
export interface SurgeStated { place_id: string; place: string; kind: string; people: number }
export interface SurgePlan { id: string; place: string; author: string; mine: boolean; made: string; applied: string; applier: string; taken_back: string; counts: { create: number; keep: number; change: number; close: number }; squads: number; people: number; called: number; split: number; needed: number; filled: number; branches: number; items: SurgeItem[]; gaps: SurgeGap[]; stated: SurgeStated[]; expired: boolean }
export interface SurgeShare { place_id: string; place: string; need: number; own: number; surge: number; open: number; extra: number; people: number; squads: number }
export interface SurgePoint { at: string; need: number; own: number; surge: number; open: number }
export interface SurgeBoard { place_id: string; place: string; total: SurgeShare; shares: SurgeShare[]; history: SurgePoint[]; stations: Station[]; proposals: { station_id: string; people: number; own: number; need: number; station: Station }[]; branches: { place_id: string; name: string; led: string; squads: number; people: number }[]; draft?: SurgePlan; may_plan: boolean }
