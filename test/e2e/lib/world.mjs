// One server and one browser for a file of journeys, closed whatever happens.
// When a journey fails it leaves a picture of every open window and says what the
// server said.
import { after, before, test } from 'node:test'
import { Browser, shot } from './browser.mjs'
import { Server } from './server.mjs'

/** world opens a server and a browser; timed: with the twin whose clock can be put ahead. */
export function world({ timed = false } = {}) {
  const it = {}
  before(async () => {
    it.server = await (timed ? Server.timed() : Server.create())
    it.url = it.server.url
    it.browser = await Browser.launch(it.url)
  }, { timeout: 180_000 })
  after(async () => {
    await it.browser?.close()
    await it.server?.stop()
  })
  it.journey = (name, walk) => test(name, { timeout: 150_000 }, async () => {
    const step = (what) => { it.step = what }
    try {
      await walk(step)
    } catch (error) {
      const windows = it.browser?.pages ?? []
      for (const [i, page] of windows.entries()) if (!page.isClosed()) await shot(page, `failed-${i}`).catch(() => undefined)
      const where = windows.filter((p) => !p.isClosed()).map((p) => `${p.url()} ${[...p.thrown, ...p.broken].join(' | ')}`).join('\n')
      const more = `\n— at: ${it.step ?? 'the start'}\n— windows:\n${where}\n— server:\n${it.server?.said}`
      error.message += more
      error.stack += more
      throw error
    } finally {
      await it.browser?.closeAll()
    }
  })
  return it
}
