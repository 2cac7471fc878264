// G4 and G5: what a phone waits for on a slow line, and what travels for it.
import { Browser, phone } from '../lib/browser.mjs'
import { Line } from './line.mjs'

/** slow opens a browser whose every byte goes over the line; the processor is four times slower. */
async function slow(scene) {
  const line = await Line.to(scene.server.port)
  const url = scene.url.replace(/\d+$/, String(line.port))
  const browser = await Browser.launch(url, ['--ignore-certificate-errors'])
  return { line, url, browser, close: async () => { await browser.close(); await line.close() } }
}

/** seen opens a page and says after how many ms a sign was there, and what travelled until then, by kind. */
async function seen(page, line, path, sign) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await cdp.send('Network.enable')
  const kinds = {}
  const of = new Map()
  cdp.on('Network.responseReceived', (e) => of.set(e.requestId, e.response.url.includes('/api/') ? 'Data' : e.type))
  cdp.on('Network.loadingFinished', (e) => { const k = of.get(e.requestId) ?? 'Other'; kinds[k] = (kinds[k] ?? 0) + e.encodedDataLength })
  await page.addInitScript((sign) => {
    const look = () => {
      const el = document.querySelector(sign)
      if (el && el.getClientRects().length) requestAnimationFrame(() => (window.__seen ??= performance.now()))
      else setTimeout(look, 10)
    }
    look()
  }, sign)
  const before = line.bytes
  await page.goto(path, { waitUntil: 'commit' })
  await page.waitForFunction(() => window.__seen, null, { polling: 20, timeout: 60_000 })
  const ms = Math.round(await page.evaluate(() => window.__seen))
  const answer = { ms, bytes: line.bytes - before, kinds: { ...kinds } }
  await cdp.detach()
  return answer
}

const middle = (list) => list.sort((a, b) => a.ms - b.ms)[Math.floor(list.length / 2)]
const kb = (n) => Math.round(n / 100) / 10

/** speed measures each way three times and takes the middle one. */
export async function speed(scene, times = 3) {
  const rows = []
  const add = (goal, id, value, unit, limit) => rows.push({ goal, id, value, unit, limit, ok: value <= limit })
  const runs = { resident: [], residentWarm: [], lead: [], leadWarm: [] }
  for (let i = 0; i < times; i++) {
    const it = await slow(scene)
    try {
      const cold = await it.browser.plain()
      runs.resident.push(await seen(cold, it.line, scene.code, 'main .band h2'))
      runs.residentWarm.push(await seen(await again(cold), it.line, scene.code, 'main .band h2'))
      const lead = await signedIn(it, scene)
      runs.lead.push(await seen(lead, it.line, '/m', 'button.cell'))
      await lead.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
      await lead.waitForTimeout(1500)
      runs.leadWarm.push(await seen(await again(lead), it.line, '/m', 'button.cell'))
        } finally {
      await it.close()
    }
  }
  const resident = middle(runs.resident)
  const lead = middle(runs.lead)
  add('G4', 'resident-first', resident.ms, 'ms', 2000)
  add('G4', 'resident-warm', middle(runs.residentWarm).ms, 'ms', 1500)
  add('G4', 'resident-html-css', kb((resident.kinds.Document ?? 0) + (resident.kinds.Stylesheet ?? 0)), 'KB', 30)
  add('G4', 'resident-js', kb(resident.kinds.Script ?? 0), 'KB', 60)
  add('G4', 'lead-first', lead.ms, 'ms', 2000)
  add('G4', 'lead-warm', middle(runs.leadWarm).ms, 'ms', 1500)
  add('G4', 'lead-route', kb((lead.kinds.Document ?? 0) + (lead.kinds.Stylesheet ?? 0) + (lead.kinds.Script ?? 0) + (lead.kinds.Image ?? 0) + (lead.kinds.Other ?? 0)), 'KB', 130)
  add('G5', 'sync-time', lead.ms, 'ms', 5000)
  add('G5', 'sync-size', kb(lead.kinds.Data ?? 0), 'KB', 300)
  return rows
}

/** again is a new window of the same person: what the browser keeps is there, what was on the page is not. */
async function again(page) {
  const context = page.context()
  await page.close()
  return context.newPage()
}

async function signedIn({ browser, url }, scene) {
  const context = await browser.context(phone)
  await context.addCookies(scene.lead.cookie.split('; ').map((c) => ({ name: c.slice(0, c.indexOf('=')), value: c.slice(c.indexOf('=') + 1), url })))
  return browser.window(context)
}
