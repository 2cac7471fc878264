import { ref, shallowRef, watch, type Ref, type WatchSource } from 'vue'
import { asProblem, type Problem } from './problem'
import type { Page } from './types'

/** usePages holds a long list that the server gives page by page. */
export function usePages<T>(ask: (cursor: string) => Promise<Page<T>> | null, sources: WatchSource[] = [], quiet: WatchSource[] = []) {
  const items = shallowRef<T[]>([]) as Ref<T[]>
  const total = ref<number | null>(null)
  const next = ref('')
  const loading = ref(false)
  const problem = ref<Problem | null>(null) as Ref<Problem | null>
  let asked = 0

  async function fetchFrom(cursor: string, keep: boolean) {
    const mine = ++asked
    const asking = ask(cursor)
    if (!asking) return
    loading.value = true
    try {
      const page = await asking
      if (mine !== asked) return
      const list = page.items ?? []
      items.value = keep ? [...items.value, ...list] : list
      total.value = page.total ?? items.value.length
      next.value = page.next ?? ''
      problem.value = null
    } catch (e) {
      if (mine === asked) problem.value = asProblem(e)
    } finally {
      if (mine === asked) loading.value = false
    }
  }
  const reload = () => fetchFrom('', false)
  const more = () => (next.value ? fetchFrom(next.value, true) : Promise.resolve())
  if (sources.length) watch(sources, () => void reload())
  // A list that was paged further is left alone by live changes, so that rows do not jump away.
  if (quiet.length) watch(quiet, () => void (items.value.length <= 100 && reload()))
  void reload()
  return { items, total, next, loading, problem, reload, more }
}
