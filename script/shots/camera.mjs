// Opens windows as a role or as nobody and writes what they show to docs/img.
import { mkdirSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Browser, desk, phone } from '../../test/e2e/lib/browser.mjs'
import { roleCard } from '../../test/e2e/lib/api.mjs'
import { pack } from './pack.mjs'

const out = fileURLToPath(new URL('../../docs/img/', import.meta.url))
const limit = 300 * 1024

export class Camera {
  /** only names the pictures to write; none means all of them. */
  static async load(world, only) {
    mkdirSync(out, { recursive: true })
    return Object.assign(new Camera(), { world, only, bad: [], browser: await Browser.launch(world.url) })
  }

  wants(...names) { return !this.only.length || names.some((n) => this.only.includes(n)) }

  /** open returns a page as the n-th demo role, or as nobody, in zh or en. */
  async open(role, path, { n = 0, size = desk, tongue = 'zh', looks = '', scale = size === phone ? 2 : 1, script = true } = {}) {
    const context = await this.browser.inner.newContext({
      baseURL: this.world.url, viewport: size, deviceScaleFactor: scale, hasTouch: size === phone, javaScriptEnabled: script,
      locale: tongue === 'en' ? 'en-GB' : 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
    })
    await context.addInitScript(([t, l]) => { localStorage.setItem('shouwang.tongue', t); if (l) localStorage.setItem('shouwang.looks', l) }, [tongue, looks])
    if (role) {
      const { id } = await roleCard(this.world.url, role, n)
      await context.request.post('/api/v1/demo/enter', { data: { id }, headers: { origin: this.world.url, 'operation-id': randomUUID() } })
    }
    const page = await context.newPage()
    page.on('pageerror', (e) => this.bad.push(`${path}: ${e.message}`))
    await page.goto(path)
    await settled(page)
    return page
  }

  /** shot writes one picture and closes its page. */
  async shot(page, name) {
    if (this.wants(name)) {
      const png = pack(await page.screenshot(), limit)
      writeFileSync(`${out}${name}.png`, png)
      if (png.length > limit) this.bad.push(`${name}.png has ${png.length} bytes, more than ${limit}`)
      console.log(`${String(Math.round(png.length / 1024)).padStart(4)} KB  docs/img/${name}.png`)
    }
    await page.context().close()
  }

  /** take opens a page, does something there, and writes it; nothing at all when it is not wanted. */
  async take(name, role, path, { act, ...how } = {}) {
    if (!this.wants(name)) return
    const page = await this.open(role, path, how)
    if (act) {
      await act(page)
      await settled(page)
    }
    await this.shot(page, name)
  }

  close() { return this.browser.close() }
}

/** settled waits until the page asks nothing more; the live stream stays open, so silence is counted. */
export async function settled(page) {
  await page.waitForLoadState('load')
  let last = Date.now()
  const busy = () => (last = Date.now())
  page.on('request', busy)
  page.on('response', busy)
  while (Date.now() - last < 1200) await page.waitForTimeout(100)
  page.off('request', busy)
  page.off('response', busy)
}
