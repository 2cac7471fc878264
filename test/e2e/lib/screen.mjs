// How the journeys find things on a screen: by role and by the words people read,
// else by data-test. This is the one file to change when a screen changes.
import { by } from './browser.mjs'

const figures = { 'empty-posts': '空缺岗位', missing: '本轮未扫', zoned: '管住的户', helpers: '在册人员', residents: '在册居民' }

/** The band across the top that says which system holds. */
export const mode = (page) => page.getByRole('status').first()
export const normal = (page) => mode(page).getByText('常态').first()
export const emergency = (page) => mode(page).getByText('应急').first()

/** One of the five numbers of the console, by its id in the overview. */
export const figure = (page, id) => page.locator('.figure', { hasText: figures[id] }).locator('.value strong')

export const startLink = (page) => page.getByRole('link', { name: /启动响应/ }).first()
export const notFound = (page) => page.getByRole('heading', { name: /没有/ }).first()

/** The activation wizard. */
export const wizard = {
  playbook: (page, id) => by(page, `playbook-${id}`),
  title: (page) => by(page, 'incident-title'),
  zone: (page, id) => by(page, `zone-${id}`),
  basis: (page) => by(page, 'basis'),
  until: (page) => by(page, 'until'),
  find: (page) => by(page, 'find-place'),
  place: (page, id) => by(page, `place-${id}`),
  totalDoors: (page) => by(page, 'total-doors'),
  next: (page) => by(page, 'next'),
  plan: (page) => by(page, 'plan'),
  needed: (page) => by(page, 'posts-needed'),
  gaps: (page) => by(page, 'gaps'),
  whyNot: (page) => by(page, 'why-not'),
  submit: (page) => by(page, 'submit-plan'),
}

/** The incident's page, where the second person applies. */
export const apply = (page) => by(page, 'apply')
export const confirm = (page) => by(page, 'confirm')

/** The lead's stairwell. */
export const stair = {
  missing: (page) => by(page, 'missing'),
  outbox: (page) => by(page, 'outbox'),
  door: (page, id) => by(page, `door-${id}`),
}
