import type { ProblemBody } from './types'

/** Problem is what a screen shows when the server refused or did not answer. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly status: number,
    readonly where = '',
  ) {
    super(`${code} ${title}`)
  }

  /** offline is true when no answer came at all: nothing is known to be lost. */
  get offline(): boolean {
    return this.status === 0
  }

  static from(body: Partial<ProblemBody> | null, status: number): Problem {
    return new Problem(body?.code ?? `HTTP-${status}`, body?.title ?? '', body?.detail ?? '', status, body?.where ?? '')
  }
}

/** asProblem turns anything thrown into a Problem, so that every screen has one shape to show. */
export function asProblem(e: unknown): Problem {
  if (e instanceof Problem) return e
  return new Problem('WEB-0001', '', e instanceof Error ? e.message : String(e), -1)
}
