import { tongue } from '@/i18n'
import type { Words } from './types'

/** say reads a text that the server sends either plain or in both languages. */
export function say(text: Words | string | null | undefined): string {
  if (!text) return ''
  return typeof text === 'string' ? text : text[tongue()] || text.zh || text.en
}
