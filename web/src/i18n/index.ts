import { createI18n } from 'vue-i18n'
import { speak } from '@/client/http'
import { common } from './words/common'
import { pick, type Words } from './pick'

export type Tongue = 'zh' | 'en'
const key = 'shouwang.tongue'

function initial(): Tongue {
  const kept = localStorage.getItem(key)
  if (kept === 'zh' || kept === 'en') return kept
  return 'zh'
}

export const i18n = createI18n({
  legacy: false,
  locale: initial() as string,
  fallbackLocale: 'zh',
  messages: { zh: pick(common, 0), en: pick(common, 1) } as never,
})

/** addWords joins the words of a face when that face is opened first. */
export function addWords(words: Words) {
  i18n.global.mergeLocaleMessage('zh', pick(words, 0))
  i18n.global.mergeLocaleMessage('en', pick(words, 1))
}

export function tongue(): Tongue {
  return (i18n.global.locale as unknown as { value: Tongue }).value
}

export function setTongue(next: Tongue) {
  ;(i18n.global.locale as unknown as { value: Tongue }).value = next
  localStorage.setItem(key, next)
  apply(next)
}

function apply(now: Tongue) {
  document.documentElement.lang = now === 'zh' ? 'zh-CN' : 'en'
  speak(now === 'zh' ? 'zh-CN' : 'en')
}
apply(initial())
