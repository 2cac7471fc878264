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
    page('places', 'rail.places', () => import('@/rooms/territory/PlacesPage.vue')),
    page('ground/divide/:place', 'gnd.divide', () => import('@/rooms/territory/ground/GroundPage.vue')),
    page('ground/:id', 'gnd.change', () => import('@/rooms/territory/ground/GroundPage.vue')),
    page('buildings/:id', 'rail.places', () => import('@/rooms/territory/board/BuildingPage.vue')),
    page('doors/:id', 'rail.places', () => import('@/rooms/territory/DoorRedirect.vue')),
    page('register', 'rail.register', () => import('@/rooms/register/RegisterPage.vue')),
    page('import', 'rail.import', () => import('@/rooms/register/ImportPage.vue')),
    page('accounts', 'rail.accounts', () => import('@/rooms/access/AccountsPage.vue')),
    page('helpers', 'rail.helpers', () => import('@/rooms/people/HelpersPage.vue')),
    page('training', 'rail.training', () => import('@/rooms/people/training/TrainingPage.vue')),
    page('cases/:id?', 'cases.title', () => import('@/rooms/need/CasesPage.vue')),
    page('calls', 'rail.calls', () => import('@/rooms/dispatch/call/CallsPage.vue')),
    page('calls/:id', 'rail.calls', () => import('@/rooms/dispatch/call/CallPage.vue')),
    page('roster/:place?', 'shift.title', () => import('@/rooms/people/RosterPage.vue')),
    page('surge/:place?', 'surge.title', () => import('@/rooms/dispatch/surge/SurgePage.vue')),
    page('leads', 'hlp.leads', () => import('@/rooms/people/LeadsPage.vue')),
    page('leads/:place', 'hlp.leads', () => import('@/rooms/people/LeadPage.vue')),
    page('posts', 'rail.posts', () => import('@/rooms/people/PostsPage.vue')),
    page('helpers/:id/service', 'serve.title', () => import('@/rooms/people/ServicePage.vue')),
    page('care', 'care.title', () => import('@/rooms/people/CarePage.vue')),
    page('units', 'org.title', () => import('@/rooms/people/UnitsPage.vue')),
    page('teams', 'team.title', () => import('@/rooms/people/TeamsPage.vue')),
    page('targets', 'rail.targets', () => import('@/rooms/round/TargetsPage.vue')),
    page('drills', 'rail.drills', () => import('@/rooms/dispatch/drill/DrillsPage.vue')),
    page('catalogue', 'need.title', () => import('@/rooms/mode/CataloguePage.vue')),
    page('playbooks', 'rail.playbooks', () => import('@/rooms/mode/PlaybookPage.vue')),
    page('incidents/:id', 'rail.incidents', () => import('@/rooms/dispatch/incident/IncidentPage.vue')),
  ],
}
