import { BellRing, BookOpenText, Building2, CalendarClock, ClipboardCheck, FileUp, GraduationCap, HeartHandshake, IdCard, Inbox, KeyRound, Map as MapIcon, Megaphone, Siren, Table2, Timer, Users } from '@lucide/vue'
import type { Component } from 'vue'
import { root } from '@/client/root'
import { keeperOnly } from '@/client/session'

interface Entry { to: string; word: string; icon: Component; roles?: string[] }

const office = ['commander', 'community', 'gridworker']

/** The entries of the rail. Hiding one is a courtesy; the server decides on every request. */
const entries: Entry[] = [
  { to: '/console', word: 'rail.situation', icon: MapIcon },
  { to: '/console/incidents', word: 'rail.incidents', icon: Siren },
  { to: '/console/cases', word: 'cases.title', icon: Inbox, roles: [...office, 'lead', 'health', 'property', 'police', 'department'] },
  { to: '/console/greetings', word: 'greet.rail', icon: HeartHandshake, roles: ['community', 'gridworker', 'lead'] },
  { to: '/console/warnings', word: 'warn.rail', icon: BellRing, roles: [...office, 'lead'] },
  { to: '/console/places', word: 'rail.places', icon: Building2 },
  { to: '/console/register', word: 'rail.register', icon: Table2, roles: [...office, 'lead', 'buildinglead', 'health', 'police', 'auditor'] },
  { to: '/console/helpers', word: 'rail.helpers', icon: Users },
  { to: '/console/training', word: 'rail.training', icon: GraduationCap, roles: office },
  { to: '/console/calls', word: 'rail.calls', icon: Megaphone, roles: office },
  { to: '/console/roster', word: 'shift.title', icon: CalendarClock, roles: office },
  { to: '/console/posts', word: 'rail.posts', icon: IdCard },
  { to: '/console/targets', word: 'rail.targets', icon: ClipboardCheck },
  { to: '/console/playbooks', word: 'rail.playbooks', icon: BookOpenText },
  ...(root ? [] : [{ to: '/console/drills', word: 'rail.drills', icon: Timer, roles: ['commander', 'community'] }]),
  { to: '/console/import', word: 'rail.import', icon: FileUp, roles: ['commander', 'community', 'admin'] },
  { to: '/console/accounts', word: 'rail.accounts', icon: KeyRound, roles: ['admin'] },
]

/** entriesFor returns what a person with these roles has use for. */
export function entriesFor(roles: Set<string>): Entry[] {
  if (keeperOnly(roles)) return entries.filter((e) => e.roles?.includes('admin') || e.to === '/console/places')
  return entries.filter((e) => !e.roles || e.roles.some((r) => roles.has(r)))
}
