import type { DoorDone, DoorPage, Outcome } from '@/client/types'
import type { Cell } from './pack'

export type DoneRow = DoorDone & { queued?: boolean; change?: boolean }
type Due = DoorPage['due'][number]

/**
 * What was done at a door today as its page shows it: the server's word, covered by what the
 * phone recorded since. One that is to be tried again is due, not done.
 */
export function doneRows(page: DoorPage, cell: Cell | null, round: { id: string; outcomes?: Outcome[] } | null, today: (at: string) => boolean): DoneRow[] {
  const done = (d: Due) => (cell && d.round_id === round?.id ? cell.state !== 'todo' && cell.state !== 'again' : !d.missing)
  const dueOf = (id: string) => page.due.find((d) => d.round_id === id)
  const said = cell && round?.outcomes?.find((o) => o.id === cell.outcome)
  const rows: DoneRow[] = (page.done ?? []).filter((x) => x.kind !== 'round' || !dueOf(x.id) || done(dueOf(x.id)!)).map((x) => {
    if (x.kind !== 'round') return x
    if (x.id === round?.id) return cell?.queued && said ? { ...x, outcome: said, state: cell.state, at: cell.at, role: 'me', queued: true } : x
    return { ...x, change: !!cell && !!dueOf(x.id)?.outcomes?.length }
  })
  const main = round && dueOf(round.id)
  if (main && cell && said && done(main) && today(cell.at) && !rows.some((x) => x.id === round.id)) {
    rows.unshift({ kind: 'round', id: round.id, title: asWords(main.title), about: '', outcome: said, state: cell.state, role: cell.queued ? 'me' : '', at: cell.at, queued: cell.queued })
  }
  return rows
}

const asWords = (w: Due['title']) => (typeof w === 'string' ? { zh: w, en: w } : w)
