import type { RouteRecordRaw } from 'vue-router'

const page = (path: string, title: string, component: RouteRecordRaw['component']): RouteRecordRaw =>
  ({ path, component, meta: { face: 'console', title } }) as RouteRecordRaw

export const consoleRoutes: RouteRecordRaw = {
  path: '/console',
  component: () => import('./console/ConsoleFrame.vue'),
  meta: { face: 'console' },
  children: [
    page('', 'rail.situation', () => import('@/rooms/dispatch/SituationPage.vue')),
  ],
}
