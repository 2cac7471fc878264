import { onScopeDispose, ref } from 'vue'
import { useSession } from '@/client/session'

/** useClock gives the server's time, moving on each second or at another pace. */
export function useClock(every = 1000) {
  const session = useSession()
  const now = ref(session.now())
  const timer = window.setInterval(() => (now.value = session.now()), every)
  onScopeDispose(() => window.clearInterval(timer))
  return now
}
