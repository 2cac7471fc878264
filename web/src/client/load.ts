import { onScopeDispose, ref, shallowRef, watch, type Ref, type WatchSource } from 'vue'
import { asProblem, type Problem } from './problem'

export interface Loaded<T> {
  data: Ref<T | null>
  problem: Ref<Problem | null>
  loading: Ref<boolean>
  /** what is shown is older than the last attempt */
  stale: Ref<boolean>
  reload: () => Promise<void>
}

/** useLoad asks now and whenever one of the sources changes; an older answer never overtakes a newer one. */
export function useLoad<T>(ask: (signal: AbortSignal) => Promise<T> | null, sources: WatchSource[] = [], quiet: WatchSource[] = []): Loaded<T> {
  const data = shallowRef<T | null>(null) as Ref<T | null>
  const problem = ref<Problem | null>(null) as Ref<Problem | null>
  const loading = ref(false)
  const stale = ref(false)
  let control: AbortController | null = null

  async function run() {
    control?.abort()
    const mine = (control = new AbortController())
    const asking = ask(mine.signal)
    if (!asking) return
    loading.value = true
    try {
      const next = await asking
      if (mine !== control) return
      data.value = next
      problem.value = null
      stale.value = false
    } catch (e) {
      if (mine !== control || mine.signal.aborted) return
      stale.value = data.value !== null
      problem.value = asProblem(e)
    } finally {
      if (mine === control) loading.value = false
    }
  }
  if (sources.length) {
    watch(sources, () => {
      data.value = null
      void run()
    })
  }
  // A quiet source (the live tick) refreshes without emptying the screen.
  if (quiet.length) watch(quiet, () => void run())
  void run()
  onScopeDispose(() => control?.abort())
  return { data, problem, loading, stale, reload: run }
}
