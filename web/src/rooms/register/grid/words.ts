import type { Resident } from '@/client/types'

/** shownCell is what the server shows of a person in a column, in its own keys. */
export function shownCell(r: Resident, field: string): string {
  if (field === 'birth') return r.age
  if (field === 'verified') return r.verified_at.slice(0, 10)
  if (field === 'care') return (r.care ?? []).map((c) => c.group || '**').join('、')
  return (r as unknown as Record<string, string>)[field] ?? ''
}

const keys: Record<string, string[]> = { tenure: ['own', 'rent', 'other'], gender: ['m', 'f'], care: ['elderly', 'child', 'pregnant', 'disabled', 'chronic', 'alone', 'unguarded', 'frontline', 'mental'] }
const path: Record<string, string> = { tenure: 'reg.tenure.', gender: 'reg.', care: 'care.' }

/** coder turns keys into words of the screen's language and back, so that what the screen shows can be typed. */
export function coder(t: (key: string) => string, te: (key: string) => boolean) {
  const word = (field: string, key: string) => (path[field] && te(path[field] + key) ? t(path[field] + key) : key === '**' ? t('reg.onRecord') : key)
  return {
    show: (field: string, text: string) => (path[field] ? text.split('、').map((k) => word(field, k)).join('、') : text),
    code: (field: string, text: string) => (path[field] ? text.split(/[、,，;；]\s*/).map((w) => keys[field].find((k) => word(field, k).toLowerCase() === w.trim().toLowerCase()) ?? w.trim()).join('、') : text),
  }
}
