import { computed, ref } from 'vue'
import { get } from '@/client/http'
import { asProblem, type Problem } from '@/client/problem'
import type { Page, RosterInfo, ShiftFit, ShiftInfo } from '@/client/types'

/** Nobody is the row of gaps, as a target of a carried shift. */
export const nobody = ''

/** useCarry holds the shift that a hand carries over the board: who may take it, and over whom it is. */
export function useCarry(draft: () => RosterInfo | null | undefined, failed: (p: Problem) => void) {
  const shift = ref<ShiftInfo | null>(null)
  const fits = ref<ShiftFit[]>([])
  const over = ref<string | null>(null)
  const weighed = ref(false)
  const of = computed(() => new Map(fits.value.map((f) => [f.helper_id, f])))
  const aimed = computed(() => (over.value ? (of.value.get(over.value) ?? null) : null))

  async function take(s: ShiftInfo) {
    if (shift.value?.key === s.key && weighed.value) return
    shift.value = s
    over.value = null
    fits.value = []
    weighed.value = false
    const d = draft()
    try {
      const page = d ? await get<Page<ShiftFit>>(`/rosters/${d.id}/fits`, { key: s.key }) : await get<Page<ShiftFit>>(`/shifts/${s.id}/fits`)
      if (shift.value?.key !== s.key) return
      fits.value = page.items
      weighed.value = true
    } catch (e) {
      failed(asProblem(e))
    }
  }
  function put() {
    shift.value = over.value = null
    fits.value = []
    weighed.value = false
  }
  return { shift, fits, of, over, aimed, weighed, take, put }
}
export type Carry = ReturnType<typeof useCarry>
