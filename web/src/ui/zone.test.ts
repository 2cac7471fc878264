import { expect, test, vi } from 'vitest'
import { i18n } from '@/i18n'
import { learnZones, zoneKey, zoneLook, zoneSign } from './zone'

vi.mock('@/i18n', async () => {
  const { createI18n } = await import('vue-i18n')
  return { i18n: createI18n({ legacy: false, locale: 'zh', messages: { zh: {}, en: {} } as never }) }
})

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
