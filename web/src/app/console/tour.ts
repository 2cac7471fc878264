import { reactive, watch } from 'vue'
import { keyed } from '@/client/root'
import type { LogLine } from '@/client/types'

/** TourStep is one thing to try: where, and what shows that it was done. */
export interface TourStep { id: 'look' | 'bring' | 'start' | 'sweep' | 'print'; to: string; verbs: RegExp; path?: RegExp }

/** tourSteps is the order of a first day. */
export const tourSteps: TourStep[] = [
  { id: 'look', to: '/console', verbs: /^$/, path: /^\/console\/?$/ },
  { id: 'bring', to: '/console/import', verbs: /^(residents|places|helpers)\.imported$/, path: /^\/console\/register/ },
  { id: 'start', to: '/console/drills', verbs: /^(incident\.declared|incident\.applied|drill\.started)$/, path: /^\/console\/incidents\/./ },
  { id: 'sweep', to: '/m', verbs: /^target\.recorded$/ },
  { id: 'print', to: '/console/targets', verbs: /^sheet\.printed$/ },
]

/** Tour is how far somebody has come; it is kept in the browser and nowhere else. */
export interface Tour { on: boolean; from: number; done: Partial<Record<TourStep['id'], string>> }

const key = keyed('shouwang.tour')
function kept(): Tour {
  try {
    const t = JSON.parse(localStorage.getItem(key) ?? 'null') as Tour | null
    if (t && typeof t.from === 'number' && t.done) return t
  } catch {
    // what cannot be read begins anew
  }
  return { on: false, from: 0, done: {} }
}

/** tour is the one tour of this browser. */
export const tour = reactive<Tour>(kept())
watch(tour, (now) => localStorage.setItem(key, JSON.stringify(now)), { deep: true })

/** nextStep is the first step that was neither done nor skipped. */
export const nextStep = (t: Tour): TourStep | undefined => tourSteps.find((s) => t.done[s.id] === undefined)

/** seen ticks what the log, newer than the tour's beginning, and the address show; the value is the line of the log. */
export function seen(t: Tour, path: string, lines: LogLine[], say: (l: LogLine) => string) {
  for (const s of tourSteps) {
    if (t.done[s.id]) continue
    const line = lines.find((l) => l.seq > t.from && s.verbs.test(l.verb))
    if (line) t.done[s.id] = say(line)
    else if (s.id === nextStep(t)?.id && s.path?.test(path)) t.done[s.id] = ''
  }
}
