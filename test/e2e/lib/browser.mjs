// Debian's Chromium with the flags that work headless on any machine, contexts
// that are logged in as a demo role, axe and screenshots.
import { chromium } from 'playwright-core'
import AxeBuilder from '@axe-core/playwright'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { randomUUID } from 'node:crypto'
import assert from 'node:assert/strict'
import { roleCard } from './api.mjs'

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync']

export const desk = { width: 1366, height: 768 }
export const phone = { width: 360, height: 640 }
const out = fileURLToPath(new URL('../out/', import.meta.url))

function executable() {
  const names = process.env.CHROMIUM ? [process.env.CHROMIUM] : ['chromium', 'chromium-browser', 'google-chrome']
  for (const name of names) {
    for (const dir of name.includes('/') ? [''] : (process.env.PATH ?? '').split(':')) {
      const path = dir ? `${dir}/${name}` : name
      try { accessSync(path, constants.X_OK); return path } catch { /* look on */ }
    }
  }
  throw new Error('no Chromium found; install with: apt-get install -y --no-install-recommends chromium fonts-noto-cjk')
}

export class Browser {
  static async launch(url) {
    const browser = new Browser()
    browser.url = url
    browser.inner = await chromium.launch({ executablePath: executable(), args: flags })
    return browser
  }

  // asRole opens a page as the n-th demo role, at its own kind of screen. Errors
  // thrown in the page are kept in page.thrown.
  async asRole(role, { n = 0, path, view } = {}) {
    const card = await roleCard(this.url, role, n)
    const size = view ?? (card.face === 'console' ? desk : phone)
    const context = await this.inner.newContext({
      baseURL: this.url, viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai',
      hasTouch: size === phone, reducedMotion: 'reduce',
    })
    context.setDefaultTimeout(20_000)
    const answer = await context.request.post('/api/v1/demo/enter', {
      data: { id: card.id }, headers: { origin: this.url, 'operation-id': randomUUID() },
    })
    assert.ok(answer.ok(), `entering as ${card.id} answered ${answer.status()}`)
    const page = await context.newPage()
    page.card = card
    page.thrown = []
    page.on('pageerror', (error) => page.thrown.push(error.message))
    await page.goto(path ?? (card.face === 'console' ? '/console' : '/m'))
    return page
  }

  close() { return this.inner.close() }
}

// axe fails on a serious or critical finding, and leaves a picture of the state.
export async function axe(page, name) {
  await shot(page, name)
  const { violations } = await new AxeBuilder({ page }).analyze()
  const bad = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  assert.deepEqual(
    bad.map((v) => `${v.impact} ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`),
    [], `axe on ${name}`)
}

// shot writes test/e2e/out/<name>.png.
export async function shot(page, name) {
  mkdirSync(out, { recursive: true })
  await page.screenshot({ path: `${out}${name}.png` })
}

// by returns the element with a data-test name.
export const by = (page, name) => page.locator(`[data-test="${name}"]`)

// number reads the first whole number in an element's text.
export async function number(locator) {
  const text = (await locator.innerText()).replaceAll(',', '')
  const found = text.match(/\d+/)
  assert.ok(found, `no number in "${text}"`)
  return Number(found[0])
}

// eventually repeats a check until it holds.
export async function eventually(what, check, limit = 15_000) {
  let last
  for (const start = Date.now(); Date.now() - start < limit;) {
    try { if (await check()) return } catch (error) { last = error }
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  assert.fail(`${what} did not happen within ${limit / 1000} s${last ? ': ' + last.message : ''}`)
}
