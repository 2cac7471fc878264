import { ref, shallowRef } from 'vue'
import type { Words } from './pick'

export type Tongue = 'zh' | 'en'
type Pair = readonly [string, string]

/** Catalogue finds texts by key in the language that is spoken; what is missing in one is said in Chinese, what is missing altogether is its key. */
export class Catalogue {
  readonly tongue = ref<Tongue>('zh')
  private readonly trees = shallowRef<readonly Words[]>([])
  private found = new Map<string, Pair | null>()

  /** add takes up more words; later ones win. Screens that show them follow. */
  add(words: Words) {
    this.found = new Map()
    this.trees.value = [words, ...this.trees.value]
  }

  /** say is the text of a key, with {name} filled from the values. */
  say = (key: string, values?: Readonly<Record<string, unknown>>): string => {
    const pair = this.pair(key)
    const text = pair ? pair[this.tongue.value === 'en' ? 1 : 0] || pair[0] : key
    return values ? text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name] ?? '') : whole)) : text
  }

  /** has says whether there is a text of that key. */
  has = (key: string): boolean => this.pair(key) !== null

  private pair(key: string): Pair | null {
    const trees = this.trees.value // read first, so that whoever asks hears of words that come later
    const known = this.found.get(key)
    if (known !== undefined) return known
    const path = key.split('.')
    let hit: Pair | null = null
    for (const tree of trees) {
      let at: Words | Pair | undefined = tree
      for (const part of path) at = at && !Array.isArray(at) && Object.hasOwn(at, part) ? (at as Words)[part] : undefined
      if (Array.isArray(at)) { hit = at as unknown as Pair; break }
    }
    this.found.set(key, hit)
    return hit
  }
}
