// G6, G7 and G8 on every page: axe in four looks and two languages, the Tab key,
// the size of targets, type, text at 200 %, and the windows people really have.
import AxeBuilder from '@axe-core/playwright'
import { randomUUID } from 'node:crypto'
import { roleCard } from '../lib/api.mjs'
import { clipped, focused, goal, rows, small, type } from './inside.mjs'
import { pages, routesOf } from './routes.mjs'

const desk = { width: 1366, height: 768 }
const phone = { width: 360, height: 640 }
const hall = { width: 3840, height: 2160 }
const looks = ['light', 'dark', 'contrast', 'large']
const sizeOf = (face) => (face === 'wall' ? hall : face === 'console' || face === 'paper' ? desk : phone)

/** faces walks through all pages; only makes it fewer, tongues and shades too. */
export async function faces(scene, browser, { only = () => true, tongues = ['zh', 'en'], shades = looks, deep = true, say = () => undefined } = {}) {
  const all = pages(scene)
  const found = { missing: routesOf().filter((r) => !all.some((p) => p.route === r)), pages: 0, axe: [], axeRuns: 0, targets: [], targetsLarge: [], keys: [], stops: 0, clip: [], type: [], rows: [], sideways: [], wall: null }
  const queue = tongues.flatMap((tongue) => all.filter(only).map((page) => [tongue, page]))
  const hand = async () => {
    for (let next; (next = queue.shift());) {
      const [tongue, page] = next
      const label = `${page.route} ${tongue}`
      say(label)
      const window = await open(browser, page, tongue)
      if (tongue === tongues[0]) found.pages++
      for (const shade of page.face === 'wall' || page.face === 'paper' ? ['light'] : shades) await inLook(window, page, shade, `${label} ${shade}`, found, tongue)
      if (deep && tongue === 'zh' && page.face !== 'paper') await keyboard(window, label, found)
      if (deep && page.face !== 'wall' && page.face !== 'paper') await doubled(window, label, found)
      if (page.face === 'console') await sizes(window, page, label, found)
      if (page.face === 'wall') found.wall ??= await wall(window)
      await window.context().close()
    }
  }
  await Promise.all([hand(), hand(), hand()])
  return found
}

/** open is a page as its role sees it, settled. */
async function open(browser, page, tongue) {
  const context = await browser.inner.newContext({
    baseURL: browser.url, viewport: sizeOf(page.face), locale: tongue === 'en' ? 'en-GB' : 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', serviceWorkers: 'block', ignoreHTTPSErrors: true,
  })
  await context.addInitScript((t) => localStorage.setItem('shouwang.tongue', t), tongue)
  if (page.role) {
    const { id } = await roleCard(browser.url, page.role)
    await context.request.post('/api/v1/demo/enter', { data: { id }, headers: { origin: browser.url, 'operation-id': randomUUID() } })
  }
  const window = await context.newPage()
  window.setDefaultTimeout(30_000)
  await window.goto(page.face === 'resident' || page.face === 'paper' ? withQuery(page.path, `lang=${tongue}`) : page.path)
  await settled(window)
  return window
}
const withQuery = (path, q) => path + (path.includes('?') ? '&' : '?') + q

/** settled: nothing was asked for a while and nothing says that it is loading. */
async function settled(window) {
  await window.waitForLoadState('load')
  let last = Date.now()
  const busy = () => (last = Date.now())
  window.on('request', busy)
  window.on('response', busy)
  for (const from = Date.now(); Date.now() - last < 300 && Date.now() - from < 10_000;) await window.waitForTimeout(50)
  window.off('request', busy)
  window.off('response', busy)
}

