// A missed greeting becomes a door knock: the desk chooses the two who greet somebody
// living alone, the morning passes in silence, the second of the pair is asked, then the
// lead is sent to the door, and what the lead finds there closes the case and stands on
// the board. Nobody waits for the morning: the server is the twin whose clock a test may
// put ahead; each person is signed in anew where hours have passed.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { eventually, look, mark, marked } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

describe('one-to-one care', () => {
  const it = world({ timed: true })

  it.journey('a missed greeting becomes a door knock', async (step) => {
    step('before the hours of greeting the desk chooses a pair')
    await it.server.until('07:00')
    const lead = await enter(it.url, 'lead')
    const board = (api) => api.get(`/places/${lead.card.place_id}/greetings`)
    const api = await enter(it.url, 'community')
    const alone = (await board(api)).without[0]
    assert.ok(alone, 'somebody of the micro-grid lives alone and has no pair')
    const greeters = (await api.get(`/residents/${alone.person_id}/greeters`)).items.filter((g) => !g.lacks)
    const desk = await it.browser.asRole('community', { path: `/console/greetings?place=${lead.card.place_id}` })
    await desk.getByRole('button', { name: `定下两位 ${alone.name}`, exact: true }).first().click()
    const box = desk.getByRole('dialog')
    await box.getByLabel('第一位').selectOption(greeters[0].helper_id)
    await box.getByLabel('第二位').selectOption(greeters[1].helper_id)
    await box.getByLabel(/问过本人/).check()
    await look(desk, 'g1-pair')
    await box.getByRole('button', { name: '保存' }).click()
    const row = desk.locator('.list li', { hasText: alone.place_name }).filter({ hasText: greeters[0].name })
    await row.getByText('还没到时间').waitFor()
    assert.equal((await board(api)).rows.find((r) => r.person_id === alone.person_id).stage, 'soon')

    step('the hours pass in silence: the second of the pair is asked, and told so')
    await it.server.until('10:00')
    const now = await enter(it.url, 'community')
    const stage = async () => (await board(now)).rows.find((r) => r.person_id === alone.person_id).stage
    await eventually('the second is asked', async () => await stage() === 'second', 30_000)
    const command = await enter(it.url, 'commander')
    let told
    await eventually('the second gets a message', async () => {
      told = (await command.get('/outbox')).items.map((m) => JSON.stringify(m)).find((m) => m.includes('请您接上'))
      return told
    }, 30_000)
    assert.ok(!told.includes(alone.name), 'that names nobody')
    const again = await it.browser.asRole('community', { path: `/console/greetings?place=${lead.card.place_id}` })
    const mine = again.locator('.list li', { hasText: alone.place_name }).filter({ hasText: greeters[0].name })
    await mine.getByText('请第二位').waitFor()
    await mark(again)

    step('still silence: somebody is to knock, and the lead reads it on the phone')
    await it.server.until('10:15') // somebody is at the desk: half an hour of nothing would end their session
    await stage()
    await again.evaluate(() => fetch('/api/v1/me'))
    await it.server.until('10:30')
    await eventually('nobody reached them', async () => await stage() === 'missed', 30_000)
    await mine.getByText('没有回音').waitFor()
    assert.ok(await marked(again), 'the board shows it by itself')
    await look(again, 'g2-missed')
    const person = (await board(now)).rows.find((r) => r.person_id === alone.person_id)
    const knock = await now.get(`/cases/${person.case_id}`)
    assert.equal(knock.desk.role, 'lead', 'the knock lies with the lead')
    const door = await it.browser.asRole('lead', { path: '/m/greetings' })
    const card = door.locator('section.late').first()
    await card.getByText('没有回音，请您上门敲一敲').waitFor()
    await look(door, 'g3-knock')

    step('the lead knocks: fine. The case is closed and the board says greeted')
    await card.getByRole('button', { name: '挺好' }).tap()
    await eventually('greeted', async () => await stage() === 'greeted')
    await mine.getByText('已问候').waitFor()
    await mine.getByText(/挺好 · 上门/).waitFor()
    assert.ok(await marked(again), 'without a reload')
    await look(again, 'g4-greeted')
    assert.equal((await now.get(`/cases/${knock.id}`)).stage, 'closed')
  })
})
