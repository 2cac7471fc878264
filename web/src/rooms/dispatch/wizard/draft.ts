import { computed, reactive, ref, watch } from 'vue'
import { get, post } from '@/client/http'
import { asProblem, type Problem } from '@/client/problem'
import { civilDay } from '@/client/time'
import { say } from '@/client/say'
import type { Incident, Page, Place, Playbook, ShapeSet, Totals, Zone } from '@/client/types'
import { drawZones, learnZones, zones } from '@/ui/zone'

type Real = Exclude<Zone, ''>
export interface Terms { basis: string; until: string }
export interface House { id: string; name: string; kind: string; doors: number; people: number }

/** useDraft holds which building is in which zone. It saves to the incident's draft as one goes; a draft holds nobody. */
export function useDraft(id: () => string) {
  const incident = ref<Incident | null>(null)
  const shapes = ref<ShapeSet | null>(null)
  const problem = ref<Problem | null>(null)
  const saving = ref(false)
  const savedAt = ref<Date | null>(null)
  const version = ref(0)
  /** the version that the server's own numbers are of; they are unknown while it lags behind. */
  const countedAt = ref(-1)
  const stored = ref(0)
  const zoneOf = new Map<string, Zone>()
  const saved = new Map<string, Zone>()
  const terms = reactive<Record<Real, Terms>>(Object.fromEntries(zones.map((z) => [z, { basis: '', until: '' }])))
  const sentTerms = new Map<string, string>()

  async function load(now: Date) {
    try {
      const it = (incident.value = await get<Incident>(`/incidents/${id()}`))
      const books = await get<Playbook[]>('/playbooks')
      const book = books.find((b) => b.id === it.playbook)
      const ids = [...(book?.zones ?? [])].reverse().map((z) => z.id)
      for (const z of ids) terms[z] ??= { basis: '', until: '' }
      learnZones(book?.zones ?? [])
      if (ids.length) drawZones(ids)
      const [map, ...lists] = await Promise.all([
        get<ShapeSet>(`/places/${it.place_id}/map`),
        ...zones.map((zone) => get<Page<Place>>(`/incidents/${id()}/zones/places`, { zone, limit: 5000 })),
      ])
      shapes.value = map
      lists.forEach((list, i) => list.items.forEach((p) => [zoneOf, saved].forEach((m) => m.set(p.id, zones[i]))))
      for (const zone of zones) {
        const row = it.zones.find((z) => z.zone === zone)
        const measure = book?.zones.find((z) => z.id === zone)?.measures[0]
        terms[zone].basis = row?.basis || say(measure?.basis)
        // An end of day is written as the start of the next: step back into the day it means.
        terms[zone].until = row?.until ? civilDay(new Date(Date.parse(row.until) - 1000)) : civilDay(new Date(now.getTime() + Math.min(measure?.longest_days || 14, zone === 'precaution' ? 7 : 14) * 86400e3))
        if (row) sentTerms.set(zone, JSON.stringify(terms[zone]))
      }
      countedAt.value = ++version.value
    } catch (e) {
      problem.value = asProblem(e)
    }
  }

  const houses = computed<House[]>(() =>
    (shapes.value?.features ?? [])
      .filter((f) => !['city', 'district', 'subdistrict', 'community', 'grid', 'microgrid', 'unit', 'door'].includes(f.properties.kind))
      .map((f) => ({ id: f.properties.id, name: f.properties.name, kind: f.properties.kind, doors: f.properties.doors, people: f.properties.people })),
  )
  const get_ = (house: string): Zone => zoneOf.get(house) ?? ''
  function set(ids: Iterable<string>, zone: Zone) {
    for (const house of ids) zone ? zoneOf.set(house, zone) : zoneOf.delete(house)
    version.value++
  }
  /** totals of what is drawn, counted here at once; the server's own stand in the incident after each save. */
  const totals = computed(() => {
    void version.value
    const out: Record<Real, Totals & { flags: House[] }> = Object.fromEntries(zones.map((z) => [z, none()]))
    for (const h of houses.value) {
      const zone = zoneOf.get(h.id)
      if (!zone) continue
      const row = (out[zone] ??= none())
      row.doors += h.doors
      row.people += h.people
      row.buildings += h.kind === 'building' ? 1 : 0
      row.places = (row.places ?? 0) + 1
      if (!h.doors) row.flags.push(h)
    }
    return out
  })
  const none = () => ({ doors: 0, households: 0, people: 0, buildings: 0, microgrids: 0, places: 0, flags: [] as House[] })
  const lacking = computed(() => (void version.value, zones.filter((z) => totals.value[z]?.places && (!terms[z].basis.trim() || !terms[z].until))))
  const dirty = computed(() => (void version.value, void stored.value, changes().length > 0))
  const running = computed(() => incident.value?.state === 'running')
  /** buildings that a save would take out of every zone; on a running incident that acts at once. */
  const released = computed(() => (void version.value, void stored.value, [...saved.keys()].filter((h) => !zoneOf.has(h))))

  function changes() {
    const out: { zone: Zone; ids: string[] }[] = []
    const drop = [...saved.keys()].filter((h) => !zoneOf.has(h))
    if (drop.length) out.push({ zone: '', ids: drop })
    for (const zone of zones) {
      const all = [...zoneOf].filter(([, z]) => z === zone).map(([h]) => h)
      const same = sentTerms.get(zone) === JSON.stringify(terms[zone])
      const ids = same ? all.filter((h) => saved.get(h) !== zone) : all
      if (ids.length) out.push({ zone, ids })
    }
    return out
  }

  let chain: Promise<void> = Promise.resolve()
  /** save sends what differs from the last save; it waits for a save under way. */
  function save(now: Date): Promise<void> {
    return (chain = chain.catch(() => undefined).then(async () => {
      if (lacking.value.length) return
      saving.value = true
      const at = version.value
      try {
        for (const { zone, ids } of changes()) {
          if (!zone) {
            await post(`/incidents/${id()}/zones/lift`, { place_ids: ids })
            ids.forEach((h) => saved.delete(h))
            continue
          }
          await post(`/incidents/${id()}/zones`, { zone, place_ids: ids, basis: terms[zone].basis.trim(), until: terms[zone].until })
          ids.forEach((h) => saved.set(h, zone))
          sentTerms.set(zone, JSON.stringify(terms[zone]))
        }
        incident.value = await get<Incident>(`/incidents/${id()}`)
        countedAt.value = at
        savedAt.value = now
        problem.value = null
      } catch (e) {
        problem.value = asProblem(e)
        throw e
      } finally {
        stored.value++
        saving.value = false
      }
    }))
  }
  /** autosave saves a draft a moment after the last change. What is in force is changed by a deliberate act only. */
  function autosave(now: () => Date) {
    let timer = 0
    watch([version, terms], () => {
      window.clearTimeout(timer)
      timer = window.setTimeout(() => {
        if (!dirty.value) countedAt.value = version.value
        else if (!running.value) void save(now()).catch(() => undefined)
      }, 900)
    }, { deep: true })
  }
  const counted = computed(() => countedAt.value === version.value)
  return { incident, shapes, problem, saving, savedAt, version, counted, terms, houses, totals, lacking, running, released, zoneOf: get_, set, load, save, autosave }
}
export type Draft = ReturnType<typeof useDraft>
