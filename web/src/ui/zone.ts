import { reactive } from 'vue'

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
/** zoneLook is the colour and pattern that a zone is drawn with. */
export const zoneLook = (zone: string): 'lockdown' | 'control' | 'precaution' | 'none' => looks[zone] ?? (zone ? 'control' : 'none')
/** zoneSign is the glyph that goes with a zone's word. */
export const zoneSign = (zone: string): string => zoneGlyph[zone] ?? zoneGlyph[zoneLook(zone)] ?? '○'
export const zoneKey = (zone: string): string => (looks[zone] ? `zone.${zone}` : zone ? 'zone.other' : 'zone.none')
