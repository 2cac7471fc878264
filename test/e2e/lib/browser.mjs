// Debian's Chromium with the flags that work headless on any machine, windows
// that are signed in as a demo role, and what is asked of every page: no axe
// finding that matters, no sideways scrolling, nothing thrown, no server error.
import { chromium } from 'playwright-core'
import AxeBuilder from '@axe-core/playwright'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { randomUUID } from 'node:crypto'
import assert from 'node:assert/strict'
import { roleCard } from './api.mjs'
import { watch } from './canary.mjs'

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
  static async launch(url, more = []) {
    const browser = new Browser()
    browser.url = url
    browser.pages = []
    browser.inner = await chromium.launch({ executablePath: executable(), args: [...flags, ...more] })
    return browser
  }

  // asRole opens a window as the n-th demo role, at its own kind of screen.
  async asRole(role, { n = 0, path, view } = {}) {
    const card = await roleCard(this.url, role, n)
    const context = await this.context(view ?? (card.face === 'console' ? desk : phone))
    const answer = await context.request.post('/api/v1/demo/enter', {
      data: { id: card.id }, headers: { origin: this.url, 'operation-id': randomUUID() },
    })
    assert.ok(answer.ok(), `entering as ${card.id} answered ${answer.status()}`)
    const page = await this.window(context)
    page.card = card
    await page.goto(path ?? (card.face === 'console' ? '/console' : card.face === 'field' ? '/m' : '/my'))
    return page
  }

  // withToken opens a window whose every request carries a token.
  async withToken(token, path, view = phone) {
    const context = await this.context(view, { authorization: `Bearer ${token}` })
    const page = await this.window(context)
    await page.goto(path)
    return page
  }

  // plain opens a window of somebody without an account.
  async plain({ javaScriptEnabled = true } = {}) {
    const context = await this.inner.newContext({ baseURL: this.url, viewport: phone, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', javaScriptEnabled })
    context.setDefaultTimeout(20_000)
    return this.window(context)
  }

  async context(viewport, extraHTTPHeaders) {
    const context = await this.inner.newContext({
      baseURL: this.url, viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai',
      hasTouch: viewport.width === phone.width, reducedMotion: 'reduce', extraHTTPHeaders, acceptDownloads: true,
    })
    context.setDefaultTimeout(20_000)
    return context
  }

  // window opens a page that remembers what it threw and what the server could not do.
  async window(context) {
    const page = await context.newPage()
    page.thrown = []
    page.broken = []
    watch(page)
    page.on('pageerror', (error) => page.thrown.push(error.message))
    page.on('response', (r) => { if (r.status() >= 500) page.broken.push(`${r.status()} ${r.url()}`) })
    this.pages.push(page)
    return page
  }

  async closeAll() {
    for (const page of this.pages.splice(0)) await page.context().close().catch(() => undefined)
  }

  close() { return this.inner.close() }
}

// look takes a picture of the state and asks of the page what is asked of every page.
export async function look(page, name) {
  await shot(page, name)
  const { violations } = await new AxeBuilder({ page }).analyze()
  const bad = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  assert.deepEqual(
    bad.map((v) => `${v.impact} ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`),
    [], `axe on ${name}`)
  assert.deepEqual(await sideways(page), [], `sideways scrolling on ${name}`)
  assert.deepEqual(page.thrown, [], `thrown on ${name}`)
  assert.deepEqual(page.broken, [], `server errors on ${name}`)
  assert.deepEqual(page.leaked, [], `people given away on the way to ${name}`)
}

// sideways lists what can be scrolled sideways: the page itself and the boxes in it.
export function sideways(page) {
  return page.evaluate(() => {
    const found = []
    const root = document.documentElement
    if (root.scrollWidth > window.innerWidth) found.push(`page: ${root.scrollWidth} > ${window.innerWidth}`)
    for (const el of document.querySelectorAll('body *')) {
      if (el.scrollWidth <= el.clientWidth + 1 || !/auto|scroll/.test(getComputedStyle(el).overflowX)) continue
      found.push(`${el.tagName.toLowerCase()}.${el.className}: ${el.scrollWidth} > ${el.clientWidth}`)
    }
    return found
  })
}

// shot writes test/e2e/out/<name>.png.
export async function shot(page, name) {
  mkdirSync(out, { recursive: true })
  await page.screenshot({ path: `${out}${name}.png` })
}

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
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.fail(`${what} did not happen within ${limit / 1000} s${last ? ': ' + last.message : ''}`)
}

// mark leaves a sign in a window that a reload would wipe out; marked reads it.
export const mark = (page) => page.evaluate(() => { window.__here = true })
export const marked = (page) => page.evaluate(() => window.__here === true)
