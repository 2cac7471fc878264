import type { RouteRecordRaw } from 'vue-router'
import { consoleRoutes } from './console-routes'
import { fieldRoutes } from './field-routes'

/** Every page of the product. */
export const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('@/rooms/access/EntryPage.vue'), meta: { face: 'open' } },
  { path: '/login', component: () => import('@/rooms/access/LoginPage.vue'), meta: { face: 'open', title: 'app.login' } },
  { path: '/demo', component: () => import('@/rooms/access/DemoPage.vue'), meta: { face: 'open', title: 'app.demo' } },
  { path: '/my', component: () => import('@/rooms/access/ResidentPage.vue'), meta: { face: 'field' } },
  { path: '/wall', component: () => import('@/rooms/dispatch/wall/WallPage.vue'), meta: { face: 'wall', title: 'wall.title' } },
  fieldRoutes,
  consoleRoutes,
  { path: '/:rest(.*)*', component: () => import('@/rooms/access/NotFoundPage.vue'), meta: { face: 'open', title: 'app.notFound' } },
]
