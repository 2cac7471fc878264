import { expect, test, vi } from 'vitest'

vi.hoisted(() => {
  const kept = new Map<string, string>()
  Object.assign(globalThis, { localStorage: { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => kept.set(k, v), removeItem: (k: string) => kept.delete(k) }, document: { documentElement: {} }, location: { pathname: '/' }, window: globalThis })
})
import { i18n } from '@/i18n'
import { learnZones, zoneKey, zoneLook, zoneSign } from './zone'

test('a zone that no shipped playbook knows is called and drawn as its own playbook declares', () => {
  expect([zoneKey('quiet'), zoneLook('quiet')]).toEqual(['zone.other', 'control'])
  learnZones([{ id: 'quiet', title: { zh: '静默区 {一}|@', en: 'Quiet' }, rule: { zh: '不喧哗', en: 'Hush' }, look: 'precaution' }, { id: 'leave', title: { zh: '走', en: 'Go' }, look: 'evacuate' }])
  expect([zoneKey('quiet'), zoneLook('quiet'), zoneSign('quiet')]).toEqual(['zone.quiet', 'precaution', '●'])
  expect([zoneLook('leave'), zoneSign('leave')]).toEqual(['lockdown', '►'])
  const { t } = i18n.global as unknown as { t: (key: string) => string }
  expect([t('zone.quiet'), t('zone.rule.quiet')]).toEqual(['静默区 {一}|@', '不喧哗'])
})

test('the words of the shipped zones stay short', () => {
  learnZones([{ id: 'lockdown', title: { zh: '封控区（长）', en: 'Long' }, look: 'control' }])
  expect([zoneKey('lockdown'), zoneLook('lockdown')]).toEqual(['zone.lockdown', 'lockdown'])
})
