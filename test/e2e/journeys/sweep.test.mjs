// A lead sweeps a stairwell on a phone; the server is killed in the middle. What
// was tapped stays visible as waiting, is sent when the server is back, and each
// door is there exactly once.
import { describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { activate, enter } from '../lib/api.mjs'
import { axe, eventually, number } from '../lib/browser.mjs'
import { stair } from '../lib/screen.mjs'
import { world } from '../lib/world.mjs'

describe("a lead's sweep with the server killed midway", () => {
  const it = world()

  test('nothing lost, nothing doubled', { timeout: 240_000 }, async () => {
    const lead = await enter(it.url, 'lead')
    const buildings = (await lead.get(`/places/${lead.card.place_id}/children`)).items
    await activate(it.url, { placeIds: buildings.map((b) => b.id) })

    const page = await it.browser.asRole('lead')
    await stair.missing(page).waitFor()
    await axe(page, 'lead-stair')
    const pack = await lead.get('/field/pack')
    const grid = pack.microgrids.find((m) => m.round)
    assert.ok(grid, 'the lead has a round to do')
    const doors = grid.units.flatMap((u) => u.floors.flatMap((f) => f.doors.map((d) => ({ ...d, unit: u.id })))).filter((d) => d.unit === grid.units[0].id)
    assert.ok(doors.length >= 5, 'the first stairwell has five doors')
    const start = await number(stair.missing(page))

    const tap = (d) => stair.door(page, d.id).click()
    for (const d of doors.slice(0, 2)) await tap(d)
    await eventually('two doors arrived', async () => await done(lead, grid) === 2)

    await it.server.kill()
    for (const d of doors.slice(2, 5)) await tap(d)
    await eventually('three wait in the phone', async () => await number(stair.outbox(page)) === 3)
    assert.equal(await number(stair.missing(page)), start - 5)
    await axe(page, 'lead-stair-offline')

    // The phone is put away and taken out again, still without a server.
    await page.reload()
    await eventually('still three after a reload', async () => await number(stair.outbox(page)) === 3)

    await it.server.start()
    await eventually('the outbox is empty', async () => await stair.outbox(page).count() === 0, 45_000)
    assert.equal(await done(lead, grid), 5)
    const targets = (await lead.all(`/rounds/${grid.round.id}/targets?under=${grid.id}&state=done`))
    assert.equal(new Set(targets.map((t) => t.place_id)).size, 5, 'each door once')
    assert.deepEqual(targets.map((t) => t.outcome), Array(5).fill('at-home'))
    assert.equal(new Set(targets.map((t) => t.version)).size, 1, 'no door was written twice')
    await axe(page, 'lead-stair-after')
    assert.deepEqual(page.thrown, [])
  })
})

async function done(api, grid) {
  return (await api.get(`/rounds/${grid.round.id}/targets?under=${grid.id}&state=done`)).total
}
