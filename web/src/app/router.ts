import { createRouter, createWebHistory } from 'vue-router'
import { startOf, useSession } from '@/client/session'
import { root } from '@/client/root'
import { addWords } from '@/i18n'
import { routes } from './routes'

declare module 'vue-router' {
  interface RouteMeta {
    /** key of the page's title in the words */
    title?: string
    face?: 'console' | 'field' | 'open' | 'wall'
    /** words that the page needs beside those of its face */
    words?: 'mine'
  }
}

export const router = createRouter({
  history: createWebHistory(root + '/'),
  // The first page stands at its top by itself; asking for it would lay everything out once more.
  scrollBehavior: (_to, from, saved) => saved ?? (from.matched.length ? { top: 0 } : false),
  routes,
})

const loaded = new Set<string>()
async function wordsFor(face: string) {
  if (loaded.has(face)) return
  if (face === 'console') addWords((await import('@/i18n/words/console')).console_)
  else if (face === 'wall') {
    addWords((await import('@/i18n/words/console-situation')).situationWords)
    addWords((await import('@/i18n/words/wall')).wall)
  } else if (face === 'field') addWords((await import('@/i18n/words/field')).field)
  else if (face === 'mine') addWords((await import('@/i18n/words/mine')).mine)
  else if (face === 'open') addWords((await import('@/i18n/words/open')).open)
  loaded.add(face)
}

router.beforeEach(async (to) => {
  const session = useSession()
  const face = to.meta.face ?? 'open'
  await wordsFor(face)
  if (to.meta.words) await wordsFor(to.meta.words)
  if (!session.checked) {
    // A phone with a kept session opens at once and asks in the background.
    if (face === 'field' && session.me) void session.check()
    else await session.check()
  }
  // The door of a drill knows who may come in, and gives a session of its own.
  if (root && !session.me) {
    window.location.assign(root)
    return false
  }
  if (face !== 'open' && !session.me) return { path: '/login', query: { next: to.fullPath } }
  if (to.path === '/' && session.me && !to.query.stay) return startOf(session.me)
  return true
})
