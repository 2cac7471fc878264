import { computed } from 'vue'
import { expect, test } from 'vitest'
import { Catalogue } from '@/i18n/catalogue'

const words = { a: { b: ['{n} 户', '{n} doors'], only: ['只有中文', ''], c: { d: ['深', 'deep'] } } } as const

test('a text is found in the language that is spoken, with its places filled', () => {
  const it = new Catalogue()
  it.add(words)
  expect([it.say('a.b', { n: 3 }), it.say('a.c.d'), it.say('a.only')]).toEqual(['3 户', '深', '只有中文'])
  it.tongue.value = 'en'
  expect([it.say('a.b', { n: 0 }), it.say('a.c.d'), it.say('a.only')]).toEqual(['0 doors', 'deep', '只有中文'])
  // A value that nobody gave leaves its mark: a hole that is seen is mended.
  expect([it.say('a.b'), it.say('a.b', {}), it.say('a.b', { n: undefined })]).toEqual(['{n} doors', '{n} doors', ' doors'])
})

test('what is not there is its key, and asking says so', () => {
  const it = new Catalogue()
  it.add(words)
  for (const key of ['a', 'a.c', 'a.x', 'a.b.zh', 'x.y', '', 'a.constructor', '__proto__']) expect([it.say(key), it.has(key)]).toEqual([key, false])
  expect(it.has('a.b')).toBe(true)
})

test('words that come later win, are joined at any depth, and screens follow', () => {
  const it = new Catalogue()
  it.add(words)
  const shown = computed(() => `${it.say('a.c.d')} ${it.say('a.c.e')} ${it.has('a.c.e')}`)
  expect(shown.value).toBe('深 a.c.e false')
  it.add({ a: { c: { e: ['新', 'new'] }, b: ['改', 'changed'] } })
  expect([shown.value, it.say('a.b'), it.say('a.c.d')]).toEqual(['深 新 true', '改', '深'])
  it.tongue.value = 'en'
  expect(shown.value).toBe('deep new true')
})
