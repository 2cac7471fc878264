// One server and one browser for a journey, closed whatever happens.
import { after, before } from 'node:test'
import { Browser } from './browser.mjs'
import { Server } from './server.mjs'

export function world() {
  const it = {}
  before(async () => {
    it.server = await Server.create()
    it.url = it.server.url
    it.browser = await Browser.launch(it.url)
  }, { timeout: 180_000 })
  after(async () => {
    await it.browser?.close()
    await it.server?.stop()
  })
  return it
}
