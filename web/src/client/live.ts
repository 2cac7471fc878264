import { defineStore } from 'pinia'
import { ref } from 'vue'
import { address, get } from './http'
import { asProblem, type Problem } from './problem'
import type { Overview } from './types'

export interface Changed { seq: number; things: string[]; places: string[] }

/** nextLook is how many milliseconds to wait before looking again, so long after the last look. */
export function nextLook(since: number, dice: number): number {
  return Math.max(400, 2000 - since + 500 * dice)
}

/** useLive follows the journal of one place and tells every screen when to look again. */
export const useLive = defineStore('live', () => {
  const state = ref<'connecting' | 'open' | 'lost'>('connecting')
  const seq = ref(0)
  const tick = ref(0)
  const place = ref('')
  const overview = ref<Overview | null>(null)
  const problem = ref<Problem | null>(null)
  const stale = ref(false)
  /** when the overview last came, by this machine's own clock */
  const got = ref(0)
  let source: EventSource | null = null
  let timer = 0
  let again = 0
  let asked = 0
  let looked = 0

  /** follow opens the stream at a place, once; another place closes the former. */
  async function follow(id: string) {
    if (place.value === id && source) return
    close()
    place.value = id
    overview.value = null
    await refresh()
    open()
  }

  function open() {
    source?.close()
    state.value = 'connecting'
    source = new EventSource(address('/live', { place_id: place.value, after: seq.value || undefined }))
    source.onopen = () => {
      // After a break something may have happened that no frame told of.
      if (state.value === 'lost') bump()
      state.value = 'open'
    }
    source.addEventListener('changed', (e) => take(JSON.parse((e as MessageEvent<string>).data) as Changed))
    source.onerror = () => {
      state.value = 'lost'
      if (source?.readyState !== EventSource.CLOSED) return
      // The browser gave up (the server answered with an error): try again from our cursor.
      window.clearTimeout(again)
      again = window.setTimeout(open, 3000 + Math.random() * 2000)
    }
  }

  function take(frame: Changed) {
    if (frame.seq <= seq.value) return
    seq.value = frame.seq
    bump()
  }

  // The first change is shown at once; while more keep coming, one look every two
  // seconds is enough, and not every window at the same moment.
  function bump() {
    if (timer) return
    timer = window.setTimeout(() => {
      timer = 0
      looked = Date.now()
      tick.value++
      void refresh()
    }, nextLook(Date.now() - looked, Math.random()))
  }

  async function refresh() {
    const mine = ++asked
    try {
      const next = await get<Overview>('/overview', { place_id: place.value })
      if (mine !== asked) return
      overview.value = next
      got.value = Date.now()
      problem.value = null
      stale.value = false
      if (next.as_of_seq > seq.value) seq.value = next.as_of_seq
    } catch (e) {
      if (mine !== asked) return
      if (overview.value) stale.value = true
      else problem.value = asProblem(e)
    }
  }

  function close() {
    window.clearTimeout(again)
    source?.close()
    source = null
    seq.value = 0
  }

  return { state, seq, tick, place, overview, problem, stale, got, follow, refresh, close }
})
