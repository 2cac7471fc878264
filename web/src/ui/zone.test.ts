import { expect, test, vi } from 'vitest'
import { Catalogue } from '@/i18n/catalogue'
import type { Words } from '@/i18n/pick'
import { learnZones, zoneKey, zoneLook, zoneSign } from './zone'

const words = vi.hoisted(() => ({}) as { it: Catalogue })
vi.mock('@/i18n', () => {
  words.it = new Catalogue()
  return { addWords: (w: Words) => words.it.add(w) }
})

test('a zone that no shipped playbook knows is called and drawn as its own playbook declares', () => {
  expect([zoneKey('quiet'), zoneLook('quiet')]).toEqual(['zone.other', 'control'])
  learnZones([{ id: 'quiet', title: { zh: '静默区 {一}|@', en: 'Quiet' }, rule: { zh: '不喧哗', en: 'Hush' }, look: 'precaution' }, { id: 'leave', title: { zh: '走', en: 'Go' }, look: 'evacuate' }])
  expect([zoneKey('quiet'), zoneLook('quiet'), zoneSign('quiet')]).toEqual(['zone.quiet', 'precaution', '●'])
  expect([zoneLook('leave'), zoneSign('leave')]).toEqual(['lockdown', '►'])
  expect([words.it.say('zone.quiet'), words.it.say('zone.rule.quiet')]).toEqual(['静默区 {一}|@', '不喧哗'])
})

test('the words of the shipped zones stay short', () => {
  learnZones([{ id: 'lockdown', title: { zh: '封控区（长）', en: 'Long' }, look: 'control' }])
  expect([zoneKey('lockdown'), zoneLook('lockdown')]).toEqual(['zone.lockdown', 'lockdown'])
})
