import Dexie, { type Table } from 'dexie'
import { keyed } from './root'
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
  body: { outcome: string; choice?: string; for?: string }
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

class FieldDb extends Dexie {
  ops!: Table<Op, string>
  packs!: Table<Kept<Pack>, string>
  sheets!: Table<Kept<Board>, string>
  doors!: Table<Kept<DoorPage>, string>
  receipts!: Table<Receipt, [string, string]>
  constructor() {
    super(keyed('shouwang'))
    this.version(1).stores({ ops: 'id, sequence, doorId', packs: 'key', doors: 'key' })
    this.version(2).stores({ receipts: '[roundId+doorId]' })
    this.version(3).stores({ sheets: 'key' })
  }
}

export const db = new FieldDb()
