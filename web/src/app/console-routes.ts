import type { RouteRecordRaw } from 'vue-router'

const page = (path: string, title: string, component: RouteRecordRaw['component']): RouteRecordRaw =>
  ({ path, component, meta: { face: 'console', title } }) as RouteRecordRaw

export const consoleRoutes: RouteRecordRaw = {
  path: '/console',
  component: () => import('./console/ConsoleFrame.vue'),
  meta: { face: 'console' },
  children: [
    page('', 'rail.situation', () => import('@/rooms/dispatch/situation/SituationPage.vue')),
    page('activate', 'mode.start', () => import('@/rooms/dispatch/wizard/StartPage.vue')),
    page('activate/:id', 'wiz.step2', () => import('@/rooms/dispatch/wizard/AreaPage.vue')),
    page('plans/:id', 'wiz.step3', () => import('@/rooms/dispatch/plan/PlanPage.vue')),
    page('incidents', 'rail.incidents', () => import('@/rooms/dispatch/incident/IncidentsPage.vue')),
    page('incidents/:id', 'rail.incidents', () => import('@/rooms/dispatch/incident/IncidentPage.vue')),
  ],
}
