// The ground in the browser: a community is divided with the proved bound in
// sight, a stairwell is put into the neighbouring part by hand, applied and taken
// back; a boundary is drawn with the keys alone and kept.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { eventually, look, number } from '../lib/browser.mjs'
import { bound, ground } from '../lib/screen.mjs'
import { world } from '../lib/world.mjs'

describe('the ground in the browser', () => {
  const it = world()

  it.journey('a community is divided, mended by hand, applied and taken back', async (step) => {
    const first = await enter(it.url, 'commander')
    const community = (await enter(it.url, 'community')).card.place_id
    const before = await units(first, community)

    step('a preview changes nothing and says how even it could be')
    const page = await it.browser.asRole('commander', { path: `/console/ground/divide/${community}` })
    await ground.households(page).fill('160')
    await ground.preview(page).click()
    await ground.limit(page).waitFor({ timeout: 60_000 })
    const planned = await first.get(`/reshapes/${id(page)}`)
    assert.equal(await number(ground.figure(page, '划成的微网格').locator('strong')), planned.division.then.parts)
    assert.match(await ground.figure(page, '超出 ±10%').innerText(), new RegExp(`单元大小所限\\s*${planned.division.bound.outside}`), 'the bound that is proved')
    await look(page, 'g1-preview')

    step('one stairwell goes to the neighbouring part by hand')
    const giver = await putable(first, community, planned)
    await ground.part(page, giver.name).click()
    await ground.unit(page).selectOption(giver.unit)
    await ground.into(page).selectOption(giver.to)
    await ground.put(page).click()
    await page.getByText('手工挪了 1 处').waitFor()
    assert.notEqual(id(page), planned.plan, 'another plan: the first one stands')
    const mended = await first.get(`/reshapes/${id(page)}`)
    assert.ok(mended.division.parts.find((p) => p.id === giver.to).units.includes(giver.unit))
    assert.deepEqual(await units(first, community), before, 'nothing is changed yet')
    await look(page, 'g2-by-hand')

    step('applied')
    await ground.apply(page).click()
    await ground.yes(page).click()
    await page.getByText(/● .+ 由 .+ 应用/).waitFor()
    await look(page, 'g3-applied')
    const after = await units(first, community)
    assert.notDeepEqual(after, before, 'stairwells changed their part')
    assert.equal(sum(after), sum(before), 'and no door was lost')

    step('taken back')
    await ground.undo(page).click()
    await page.waitForURL((url) => !url.pathname.endsWith(mended.plan))
    await ground.apply(page).click()
    await ground.yes(page).click()
    await page.getByText(/● .+ 由 .+ 应用/).waitFor()
    assert.deepEqual(await units(first, community), before, 'as it was')
    await page.getByRole('button', { name: 'EN', exact: true }).click()
    await look(page, "g4-taken-back-en")
  })

  it.journey('a boundary is drawn with the keys alone and kept', async (step) => {
    const first = await enter(it.url, 'commander')
    const community = (await enter(it.url, 'community')).card.place_id
    const had = await first.get(`/places/${community}/boundary`)

    step('opened')
    const page = await it.browser.asRole('commander', { path: `/console/places?place=${community}` })
    await page.getByRole('button', { name: '边界' }).press('Enter')
    await bound.draw(page).press('Enter')
    const corners = await bound.corners(page).count()
    assert.ok(corners >= 3, 'it begins with the line that is there')

    step('a corner is added, moved, taken away, and a step goes back')
    await bound.corners(page).first().press('+')
    await eventually('one corner more', async () => await bound.corners(page).count() === corners + 1)
    const at = await bound.corners(page).nth(1).innerText()
    assert.ok(await bound.corners(page).nth(1).evaluate((el) => el === document.activeElement), 'the new corner has the focus')
    await page.keyboard.press('Shift+ArrowUp')
    await eventually('it moved', async () => await bound.corners(page).nth(1).innerText() !== at)
    await page.keyboard.press('Delete')
    await eventually('one corner less', async () => await bound.corners(page).count() === corners)
    await page.keyboard.press('Control+z')
    await eventually('and back', async () => await bound.corners(page).count() === corners + 1)
    await look(page, 'g5-drawing')

    step('kept')
    await bound.save(page).press('Enter')
    await page.getByText(`已保存，${corners + 1} 个拐点`).waitFor()
    const now = await first.get(`/places/${community}/boundary`)
    assert.equal(now.source, 'drawn')
    assert.equal(now.geometry.coordinates[0].length, corners + 2, 'the ring is closed')
    assert.notDeepEqual(now.geometry, had.geometry)
    await look(page, 'g6-kept')
    await page.getByRole('button', { name: '关闭' }).first().click()
    await page.getByRole('button', { name: 'EN', exact: true }).click()
    await page.getByRole('button', { name: 'Boundary' }).click()
    await page.getByText('Drawn', { exact: true }).waitFor()
    await look(page, 'g7-kept-en')
  })
})

const id = (page) => page.url().split('/').pop().split('?')[0]
const sum = (parts) => Object.values(parts).reduce((n, doors) => n + doors, 0)

// units lists each micro-grid of a community with its doors.
async function units(api, community) {
  const all = await api.all(`/places?under=${community}&kind=microgrid`)
  return Object.fromEntries(all.map((p) => [p.id, p.doors]))
}

// putable finds a stairwell that its nearest neighbour can take: not every part stays whole without one.
async function putable(api, community, plan) {
  const parts = plan.division.parts
  for (const from of parts.filter((p) => p.units.length > 1)) {
    const near = parts.filter((p) => p.frame === from.frame && p.id !== from.id).sort((a, b) => Math.hypot(a.lng - from.lng, a.lat - from.lat) - Math.hypot(b.lng - from.lng, b.lat - from.lat))
    for (const unit of from.units) {
      for (const to of near.slice(0, 3)) {
        const { status } = await api.call('POST', `/places/${community}/divide`, { households: plan.division.households, from: plan.plan, put: [{ unit, part: to.id }] })
        if (status < 300) return { name: from.name || plan.made.find((m) => m.place_id === from.id).name, unit, to: to.id }
      }
    }
  }
  assert.fail('no stairwell can be put elsewhere')
}
