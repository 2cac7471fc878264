import { post } from '@/client/http'
import { useOutbox } from '@/client/outbox'
import { asProblem, Problem } from '@/client/problem'
import { say } from '@/client/say'
import { useSession } from '@/client/session'
import type { Custody, CustodyParty } from '@/client/types-need'

/** newCode is what the giver's phone shows: four digits, made here so that it works without a signal. */
export const newCode = () => String(crypto.getRandomValues(new Uint32Array(1))[0]! % 10000).padStart(4, '0')

/** partyName is somebody as people say it. */
export const partyName = (p: CustodyParty) => [say(p.title), p.name].filter(Boolean).join(' ') || p.who

/** Where hand-overs stand in the phone's outbox. */
export const HANDS = 'custody'

export type Half = Record<string, string>

/** useHalves says halves: from the desk at once, from a phone through its outbox, with the time at which it was said. */
export function useHalves() {
  const outbox = useOutbox()
  const session = useSession()
  /** say answers 'sent' or 'kept'; what the server refuses while somebody looks on is thrown and not kept. */
  async function say(one: Pick<Custody, 'id'>, verb: string, body: Half, label: string, phone: boolean): Promise<'sent' | 'kept'> {
    if (!phone) {
      await post(`/custodies/${one.id}/${verb}`, body)
      return 'sent'
    }
    await outbox.open()
    const op = await outbox.put({ roundId: HANDS, doorId: one.id, label, account: session.me?.account ?? '', path: `/api/v1/custodies/${one.id}/${verb}`, word: `cases.say.${verb}`, half: body })
    await outbox.send()
    const left = outbox.ops.find((o) => o.id === op.id)
    if (!left) return 'sent'
    if (!left.problem) return 'kept'
    const p = left.problem
    await outbox.drop(op.id)
    throw asProblem(new Problem(p.code, p.title, p.detail, p.status, p.where ?? ''))
  }
  /** takeAll keeps the taking of several on this phone at one moment, each signed for itself, and sends what can be sent. */
  async function takeAll(ids: string[], label: string): Promise<void> {
    await outbox.open()
    const ops: string[] = []
    for (const id of ids) ops.push((await outbox.put({ roundId: HANDS, doorId: id, label, account: session.me?.account ?? '', path: `/api/v1/custodies/${id}/take`, word: 'cases.say.take', half: {} })).id)
    await outbox.send()
    let first: Problem | null = null
    for (const op of outbox.ops.filter((o) => ops.includes(o.id) && o.problem)) {
      const p = op.problem!
      first ??= new Problem(p.code, p.title, p.detail, p.status, p.where ?? '')
      await outbox.drop(op.id)
    }
    if (first) throw asProblem(first)
  }
  return { say, takeAll, outbox }
}
