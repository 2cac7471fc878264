import { reactive } from 'vue'
import { addWords } from '@/i18n'
import type { Words } from '@/client/types'

/** The zones in order of strictness, with the glyph that always goes with the word. */
const usual = ['lockdown', 'control', 'precaution']
export const zones = reactive([...usual])
/** drawZones sets which zones can be drawn, from the strictest down; without any, the usual three. */
export function drawZones(ids: string[] = usual) {
  zones.splice(0, zones.length, ...ids)
}
export const zoneGlyph: Record<string, string> = { lockdown: '■', control: '◆', precaution: '●', evacuate: '►', scene: '►', ready: '◇', nearby: '◇', shelter: '⌂', return: '↩', alert: '◇', 'open-room': '⌂', '': '○' }
// What a zone of any playbook looks like: its words come from the playbook, its look from how strict it is.
const looks: Record<string, 'lockdown' | 'control' | 'precaution'> = {
  lockdown: 'lockdown', control: 'control', precaution: 'precaution', evacuate: 'lockdown', scene: 'lockdown', ready: 'control', nearby: 'control', alert: 'control', shelter: 'precaution', 'open-room': 'precaution', return: 'precaution',
}
type Look = 'lockdown' | 'control' | 'precaution'
const learned = reactive(new Map<string, { look: Look; glyph: string }>())
const shape: Record<string, string> = { evacuate: '►', lockdown: '■', control: '◆', precaution: '●' }

/** learnZones takes up what the playbooks declare of their zones: how they are drawn, and the words of those that no shipped playbook knows. */
export function learnZones(list: { id: string; title: Words; rule?: Words; look?: string }[]) {
  for (const z of list) {
    if (looks[z.id] || !z.look) continue
    learned.set(z.id, { look: z.look === 'evacuate' ? 'lockdown' : (z.look as Look), glyph: shape[z.look] ?? '○' })
    addWords({ zone: { [z.id]: [z.title.zh, z.title.en], ...(z.rule && { rule: { [z.id]: [z.rule.zh, z.rule.en] } }) } })
  }
}
/** zoneLook is the colour and pattern that a zone is drawn with. */
export const zoneLook = (zone: string): 'lockdown' | 'control' | 'precaution' | 'none' => looks[zone] ?? learned.get(zone)?.look ?? (zone ? 'control' : 'none')
/** zoneSign is the glyph that goes with a zone's word. */
export const zoneSign = (zone: string): string => zoneGlyph[zone] ?? learned.get(zone)?.glyph ?? zoneGlyph[zoneLook(zone)] ?? '○'
export const zoneKey = (zone: string): string => (looks[zone] || learned.has(zone) ? `zone.${zone}` : zone ? 'zone.other' : 'zone.none')
