import type { Words } from './types'

/** Keys of systems outside of ours, as the API gives them. */
export interface NamedItem { id: string; title: Words }
export interface OutsideKey { id: string; name: string; places: NamedItem[]; items: NamedItem[]; issued: string; issued_by: string; until: string; state: 'open' | 'ended' | 'revoked'; revoked: string; why: string; last: string; uses: number; refused: number; opened: number }
export interface OutsideKeys { items: OutsideKey[]; offers: NamedItem[]; base: string }
export interface OutsideIssued { key: string; item: OutsideKey }
export interface OutsideUse { at: string; what: string; code: string; number: string }
