// A lead sweeps a stairwell on a phone; the server is killed in the middle. What
// was tapped stays visible as waiting, the page opens again without a server, all
// of it is sent when the server is back, and each door is there exactly once: also
// the one whose answer was lost on the way back.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { activate, enter } from '../lib/api.mjs'
import { eventually, look, mark, marked, number } from '../lib/browser.mjs'
import { emergency, stair, value } from '../lib/screen.mjs'
import { world } from '../lib/world.mjs'

describe("a lead's sweep with the server killed midway", () => {
  const it = world()

  it.journey('nothing lost, nothing doubled', async (step) => {
    step('an emergency over the micro-grid of the lead')
    const scout = await enter(it.url, 'lead')
    const buildings = (await scout.get(`/places/${scout.card.place_id}/children`)).items
    const incident = await activate(it.url, { placeIds: buildings.map((b) => b.id) })
    const officer = await enter(it.url, 'commander')
    const lead = await enter(it.url, 'lead')
    const worker = await enter(it.url, 'community')

    step('the phone opens on the stairwell')
    const page = await it.browser.asRole('lead')
    const wall = await it.browser.asRole('commander')
    await emergency(wall).waitFor()
    await mark(wall)
    await stair.left(page).waitFor()
    const grid = (await lead.get('/field/pack')).microgrids.find((m) => m.round)
    const name = (await stair.name(page).innerText()).trim()
    const unit = grid.units.find((u) => name.endsWith(u.name.split(' ').pop()))
    const doors = unit.floors.flatMap((f) => f.cells).filter((c) => c.state === 'todo')
    assert.ok(doors.length >= 8, 'the stairwell has eight doors')
    const start = await number(stair.left(page))
    const onWall = await number(value(wall, '本轮未扫'))
    await look(page, 's1-stair')
    await cached(page)

    step('two doors, one tap each')
    const tap = (d) => stair.door(page, d.room).tap()
    for (const d of doors.slice(0, 2)) await tap(d)
    await eventually('the phone counts at once', async () => await number(stair.left(page)) === start - 2)
    await eventually('two doors arrived', async () => (await done(worker, grid)).length === 2)
    await eventually('the wall counts with it', async () => await number(value(wall, '本轮未扫')) === onWall - 2)
    assert.equal(await page.getByText(/已存 \d+ 条/).count(), 0, 'nothing waits')

    step('the server does what was sent, but its answer is lost and it dies')
    let reached = 0
    await page.context().route('**/api/v1/batch', async (route) => {
      const answer = await route.fetch().catch(() => null)
      if (answer?.ok() && reached++ === 0) await it.server.kill()
      await route.abort()
    })
    await tap(doors[2])
    await eventually('the server wrote it and died', () => reached === 1 && it.server.ended)
    await page.context().unroute('**/api/v1/batch')

    step('without a server the taps go on')
    for (const d of doors.slice(3, 6)) await tap(d)
    await eventually('four wait in the phone', async () => await number(stair.kept(page)) === 4)
    assert.equal(await number(stair.left(page)), start - 6)
    await look(page, 's2-stair-offline')
    await stair.tab(page, '存着的').tap()
    await eventually('the outbox says how many', async () => await number(stair.waiting(page)) === 4)
    assert.equal(await page.locator('.scroll li').count(), 4, 'and shows each')
    await look(page, 's3-outbox')

    step('the phone is put away and taken out again, still without a server')
    await page.goto('/m')
    await page.reload()
    await eventually('four still wait', async () => await number(stair.kept(page)) === 4)
    assert.equal(await number(stair.left(page)), start - 6)
    await tap(doors[6])
    await eventually('and a fifth', async () => await number(stair.kept(page)) === 5)
    await look(page, 's4-reloaded-offline')
    await page.goto(`/m/doors/${doors[7].door_id}`)
    await page.getByRole('button', { name: '记一次联系' }).waitFor()
    await look(page, 's5-door-offline')
    await page.goto('/m/progress')
    await page.locator('.big strong').waitFor()
    await look(page, 's6-progress-offline')
    await page.goto('/m')
    await stair.left(page).waitFor()

    step('the server is back')
    await it.server.start()
    await eventually('the outbox is empty', async () => await stair.badge(page).count() === 0 && await page.getByText(/已存 \d+ 条|正在发送/).count() === 0, 45_000)
    const written = await done(worker, grid)
    assert.deepEqual(written.map((t) => t.place_id).sort(), doors.slice(0, 7).map((d) => d.door_id).sort(), 'every tapped door, no other')
    assert.ok(written.every((t) => t.outcome === 'at-home'))
    assert.deepEqual([...new Set(written.map((t) => t.version))].length, 1, 'no door was written twice')
    const log = (await entries(worker, grid.id)).filter((l) => l.verb === 'target.recorded')
    assert.deepEqual(log.map((l) => l.place_id).sort(), doors.slice(0, 7).map((d) => d.door_id).sort(), 'the journal holds one entry for each tap')
    await eventually('the wall came back by itself and counts seven', async () => await number(value(wall, '本轮未扫')) === onWall - 7, 30_000)
    assert.ok(await marked(wall), 'without a reload')
    await look(page, 's7-sent')
    await look(wall, 's8-wall')

    step('a second answer at a door opens the choices; help is recorded with what is needed')
    await stair.door(page, doors[0].room).tap()
    await page.getByRole('dialog').waitFor()
    const choices = await page.getByRole('dialog').locator('.two button strong').allInnerTexts()
    assert.deepEqual(choices, [...new Set(choices)], 'no two answers have one name')
    await look(page, 's9-sheet')
    await page.getByRole('button', { name: '缺药' }).tap()
    await eventually('the wall shows it', async () => await number(value(wall, '需要帮助')) === 1)
    const help = await lead.all(`/rounds/${grid.round.id}/targets?state=help&under=${grid.id}`)
    assert.deepEqual(help.map((t) => [t.place_id, t.choice]), [[doors[0].door_id, 'medicine']])
    await page.goto(`/m/doors/${doors[0].door_id}`)
    await page.getByText('刚刚').waitFor()
    await look(page, 's10-door')

    step('in English')
    await page.goto('/m/me')
    await page.getByRole('button', { name: 'English' }).tap()
    await look(page, 's11-me-en')
    await page.goto('/m')
    await page.getByText('Left', { exact: false }).first().waitFor()
    await look(page, 's12-stair-en')
    assert.equal((await officer.get(`/incidents/${incident}`)).state, 'running')
  })
})

// cached waits until the phone keeps the pages: its service worker is in charge.
async function cached(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
  })
}

const done = (api, grid) => api.all(`/rounds/${grid.round.id}/targets?under=${grid.id}&state=done`)

// entries reads the whole log of a place, newest first.
async function entries(api, place) {
  const all = []
  for (let before; ;) {
    const { items } = await api.get(`/log?place_id=${place}&limit=200${before ? `&before=${before}` : ''}`)
    const fresh = items.filter((l) => !all.some((x) => x.seq === l.seq))
    all.push(...fresh)
    if (!fresh.length || items.length < 200) return all
    before = items.at(-1).seq
  }
}
