// The dispatcher's list by keyboard alone: twenty queued cases are assigned, one is
// taken back, several of one kind are answered at once, and a call is written down.
//
// How long a person takes is reckoned, not waited for: the keystroke-level model (Card,
// Moran and Newell 1980) gives 0.28 s a key and 1.35 s for each thing to make up one's
// mind about, here two a case (what it is, who gets it). To that comes the time the
// screen itself took, as measured. Together at most two minutes.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { eventually, look } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

const perKey = 0.28
const perThought = 1.35
const queued = 20

describe('the dispatcher’s list', () => {
  const it = world()

  it.journey('twenty cases are assigned by keys alone within two minutes', async (step) => {
    step('twenty residents ask')
    const api = await enter(it.url, 'community')
    const doors = (await api.get(`/places?under=${api.card.place_id}&kind=door&limit=${queued}`)).items
    const items = (await api.get(`/places/${doors[0].id}/needs`)).items
    const mine = items.filter((i) => !i.confidence && i.desk.zh === '社区社工')
    assert.ok(mine.length, 'the catalogue has something for the community’s desk')
    const cases = []
    for (let n = 0; n < queued; n++) cases.push(await api.post('/cases', { item: mine[0].id, place_id: doors[n % doors.length].id, words: `第 ${n + 1} 件`, origin: 'phone' }))
    const waiting = async () => {
      const list = (await api.get('/cases')).items
      return cases.filter((c) => list.find((x) => x.id === c.id)?.stage === 'waiting').length
    }
    assert.equal(await waiting(), queued)

    step('the whole list by keys')
    const page = await it.browser.asRole('community', { path: `/console/cases/${cases[0].id}` })
    const title = page.locator('.case h2')
    await title.waitFor()
    let keys = 0
    const press = async (key) => { keys++; await page.keyboard.press(key) }
    const spoken = (n) => `${n.slice(0, 2)} ${n.slice(2, 6)} ${n.slice(6)}`
    let screen = 0
    const left = new Set(cases.map((c) => spoken(c.number)))
    for (let done = 0, steps = 0; done < queued; steps++) {
      assert.ok(steps < 3 * queued, 'the next case in the list is always reached')
      const now = (await title.innerText()).match(/\d\d \d{4} \d{3}/)?.[0]
      const from = performance.now()
      if (!left.has(now)) { // something that waited before: the next
        await press('j')
        await eventually('the next is shown', async () => (await title.innerText()).match(/\d\d \d{4} \d{3}/)?.[0] !== now)
        screen += performance.now() - from
        continue
      }
      await press('a')
      await page.locator('input[name=assign]').first().waitFor()
      await press('1')
      await press('Enter')
      left.delete(now)
      if (++done < queued) await eventually('the next is shown', async () => (await title.innerText()).match(/\d\d \d{4} \d{3}/)?.[0] !== now)
      else await eventually('the last is assigned', async () => (await waiting()) === 0)
      screen += performance.now() - from
    }
    assert.equal(await waiting(), 0)
    const took = screen / 1000 + keys * perKey + queued * 2 * perThought
    console.log(`# ${queued} cases in ${took.toFixed(1)} s: ${keys} keys, the screen ${(screen / 1000).toFixed(1)} s`)
    assert.ok(took <= 120, `${took} s`)
    assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight + 1), 'the page does not grow')
    assert.ok(await page.locator('.keys').isVisible(), 'the keys stay in sight')
    await look(page, 'q1-assigned')

    step('the last one is taken back')
    await press('u')
    await eventually('it lies at its desk again', async () => (await waiting()) === 1)

    step('three of one kind are answered at once')
    const like = []
    for (let n = 0; n < 3; n++) like.push(await api.post('/cases', { item: mine[1].id, place_id: doors[n].id, words: `同样的问题 ${n + 1}`, origin: 'phone' }))
    await page.goto(`/console/cases/${like[0].id}`)
    await page.locator('.cases .on').waitFor()
    let seen = 0
    for (let n = 0; seen < 3 && n < 30; n++) {
      const box = page.locator('.cases .on input[type=checkbox]')
      await box.waitFor()
      if (await box.isEnabled()) { await press('x'); seen++ }
      const before = await title.innerText()
      if (seen < 3) { await press('j'); await eventually('the next', async () => (await title.innerText()) !== before) }
    }
    await press('b')
    await page.getByText(/这一句同时答复另外 2 件/).waitFor()
    await page.keyboard.type('明天上午统一上门办')
    await page.getByLabel('社区', { exact: true }).check()
    await look(page, 'q2-many')
    await page.locator('form').getByRole('button', { name: /^答复/ }).click()
    await eventually('three are answered', async () => (await api.get('/cases')).items.filter((c) => like.some((x) => x.id === c.id) && c.stage === 'answered').length === 3)
  })

  it.journey('a call is written down by keyboard, and its number read out', async () => {
    const page = await it.browser.asRole('community', { path: '/console/cases' })
    await page.locator('.keys').waitFor()
    await page.keyboard.press('n')
    const box = page.getByRole('dialog')
    await box.waitFor()
    await page.keyboard.type('101')
    await box.locator('ul button').first().waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await box.getByLabel('什么事').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.type('厨房漏水，流到楼下')
    await look(page, 'q3-call')
    await page.keyboard.press('Control+Enter')
    await box.locator('.number').waitFor()
    assert.match((await box.locator('.number').innerText()).trim(), /^\d\d \d{4} \d{3}$/)
    await look(page, 'q4-number')
  })
})
