import type { RouteRecordRaw } from 'vue-router'

export const fieldRoutes: RouteRecordRaw = {
  path: '/m',
  component: () => import('./FieldFrame.vue'),
  meta: { face: 'field' },
  children: [
    { path: '', component: () => import('@/rooms/round/field/StairPage.vue'), meta: { face: 'field', title: 'field.stairs' } },
    { path: 'doors/:id', component: () => import('@/rooms/round/field/DoorPage.vue'), meta: { face: 'field', title: 'field.door' } },
    { path: 'sheet/:round/:unit', component: () => import('@/rooms/round/field/SheetPage.vue'), meta: { face: 'field', title: 'sheet.title' } },
    { path: 'progress', component: () => import('@/rooms/round/field/ProgressPage.vue'), meta: { face: 'field', title: 'field.progress' } },
    { path: 'gate', component: () => import('@/rooms/dispatch/gate/GatePage.vue'), meta: { face: 'field', title: 'gate.title' } },
    { path: 'outbox', component: () => import('@/rooms/round/field/OutboxPage.vue'), meta: { face: 'field', title: 'field.outbox' } },
    { path: 'shifts', component: () => import('@/rooms/people/field/ShiftsPage.vue'), meta: { face: 'field', words: 'mine', title: 'shift.mine' } },
    { path: 'cases/:id?', component: () => import('@/rooms/need/field/CasesPage.vue'), meta: { face: 'field', words: 'mine', title: 'cases.mine' } },
    { path: 'hands/:id?', component: () => import('@/rooms/need/field/HandsPage.vue'), meta: { face: 'field', words: 'mine', title: 'hands.mine' } },
    { path: 'greetings', component: () => import('@/rooms/round/field/GreetingsPage.vue'), meta: { face: 'field', words: 'mine', title: 'greet.mine' } },
    { path: 'patrol', component: () => import('@/rooms/round/field/PatrolPage.vue'), meta: { face: 'field', words: 'mine', title: 'patrol.mine' } },
    { path: 'warnings', component: () => import('@/rooms/oversight/field/WarningsPage.vue'), meta: { face: 'field', words: 'mine', title: 'warn.mine' } },
    { path: 'asks', component: () => import('@/rooms/people/field/AsksPage.vue'), meta: { face: 'field', words: 'mine', title: 'call.mine' } },
    { path: 'learn', component: () => import('@/rooms/people/field/LearnPage.vue'), meta: { face: 'field', words: 'mine', title: 'train.mine' } },
    { path: 'service', component: () => import('@/rooms/people/field/MyServicePage.vue'), meta: { face: 'field', words: 'mine', title: 'serve.mine' } },
    { path: 'care', component: () => import('@/rooms/people/field/CarePage.vue'), meta: { face: 'field', words: 'mine', title: 'care.mine' } },
    { path: 'units', component: () => import('@/rooms/people/field/UnitsPage.vue'), meta: { face: 'field', words: 'mine', title: 'org.mine' } },
    { path: 'phone', component: () => import('@/rooms/people/field/OwnPhonePage.vue'), meta: { face: 'field', words: 'mine', title: 'ownPhone.title' } },
    { path: 'me', component: () => import('@/rooms/access/FieldMePage.vue'), meta: { face: 'field', words: 'mine', title: 'field.me' } },
  ],
}
