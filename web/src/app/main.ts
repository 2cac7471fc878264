import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import { whenSignedOut } from '@/client/http'
import { useSession } from '@/client/session'
import { root } from '@/client/root'
import '@/i18n'
import '@/ui/style/tokens.css'
import '@/ui/style/base.css'
import '@/ui/style/parts.css'
import '@/ui/style/looks.css'
import '@/ui/style/drill.css'
import '@/ui/looks'
import { learnZones } from '@/ui/zone'
import App from './App.vue'
import { router } from './router'

const app = createApp(App)
app.use(createPinia()).use(router)

// What zones are called and drawn like comes with the session: a phone without a network knows it too.
watch(() => useSession().me?.zones, (list) => list && learnZones(list), { immediate: true })

// A phone keeps what it has and says that the session ended; the console goes to the door.
whenSignedOut(() => {
  if (root) return window.location.assign(root)
  const session = useSession()
  const path = router.currentRoute.value.path
  if (path.startsWith('/m')) session.expired = true
  else if (path.startsWith('/console') || path.startsWith('/my')) void router.replace({ path: '/login', query: { next: router.currentRoute.value.fullPath } })
})

// After an update the old pieces are gone: load the page anew, once.
window.addEventListener('vite:preloadError', (e) => {
  const last = Number(sessionStorage.getItem('shouwang.reloaded') ?? 0)
  if (Date.now() - last < 10_000) return
  sessionStorage.setItem('shouwang.reloaded', String(Date.now()))
  e.preventDefault()
  location.reload()
})

document.documentElement.classList.toggle('drill', !!root)

if (!root && import.meta.env.PROD && 'serviceWorker' in navigator) {
  window.addEventListener('load', () => void navigator.serviceWorker.register('/sw.js', { scope: '/' }).catch(() => undefined))
}

app.mount('#app')
