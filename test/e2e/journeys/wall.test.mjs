// The wall of the hall: large figures, no names, and honest about standing still.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { activate, enter } from '../lib/api.mjs'
import { eventually, look } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

const hall = { width: 3840, height: 2160 }

describe('the wall', () => {
  const it = world()

  it.journey('shows the figures large and nobody by name, and says when its data stand still', async (step) => {
    const officer = await enter(it.url, 'commander')
    const buildings = (await officer.get(`/places?under=${officer.card.place_id}&kind=building`)).items.slice(0, 3)
    await activate(it.url, { placeIds: buildings.map((b) => b.id) })
    const helpers = (await officer.all(`/helpers?under=${officer.card.place_id}`)).map((h) => h.name)
    assert.ok(helpers.length > 50)

    step('in force')
    const page = await it.browser.asRole('commander', { path: '/login', view: hall })
    await page.clock.install()
    await page.goto('/wall')
    await page.getByText('应急 · 实战').waitFor()
    const posts = (await officer.get(`/overview?place_id=${officer.card.place_id}`)).figures.find((f) => f.id === 'empty_posts').value
    await eventually('the first figure', async () => (await page.locator('.fig.lead strong').innerText()).replaceAll(',', '') === String(posts))
    await page.locator('.map .sign').first().waitFor()
    const seen = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.querySelector('.wall'), NodeFilter.SHOW_TEXT)
      const sizes = []
      while (walker.nextNode()) {
        const text = walker.currentNode.textContent.trim()
        if (text) sizes.push([parseFloat(getComputedStyle(walker.currentNode.parentElement).fontSize), text])
      }
      return { sizes, figures: [...document.querySelectorAll('.value strong')].map((e) => parseFloat(getComputedStyle(e).fontSize)) }
    })
    assert.deepEqual(seen.sizes.filter(([size]) => size < 32), [], 'no text under 32 px')
    assert.ok(seen.figures.length >= 4 && seen.figures.length <= 9 && Math.min(...seen.figures) >= 96, `figures of ${seen.figures} px`)
    const text = seen.sizes.map(([, t]) => t).join(' ')
    assert.deepEqual(helpers.filter((name) => text.includes(name)), [], 'nobody is named')
    assert.doesNotMatch(text, /\d+室|\d单元/, 'and no door')
    await look(page, 'wall')

    step('two updates missed')
    await page.route('**/api/v1/overview*', (r) => r.abort())
    await page.clock.fastForward(30_000)
    assert.ok(await page.getByText('正常更新').isVisible(), 'one missed update is not yet a standstill')
    await page.clock.fastForward(30_000)
    await page.getByText('数据停滞').waitFor()
    await look(page, 'wall-stalled')

    step('and it goes on by itself')
    await page.unroute('**/api/v1/overview*')
    await page.clock.fastForward(21_000)
    await page.getByText('正常更新').waitFor()
  })
})
