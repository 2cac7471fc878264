// From the code at a door to paper and back: a resident reads what holds without
// an account and without script; a sheet is printed; what was ticked on it is
// typed in on behalf of whoever went up, also while the net is gone.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { activate, enter } from '../lib/api.mjs'
import { eventually, look } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

describe('a code, a sheet, and typing it in', () => {
  const it = world()

  it.journey('read without script, printed, typed in for another', async (step) => {
    step('codes for a house')
    const lead = await enter(it.url, 'lead')
    const worker = await enter(it.url, 'community')
    const house = (await lead.get(`/places/${lead.card.place_id}/children`)).items[0]
    assert.ok((await worker.post(`/places/${house.id}/qr`)).issued > 1)
    const code = (await worker.get(`/places/${house.id}/qr?kinds=building`)).items[0].path

    step('a resident without script, before and during an emergency')
    const reader = await it.browser.plain({ javaScriptEnabled: false })
    await reader.goto(code)
    assert.match(await reader.locator('main').innerText(), /○ 正常/)
    await activate(it.url, { zone: 'control', placeIds: [house.id], title: '小区有一份初筛阳性' })
    await reader.reload()
    const said = await reader.locator('main').innerText()
    for (const word of ['◆ 管控区', '我可以', '先不要', '凭什么', '到几时', '不同意，可以申诉', '下次更新']) assert.ok(said.includes(word), word)
    await reader.getByRole('link', { name: '大字' }).click()
    for (const link of await reader.locator('nav a').all()) assert.ok((await link.boundingBox()).height >= 60, 'keys of the large page')
    assert.ok(await reader.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize)) >= 24)
    await reader.getByRole('link', { name: 'English' }).click()
    assert.match(await reader.locator('main').innerText(), /Control zone[\s\S]*You may[\s\S]*You may object/)
    assert.equal((await reader.context().cookies()).length, 0, 'no cookie')

    step('each form of the page passes axe')
    const seer = await it.browser.plain()
    for (const form of ['', '?big=1', '?lang=en']) {
      await seer.goto(code + form)
      await look(seer, `p0-resident${form.replace(/\W/g, '')}`)
    }

    step('the sheet of a stairwell')
    const pack = (await lead.get('/field/pack')).microgrids.find((m) => m.round)
    const unit = pack.units.find((u) => u.floors.some((f) => f.cells.some((c) => c.state === 'todo')))
    const doors = unit.floors.slice().sort((a, b) => b.floor - a.floor).flatMap((f) => f.cells.filter((c) => c.state !== 'none'))
    const page = await it.browser.asRole('community', { path: `/print/sweep/${pack.round.id}?place=${unit.id}&lang=zh` })
    assert.equal(await page.locator('td .door').count(), doors.length, 'every door once')
    const rooms = await page.locator('td .door .r b').allInnerTexts()
    assert.deepEqual(rooms, doors.map((d) => d.room), 'in the order of the phone')
    await look(page, 'p0-print')

    step('typing it in by keyboard for somebody else')
    await page.goto(`/m/sheet/${pack.round.id}/${unit.id}`)
    await page.locator('ol li').first().waitFor()
    await page.locator('select').selectOption('*')
    await page.locator('input').fill('热心邻居')
    await page.locator('ol li').first().focus()
    await page.keyboard.press('1')
    await page.keyboard.press('2')
    await page.keyboard.press('1')
    await eventually('two doors are written', async () => (await done(worker, pack, unit)).length >= 2)
    await look(page, 'p1-sheet')

    step('the net goes, typing goes on, one is taken back')
    await page.context().setOffline(true)
    await page.keyboard.press('1')
    await page.keyboard.press('4')
    await eventually('two wait', async () => await page.locator('.tabs .badge').innerText() === '2')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Backspace')
    await eventually('one waits', async () => await page.locator('.tabs .badge').innerText() === '1')
    await page.context().setOffline(false)
    await eventually('and arrives', async () => (await done(worker, pack, unit)).length >= 3, 30_000)

    step('the record names who knocked and who typed')
    const all = await worker.all(`/rounds/${pack.round.id}/targets?under=${unit.id}&state=all`)
    const by = (n) => all.find((x) => x.place_id === doors[n].door_id)
    assert.deepEqual([0, 1, 2, 3].map((n) => by(n).outcome), ['at-home', 'needs-help', 'at-home', ''])
    assert.equal(by(1).choice, 'medicine')
    for (const n of [0, 1, 2]) assert.equal(by(n).for, '热心邻居')
    assert.notEqual(by(0).by, '热心邻居')

    step('a code that was replaced opens nothing')
    await worker.post(`/places/${house.id}/qr/replace`)
    assert.equal((await reader.goto(code)).status(), 404)
    await reader.getByText('这个码打不开').waitFor()
  })
})

const done = (api, pack, unit) => api.all(`/rounds/${pack.round.id}/targets?under=${unit.id}&state=done`)
