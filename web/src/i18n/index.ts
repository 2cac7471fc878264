import { speak } from '@/client/http'
import { Catalogue, type Tongue } from './catalogue'
import { common } from './words/common'
import type { Words } from './pick'

export type { Tongue } from './catalogue'
const key = 'shouwang.tongue'

function initial(): Tongue {
  const kept = localStorage.getItem(key)
  if (kept === 'zh' || kept === 'en') return kept
  return 'zh'
}

const catalogue = new Catalogue()
catalogue.tongue.value = initial()
catalogue.add(common)
const spoken = { t: catalogue.say, te: catalogue.has }

/** useI18n gives a component its texts: t says one, te asks whether there is one. */
export const useI18n = () => spoken

/** addWords joins the words of a face when that face is opened first. */
export const addWords = (words: Words) => catalogue.add(words)

export const tongue = (): Tongue => catalogue.tongue.value

export function setTongue(next: Tongue) {
  catalogue.tongue.value = next
  localStorage.setItem(key, next)
  apply(next)
}

function apply(now: Tongue) {
  document.documentElement.lang = now === 'zh' ? 'zh-CN' : 'en'
  speak(now === 'zh' ? 'zh-CN' : 'en')
}
apply(initial())
