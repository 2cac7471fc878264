import type { Board, BoardCell, Outcome } from '@/client/types'

/** order puts the doors of a board as they stand on paper: upper floors first, then from left to right. */
export function order(board: Pick<Board, 'floors'>): (BoardCell & { floor: number })[] {
  return [...board.floors].sort((a, b) => b.floor - a.floor).flatMap((f) => f.cells.filter((c) => c.state !== 'none').map((c) => ({ ...c, floor: f.floor })))
}

/** keyed says what a key does on a line: an answer by its number, or a kind of help once help was chosen. */
export function keyed(key: string, outcomes: Outcome[], helping: boolean): { outcome?: string; choice?: string; help?: boolean } | null {
  const n = Number(key)
  if (!Number.isInteger(n) || n < 1) return null
  const help = outcomes.find((o) => o.choose?.length)
  if (helping) {
    const kind = help?.choose?.[n - 1]
    return help && kind ? { outcome: help.id, choice: kind.id } : null
  }
  const chosen = outcomes[n - 1]
  if (!chosen) return null
  return chosen.choose?.length ? { help: true } : { outcome: chosen.id }
}
