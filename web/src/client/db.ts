import { keyed } from './root'
import { Cupboard, Shelf } from './shelf'
import type { Custody } from './types-need'
import type { PatrolBoard } from './types-patrol'
import type { Board, DoorPage, Pack, ProblemBody } from './types'

/** What one tap leaves in the phone until the server has answered for it. */
export interface Op {
  id: string
  device: string
  /** order of recording on this device; the server holds what comes out of order */
  sequence: number
  verb: string
  path: string
  baseVersion: number
  body: { outcome: string; choice?: string; for?: string; note?: string }
  /** the outcome in words, where the list of the doors does not know it */
  said?: string
  /** a half of a hand-over instead of an answer at a door: what is sent beside the time */
  half?: Record<string, string>
  /** the key of the word for what was said, where it is no answer at a door */
  word?: string
  /** taken back before it was sent: only its number travels, so that no hole holds up what comes after */
  voided?: boolean
  roundId: string
  doorId: string
  /** what the person sees in the list: 3号楼2单元502 */
  label: string
  at: string
  account: string
  tries: number
  /** sent at least once without an answer known: it may have arrived */
  sent: boolean
  problem?: ProblemBody
}
/** The server's word for a door, kept until a list fetched later contains it: also when the phone is put away in between. */
export interface Receipt { doorId: string; roundId: string; version: number; outcome: string; choice: string; at: string }
export interface Kept<T> { key: string; value: T; at: string }

// Version 30 is what phones of the first weeks have; the shelves are theirs.
const cupboard = new Cupboard(keyed('shouwang'), 30, [
  { name: 'ops', key: 'id', indexes: ['sequence', 'doorId'] }, { name: 'receipts', key: ['roundId', 'doorId'] },
  { name: 'packs', key: 'key' }, { name: 'sheets', key: 'key' }, { name: 'doors', key: 'key' },
])

/** db is what this phone keeps. */
export const db = {
  ops: new Shelf<Op, string>(cupboard, 'ops'),
  receipts: new Shelf<Receipt, [string, string]>(cupboard, 'receipts'),
  packs: new Shelf<Kept<Pack>, string>(cupboard, 'packs'),
  sheets: new Shelf<Kept<Board>, string>(cupboard, 'sheets'),
  doors: new Shelf<Kept<DoorPage>, string>(cupboard, 'doors'),
}

/** patrols is the points of this phone's person, as they were last heard; it lies on the shelf of the packs. */
export const patrols = new Shelf<Kept<PatrolBoard>, string>(cupboard, 'packs')

/** hands is what the holder of this phone answers for, as it was last heard; it lies on the shelf of the packs. */
export const hands = new Shelf<Kept<Custody[]>, string>(cupboard, 'packs')
