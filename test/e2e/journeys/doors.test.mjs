// Eighty-one doors on one phone: a grid worker sweeps stairwell after stairwell with what a
// real round brings, most at home, some absent and knocked at again, some who refuse, need
// something or moved away.
//
// How long a person takes on the screen is reckoned, not waited for: 1.1 s a tap (Card,
// Moran and Newell 1980: 1.1 s to point at something) and 1.35 s to make up one's mind
// about each door. To that comes the time the screen itself took, as measured. Together at
// most twelve minutes; walking and knocking are not in it.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { activate, enter } from '../lib/api.mjs'
import { eventually, look, number, phone } from '../lib/browser.mjs'
import { stair } from '../lib/screen.mjs'
import { world } from '../lib/world.mjs'

const perTap = 1.1
const perThought = 1.35
const doors = 81

/** what comes of the n-th door: one answer in about nine is no plain "at home" */
const found = (n) => (n % 9 === 4 ? 'absent' : n % 14 === 9 ? 'medicine' : n % 20 === 7 ? 'refused' : n % 40 === 11 ? 'moved' : 'at-home')
const word = { absent: /没人应/, medicine: '缺药', refused: /不愿说/, moved: /搬走了/ }

describe('eighty-one doors', () => {
  const it = world()

  it.journey('are swept within twelve minutes of taps', async (step) => {
    step('an emergency over two micro-grids of a grid')
    const scout = await enter(it.url, 'gridworker')
    const micro = (await scout.get(`/places/${scout.card.place_id}/children`)).items.slice(0, 2)
    const houses = []
    for (const m of micro) houses.push(...(await scout.get(`/places/${m.id}/children`)).items)
    await activate(it.url, { placeIds: houses.map((b) => b.id) })
    const worker = await enter(it.url, 'gridworker')
    const round = (await worker.get('/field/pack')).microgrids.find((m) => m.round).round
    const page = await it.browser.asRole('gridworker', { path: '/m', view: phone })
    await stair.left(page).waitFor()

    step('door after door, stairwell after stairwell')
    let taps = 0
    let screen = 0
    let visits = 0
    const seen = []
    const said = {}
    const tap = async (what) => { taps++; await what.tap() }
    const timed = async (act) => { const from = performance.now(); await act(); screen += performance.now() - from }
    const left = () => page.locator('button.cell').filter({ has: page.locator('.glyph.todo, .glyph.again') })
    for (let stop = 0; visits < doors; stop++) {
      assert.ok(stop < 40, `the doors are enough: ${visits} so far`)
      const rooms = (await left().locator('.room').allInnerTexts()).map((r) => r.match(/^\d+/)[0])
      for (const room of rooms) {
        if (visits >= doors) break
        const what = found(visits)
        const cell = page.locator('button.cell').filter({ has: page.locator('.room', { hasText: new RegExp(`^${room}(?!\\d)`) }) })
        await timed(async () => {
          const before = await cell.innerHTML()
          await cell.evaluate((e) => e.scrollIntoView({ block: 'center' }))
          const at = await cell.boundingBox()
          await tap(cell)
          await eventually('the tap shows', async () => await cell.innerHTML() !== before)
          assert.deepEqual(await cell.boundingBox(), at, `${room} stands where it stood: what moves under the finger is put down for the wrong door`)
          if (what === 'at-home') return
          await tap(cell)
          const sheet = page.getByRole('dialog')
          await sheet.waitFor()
          await tap(sheet.getByRole('button', { name: word[what] }).first())
          await sheet.waitFor({ state: 'hidden' })
        })
        said[what] = (said[what] ?? 0) + 1
        visits++
        seen.push(`${await stair.name(page).innerText()} ${room}`)
      }
      const swap = page.getByRole('button', { name: '换楼道' })
      if (visits >= doors || !await swap.count()) continue // one stairwell: who was absent is knocked at again
      await timed(async () => {
        await tap(swap)
        const list = page.getByRole('dialog')
        await list.waitFor()
        await tap(list.getByRole('button').filter({ hasText: /还差/ }).first())
        await list.waitFor({ state: 'hidden' })
      })
    }
    await look(page, 'd1-swept')

    step('everything arrives')
    await timed(() => eventually('the outbox is empty', async () => await stair.badge(page).count() === 0 && await page.getByText(/已存 \d+ 条|正在发送/).count() === 0, 45_000))
    const targets = await worker.all(`/rounds/${round.id}/targets?state=all`)
    const tones = (t) => targets.filter((x) => x.state === t).length
    assert.equal(tones('help'), said.medicine, 'who needs something is there')
    assert.equal(tones('refused'), said.refused)
    assert.equal(targets.filter((x) => x.outcome).length, new Set(seen).size, 'each door that was tapped, and no other')
    const took = screen / 1000 + taps * perTap + visits * perThought
    console.log(`# ${visits} doors in ${(took / 60).toFixed(1)} min: ${taps} taps, the screen ${(screen / 1000).toFixed(1)} s, ${JSON.stringify(said)}`)
    assert.ok(took <= 720, `${took} s`)
    assert.ok(await number(stair.left(page)) >= 0)
  })
})
