import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { common } from '@/i18n/words/common'
import { console_ } from '@/i18n/words/console'
import { field } from '@/i18n/words/field'
import { mine } from '@/i18n/words/mine'
import { open } from '@/i18n/words/open'
import { wall } from '@/i18n/words/wall'
import type { Words } from '@/i18n/pick'

function flat(words: Words, before = ''): Map<string, readonly [string, string]> {
  const out = new Map<string, readonly [string, string]>()
  for (const [key, value] of Object.entries(words)) {
    if (Array.isArray(value)) out.set(before + key, value as [string, string])
    else for (const [k, v] of flat(value as Words, before + key + '.')) out.set(k, v)
  }
  return out
}
const walk = (dir: string): string[] => readdirSync(dir).flatMap((f) => (statSync(join(dir, f)).isDirectory() ? walk(join(dir, f)) : [join(dir, f)]))
const all = new Map([...flat(common), ...flat(console_), ...flat(field), ...flat(mine), ...flat(open), ...flat(wall)])
const sources = walk('src').filter((f) => /\.(vue|ts)$/.test(f) && !f.includes('i18n/words') && !f.endsWith('.test.ts'))

test('every text is there in both languages, with the same places to fill', () => {
  const holes = (s: string) => [...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort().join()
  const bad: string[] = []
  for (const [key, [zh, en]] of all) {
    if (zh && !en) bad.push(`${key}: no English`)
    if (key !== 'app.other' && /\p{Script=Han}/u.test(en)) bad.push(`${key}: Chinese in English`)
    if (holes(zh) !== holes(en)) bad.push(`${key}: ${holes(zh)} / ${holes(en)}`)
    if (/[@|]/.test(zh + en)) bad.push(`${key}: a sign that the message format reads`)
  }
  expect(bad).toEqual([])
})

test('every key that the code names exists', () => {
  const missing: string[] = []
  let found = 0
  const groups = new Set([...all.keys()].flatMap((k) => k.split('.').map((_, i, a) => a.slice(0, i + 1).join('.'))))
  for (const file of sources) {
    const code = readFileSync(file, 'utf8')
    for (const m of code.matchAll(/\bte?\('([\w.-]+)'/g)) {
      found++
      if (!all.has(m[1])) missing.push(`${file}: ${m[1]}`)
    }
    for (const m of code.matchAll(/\bte?\(`([\w.-]+)\.\$\{/g)) {
      found++
      if (!groups.has(m[1])) missing.push(`${file}: ${m[1]}.*`)
    }
    for (const m of code.matchAll(/(?:word|title): '([a-z]+\.[\w.-]+)'/g)) if (!all.has(m[1])) missing.push(`${file}: ${m[1]}`)
  }
  expect(found).toBeGreaterThan(300)
  expect(missing).toEqual([])
})

test('no text ranks people or counts their time', () => {
  for (const [key, [zh, en]] of all) expect(`${key} ${zh.replace(/不排名|不记在线时长/g, '')} ${en.replace(/No ranking|no online time/gi, '')}`).not.toMatch(/排名|积分|在线时长|打卡|leaderboard|ranking|streak|online time/i)
})

test('every act that the server journals has a name on the screen', () => {
  const go = walk('../internal').filter((f) => f.endsWith('.go') && !f.endsWith('_test.go') && !f.includes('apitest'))
  const verbs = new Set<string>()
  for (const file of go) for (const m of readFileSync(file, 'utf8').matchAll(/(?:\b[eE]ntry\(|\bVerb:\s*|\bBegin\(ctx, |\bverb(?: :?)?= )"([a-z]+\.[a-z]+)"/g)) verbs.add(m[1])
  expect(verbs.size).toBeGreaterThan(30)
  const nameless = [...verbs].filter((v) => !all.has(`log.${v.replace('.', '_')}`) || !all.has(`verb.${v.split('.')[0]}`))
  expect(nameless).toEqual([])
})
