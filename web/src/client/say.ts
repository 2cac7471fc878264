import { tongue } from '@/i18n'
import type { Words } from './types'

/** say reads a text that the server sends either plain or in both languages. */
export function say(text: Words | string | null | undefined): string {
  if (!text) return ''
  return typeof text === 'string' ? text : text[tongue()] || text.zh || text.en
}

/** spoken is a case's number as it is read out: 26 0483 217. */
export const spoken = (n: string) => (n.length === 9 ? `${n.slice(0, 2)} ${n.slice(2, 6)} ${n.slice(6)}` : n)
