import type { Zone } from '@/client/types'

/** The zones in order of strictness, with the glyph that always goes with the word. */
export const zones: Exclude<Zone, ''>[] = ['lockdown', 'control', 'precaution']
export const zoneGlyph: Record<string, string> = { lockdown: '■', control: '◆', precaution: '●', evacuate: '►', scene: '►', ready: '◇', nearby: '◇', shelter: '⌂', return: '↩', alert: '◇', 'open-room': '⌂', '': '○' }
export const zoneKey = (zone: string): string => (zoneGlyph[zone] && zone ? `zone.${zone}` : 'zone.none')
