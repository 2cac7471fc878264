// Every page there is: those of the router, each with a role that has something
// to see on it, and those that the server draws. routesOf reads the router's own
// text, so that a page added later cannot be forgotten.
import { readFileSync } from 'node:fs'

const app = new URL('../../../web/src/app/', import.meta.url)

/** routesOf lists the paths of the router. */
export function routesOf() {
  const text = (name) => readFileSync(new URL(name, app), 'utf8')
  const below = (name, root) => [...text(name).matchAll(/page\('([^']*)'|\{ path: '([^'/]*)', component|\{ path: '([^'/][^']*)', component/g)].map((m) => `${root}/${m[1] ?? m[2] ?? m[3] ?? ''}`.replace(/\/$/, ''))
  const top = [...text('routes.ts').matchAll(/\{ path: '(\/[^']*)'/g)].map((m) => m[1])
  return [...new Set([...top, ...below('console-routes.ts', '/console'), ...below('field-routes.ts', '/m')])]
}

/** pages names each page once: its route, the address in this scene, who looks, and which face it has. */
export function pages(s) {
  const desk = (route, role, path = route, more = {}) => ({ route, path, role, face: 'console', ...more })
  const phone = (route, role, path = route, more = {}) => ({ route, path, role, face: 'field', ...more })
  const open = (route, path = route) => ({ route, path, role: '', face: 'open' })
  const paper = (path) => ({ route: path.split('?')[0].replace(/\/[\w-]{5,}/g, '/:id'), path, role: 'community', face: 'paper' })
  return [
    open('/'), open('/login'), open('/demo'), open('/:rest(.*)*', '/nothing-here'),
    phone('/my', 'resident'), phone('/m', 'lead'), phone('/m/doors/:id', 'lead', `/m/doors/${s.door}`), phone('/m/sheet/:round/:unit', 'community', `/m/sheet/${s.pack.round.id}/${s.unit}`),
    phone('/m/progress', 'lead'), phone('/m/gate', 'police'), phone('/m/outbox', 'lead'), phone('/m/me', 'lead'),
    phone('/m/shifts', 'lead'), phone('/m/asks', 'lead'), phone('/m/learn', 'lead'), phone('/m/service', 'lead'),
    { route: '/wall', path: '/wall', role: 'commander', face: 'wall' },
    desk('/console', 'commander'), desk('/console/activate', 'commander'), desk('/console/activate/:id', 'commander', `/console/activate/${s.draft}`),
    desk('/console/plans/:id', 'commander', `/console/plans/${s.plan}`), desk('/console/incidents', 'commander'), desk('/console/incidents/:id', 'commander', `/console/incidents/${s.incident}`),
    desk('/console/places', 'commander', `/console/places?place=${s.community}`, { list: true }), desk('/console/ground/divide/:place', 'community', `/console/ground/divide/${s.community}`), desk('/console/ground/:id', 'community', `/console/ground/${s.divided}`),
    desk('/console/buildings/:id', 'community', `/console/buildings/${s.house.id}`), desk('/console/doors/:id', 'community', `/console/doors/${s.door}`),
    desk('/console/register', 'community', '/console/register', { list: true }), desk('/console/import', 'community'), desk('/console/accounts', 'admin'), desk('/console/outside', 'commander'),
    desk('/console/helpers', 'community', '/console/helpers', { list: true }), desk('/console/posts', 'commander', '/console/posts', { list: true }), desk('/console/targets', 'commander', '/console/targets', { list: true }),
    desk('/console/training', 'community'), desk('/console/calls', 'community'), desk('/console/calls/:id', 'community', `/console/calls/${s.call}`), desk('/console/roster/:place?', 'community', `/console/roster/${s.community}`),
    desk('/console/leads', 'community'), desk('/console/leads/:place', 'community', `/console/leads/${s.lead.card.place_id}`), desk('/console/helpers/:id/service', 'community', `/console/helpers/${s.me}/service`), desk('/console/teams', 'community'),
    desk('/console/cases/:id?', 'community', '/console/cases'), desk('/console/responses/:id?', 'community', '/console/responses'), desk('/console/transfers/:id?', 'community', '/console/transfers'),
    desk('/console/surge/:place?', 'commander', '/console/surge'), desk('/console/care', 'community'), desk('/console/units', 'community'), desk('/console/catalogue', 'community'), desk('/console/warnings', 'community'),
    phone('/m/warnings', 'lead'), phone('/m/cases/:id?', 'lead', '/m/cases'), phone('/m/hands/:id?', 'lead', '/m/hands'), phone('/m/care', 'lead'), phone('/m/units', 'lead'), phone('/m/phone', 'lead'),
    desk('/console/greetings', 'community'), phone('/m/greetings', 'lead'), desk('/console/patrol', 'community'), phone('/m/patrol', 'lead'), desk('/console/met', 'community'), desk('/console/doses', 'community'),
    desk('/console/drills', 'commander', `/console/drills?drill=${s.drill}`), desk('/console/playbooks', 'community', '/console/playbooks?id=epidemic'),
    ...Object.entries(s.more ?? {}).map(([route, [role, path]]) => desk(route, role, path)),
    { route: '/r/:token', path: s.code, role: '', face: 'resident' }, { route: '/join/:token', path: s.join, role: '', face: 'resident' }, { route: '/v/:token', path: s.proof, role: '', face: 'resident' },
    paper(`/print/sweep/${s.pack.round.id}?place=${s.unit}`), paper(`/print/posts/${s.incident}`), paper(`/print/places/${s.community}`), paper(`/print/qr/${s.house.id}`), paper(`/print/notices/${s.incident}`), paper(`/print/recruit/${s.community}`), paper(`/print/certificate/${s.certificate}`),
  ]
}
