/** Words holds every text of a face as [Chinese, English], so that neither can be forgotten. */
export type Words = { readonly [key: string]: readonly [string, string] | Words }
type Tree = { [key: string]: string | Tree }

/** pick returns the texts of one language: 0 Chinese, 1 English. */
export function pick(words: Words, which: 0 | 1): Tree {
  const out: Tree = {}
  for (const [key, value] of Object.entries(words)) out[key] = Array.isArray(value) ? value[which] : pick(value as Words, which)
  return out
}
