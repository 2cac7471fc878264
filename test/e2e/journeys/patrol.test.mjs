// A lead walks the shared ground where there is no signal: what was tapped stays on the
// phone, and arrives once when the network is back, with the case that a finding opens.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { eventually, look } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

describe('a patrol without a signal', () => {
  const it = world()

  it.journey('arrives when the network returns, with its case', async (step) => {
    step('the community declares two points on the ground of the lead')
    const worker = await enter(it.url, 'community')
    const scout = await enter(it.url, 'lead')
    const point = (name, order) => worker.post('/points', { place_id: scout.card.place_id, item: 'patrol', name, look: '看一眼', order, minutes: 1440, from: '00:00', until: '24:00' })
    const fine = await point('北门岗亭', 80)
    const bad = await point('自行车棚', 81)
    const at = async (p) => (await worker.get('/points')).points.find((x) => x.id === p.id)

    step('the phone has the points, then the network goes')
    const page = await it.browser.asRole('lead', { path: '/m/patrol' })
    const row = (p) => page.locator('li', { hasText: p.name })
    await row(bad).waitFor()
    await page.context().setOffline(true)

    step('one is in order, at the other something is broken')
    await row(fine).getByRole('button', { name: '正常' }).tap()
    await row(fine).locator('.state', { hasText: '正常' }).waitFor()
    await row(bad).getByRole('button', { name: '有情况' }).tap()
    const sheet = page.getByRole('dialog')
    assert.ok(await sheet.getByRole('button', { name: '保存' }).isDisabled(), 'nothing is saved before something is chosen')
    assert.equal(await sheet.getByRole('radio', { name: /已出区/ }).count(), 0, 'what the system alone writes down is not offered')
    await sheet.getByRole('radio', { name: '坏了要修' }).tap()
    await sheet.getByLabel('补一句').fill('顶棚缺一块，雨漏在车上')
    await look(page, 'w1-finding')
    await sheet.getByRole('button', { name: '保存' }).tap()
    await row(bad).locator('.state', { hasText: '坏了要修' }).waitFor()
    await page.getByText('已存 2 条').waitFor()
    await look(page, 'w2-offline')
    assert.deepEqual([(await at(fine)).state, (await at(bad)).state], ['todo', 'todo'], 'nothing arrived yet')

    step('the network is back: both arrive, once, and the finding is a case')
    await page.context().setOffline(false)
    await eventually('both arrived', async () => (await at(fine)).state === 'ok' && (await at(bad)).state === 'help')
    await eventually('the phone keeps nothing', async () => await page.getByText(/已存 \d+ 条|正在发送/).count() === 0)
    const { number, case_id: id } = await at(bad)
    assert.match(number, /^\d{9}$/)
    const spoken = `${number.slice(0, 2)} ${number.slice(2, 6)} ${number.slice(6)}`
    await row(bad).getByRole('link', { name: `已开办件 ${spoken}` }).waitFor()
    await look(page, 'w3-arrived')
    const one = await worker.get(`/cases/${id}`)
    assert.deepEqual([one.origin, one.item, one.steps.length], ['round', 'repair', 1])
    assert.equal((await worker.get('/cases?limit=400')).items.filter((k) => k.origin === 'round' && k.place_id === scout.card.place_id).length, 1, 'one case')

    step('the desk reads it beside the point')
    const desk = await it.browser.asRole('community', { path: '/console/patrol' })
    await desk.locator('li', { hasText: bad.name }).getByRole('link', { name: /^看办件/ }).click()
    await desk.getByText('顶棚缺一块，雨漏在车上').first().waitFor()
  })
})
