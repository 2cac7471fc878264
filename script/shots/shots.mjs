// Takes the pictures of docs/img from a full demonstration: `make shots`. What
// they show is invented; nothing is drawn by hand.
import { mkdirSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Browser, desk, phone } from '../../test/e2e/lib/browser.mjs'
import { enter, roleCard } from '../../test/e2e/lib/api.mjs'
import { pack } from './pack.mjs'
import { draft, start, sweep } from './world.mjs'

const out = fileURLToPath(new URL('../../docs/img/', import.meta.url))
const limit = 300 * 1024
mkdirSync(out, { recursive: true })

const world = await start()
const browser = await Browser.launch(world.url)
const bad = []

/** open returns a page as the n-th demo role, or as nobody, in zh or en. */
async function open(role, path, { n = 0, size = desk, tongue = 'zh' } = {}) {
  const context = await browser.inner.newContext({
    baseURL: world.url, viewport: size, deviceScaleFactor: size === phone ? 2 : 1, hasTouch: size === phone,
    locale: tongue === 'en' ? 'en-GB' : 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
  })
  await context.addInitScript((t) => localStorage.setItem('shouwang.tongue', t), tongue)
  if (role) {
    const { id } = await roleCard(world.url, role, n)
    await context.request.post('/api/v1/demo/enter', { data: { id }, headers: { origin: world.url, 'operation-id': randomUUID() } })
  }
  const page = await context.newPage()
  page.on('pageerror', (e) => bad.push(`${path}: ${e.message}`))
  await page.goto(path)
  await settled(page)
  return page
}

/** settled waits until the page asks nothing more; the live stream stays open, so silence is counted. */
async function settled(page) {
  await page.waitForLoadState('load')
  let last = Date.now()
  const busy = () => (last = Date.now())
  page.on('request', busy)
  page.on('response', busy)
  while (Date.now() - last < 1200) await page.waitForTimeout(100)
  page.off('request', busy)
  page.off('response', busy)
}

/** shot writes one picture and closes its page. */
async function shot(page, name) {
  const png = pack(await page.screenshot(), limit)
  writeFileSync(`${out}${name}.png`, png)
  if (png.length > limit) bad.push(`${name}.png has ${png.length} bytes, more than ${limit}`)
  console.log(`${String(Math.round(png.length / 1024)).padStart(4)} KB  docs/img/${name}.png`)
  await page.context().close()
}

try {
  await shot(await open('', '/demo'), 'demo')
  await shot(await open('commander', '/console'), 'normal')
  await shot(await open('community', '/console/register'), 'register')

  const { author, incident } = await draft(world)
  await shot(await open('commander', `/console/activate/${incident.id}`), 'wizard-area')
  const plan = await author.post(`/incidents/${incident.id}/plan`)
  await shot(await open('commander', `/console/plans/${plan.plan}`, { n: 1 }), 'wizard-plan')
  await (await enter(world.url, 'commander', 1)).post(`/incidents/${incident.id}/apply`, { plan: plan.plan })

  await sweep(world, incident.id, '长塘里6号楼')
  await shot(await open('commander', '/console'), 'situation')
  await shot(await open('commander', '/console', { tongue: 'en' }), 'situation.en')
  const community = await enter(world.url, 'community')
  const [house] = (await community.all(`/places?under=${community.card.place_id}&kind=building&q=${encodeURIComponent('长塘里6号楼')}`))
  await shot(await open('community', `/console/buildings/${house.id}`), 'building')

  const lead = await open('lead', '/m', { size: phone })
  await walk(lead)
  await shot(lead, 'stairs')
  const leadEn = await open('lead', '/m', { size: phone, tongue: 'en' })
  await shot(leadEn, 'stairs.en')
} finally {
  await browser.close()
  await world.stop()
}
if (bad.length) {
  console.error(bad.join('\n'))
  process.exitCode = 1
}

/** walk goes up the stairs as a lead would: a tap a door, and one that needs medicine. */
async function walk(page) {
  const todo = page.locator('button.cell.todo')
  for (let i = 0; i < 3 && await todo.count(); i++) {
    await todo.last().click()
    await page.waitForTimeout(200)
  }
  await page.locator('button.cell.ok').last().click()
  await page.locator('.eight button').first().click()
  await settled(page)
}