/** inLook changes the look in place, asks axe, and measures targets and type. */
async function inLook(window, page, shade, label, found, tongue) {
  if (page.face === 'resident') {
    if (shade === 'dark' || shade === 'contrast') return // the page without script has two forms: usual and large
    if (shade === 'large') await window.goto(withQuery(page.path, `lang=${tongue}&big=1`))
  } else {
    await window.evaluate((l) => { for (const c of ['dark', 'contrast', 'large']) document.documentElement.classList.toggle(c, c === l) }, shade)
    await window.waitForTimeout(60)
  }
  // What a look can change is colour; everything else is asked once, in the first.
  const axe = new AxeBuilder({ page: window })
  if (shade !== 'light') axe.withRules(['color-contrast', 'link-in-text-block'])
  const { violations } = await axe.analyze()
  found.axeRuns++
  for (const v of violations) if (v.impact === 'serious' || v.impact === 'critical') found.axe.push(`${label}: ${v.id} ×${v.nodes.length} ${v.nodes[0].target.join(' ').slice(0, 90)}`)
  const hand = page.face === 'field' || page.face === 'resident' || page.face === 'open'
  if (page.face !== 'paper' && (shade === 'light' || (shade === 'large' && hand && page.face !== 'open'))) {
    const least = shade === 'large' ? 60 : hand ? 44 : 24
    const list = await window.evaluate(small, [least, small.controls])
    for (const s of list) found[shade === 'large' ? 'targetsLarge' : 'targets'].push(`${label}: ${s}`)
  }
  if (shade === 'large' && (page.face === 'field' || page.face === 'resident')) found.type.push({ label, ...(await window.evaluate(type)) })
  if (shade === 'large' && page.face !== 'resident') await window.evaluate(() => document.documentElement.classList.remove('large'))
}

/** keyboard goes through the page with Tab alone: everything is reached, is seen to be, and lies under nothing. */
async function keyboard(window, label, found) {
  const all = await window.evaluate(goal, small.controls)
  await window.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0) })
  const reached = new Set()
  const bad = new Set()
  // A date or time has a stop for each of its parts, inside the browser's own control.
  const parts = 6 * await window.evaluate(() => document.querySelectorAll('input[type^="date"], input[type="time"], input[type="month"]').length)
  for (let i = 0; i < Math.min(all + 15 + parts, 190); i++) {
    await window.keyboard.press('Tab')
    const at = await window.evaluate(focused)
    if (!at) continue
    if (at.goal !== '') reached.add(at.goal)
    if (!at.shown) bad.add(`${label}: focus not seen on ${at.what}`)
    if (at.hidden) bad.add(`${label}: focus hidden, ${at.what}`)
    if (reached.size === all) break
  }
  found.stops += reached.size
  if (reached.size < all && all <= 115) {
    const left = await window.evaluate((got) => [...document.querySelectorAll('[data-goal]')].filter((e) => !got.includes(e.dataset.goal)).slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.className} “${(e.innerText || e.getAttribute('aria-label') || '').trim().slice(0, 16)}”`), [...reached])
    bad.add(`${label}: Tab reached ${reached.size} of ${all}, not ${left.join(', ')}`)
  }
  found.keys.push(...bad)
}

/** doubled sets all text to 200 % and looks for what is cut off. */
async function doubled(window, label, found) {
  if (window.url().includes('big=1')) await window.goto(window.url().replace(/[?&]big=1/, ''))
  await window.evaluate(() => { document.documentElement.style.fontSize = `${2 * parseFloat(getComputedStyle(document.documentElement).fontSize)}px` })
  await window.waitForTimeout(80)
  for (const c of await window.evaluate(clipped)) found.clip.push(`${label}: ${c}`)
  await window.evaluate(() => { document.documentElement.style.fontSize = '' })
}

/** sizes asks of a console page that it fits the three windows. */
async function sizes(window, page, label, found) {
  for (const [width, height] of [[1366, 768], [1440, 960], [1920, 1080]]) {
    await window.setViewportSize({ width, height })
    await window.waitForTimeout(120)
    const wide = await window.evaluate(() => document.documentElement.scrollWidth)
    if (wide > width) found.sideways.push(`${label} ${width}×${height}: ${wide}`)
    if (!page.list || width !== 1366) continue
    const { all, seen } = await window.evaluate(rows)
    if (seen < all) found.rows.push({ label, rows: seen }) // a list that stands whole needs no more room
  }
}

/** wall measures the hall's page: the smallest text and the smallest of the main figures. */
const wall = (window) => window.evaluate(() => {
  const sizes = []
  const walker = document.createTreeWalker(document.querySelector('.wall'), NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) if (walker.currentNode.textContent.trim()) sizes.push(parseFloat(getComputedStyle(walker.currentNode.parentElement).fontSize))
  const figures = [...document.querySelectorAll('.value strong')].map((e) => parseFloat(getComputedStyle(e).fontSize))
  return { least: Math.min(...sizes), figure: Math.min(...figures), figures: figures.length }
})
