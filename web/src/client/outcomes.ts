import { computed, type Ref } from 'vue'
import { tongue } from '@/i18n'
import { get } from './http'
import { useLoad } from './load'
import type { Page, Round } from './types'

/** useOutcomes says an outcome in the words of the rounds that are open at a place: each playbook names its own. */
export function useOutcomes(place: Ref<string | null | undefined>, tick: () => unknown) {
  const rounds = useLoad((signal) => (place.value ? get<Page<Round>>('/rounds', { under: place.value }, signal) : null), [place], [tick])
  const known = computed(() => new Map((rounds.data.value?.items ?? []).flatMap((r) => (r.outcomes ?? []).map((o) => [o.id, o] as const))))
  return (id: string): string => known.value.get(id)?.[tongue()] ?? ''
}
