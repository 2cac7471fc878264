import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useSession } from './session'
import type { Place } from './types'

/** useScope says which place the console looks at: that of the address, else the person's own. */
export function useScope() {
  const route = useRoute()
  const session = useSession()
  return computed(() => String(route.query.place || route.query.under || session.home))
}

/** pageOf says which page shows a place: a building its board, anything above its list. */
export function pageOf(place: Pick<Place, 'id' | 'kind' | 'parent_id'>): string {
  if (place.kind === 'building' || place.kind === 'apartment') return `/console/buildings/${place.id}`
  if (place.kind === 'unit' || place.kind === 'door') return `/console/doors/${place.id}`
  return `/console/places?place=${place.id}`
}
