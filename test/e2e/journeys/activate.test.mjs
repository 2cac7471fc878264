// An officer declares, zones and plans in the wizard; a second one applies in
// another window; both see it live, and the numbers are the ones the API lists.
import { describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { enter, inDays } from '../lib/api.mjs'
import { axe, eventually, number } from '../lib/browser.mjs'
import { apply, confirm, emergency, figure, normal, startLink, wizard } from '../lib/screen.mjs'
import { world } from '../lib/world.mjs'

describe('activate and see it live in two windows', () => {
  const it = world()

  test('from normal mode to an incident in force', { timeout: 240_000 }, async () => {
    const officer = await it.browser.asRole('commander', { n: 0 })
    const second = await it.browser.asRole('commander', { n: 1 })
    const api = await enter(it.url, 'commander', 0)

    await normal(officer).waitFor()
    await normal(second).waitFor()
    await axe(officer, 'console-normal')

    // The author's side: template, area, checks and plan.
    await startLink(officer).click()
    await wizard.playbook(officer, 'epidemic').click()
    await wizard.title(officer).fill('长塘里疫情处置')
    await axe(officer, 'wizard-template')
    await wizard.next(officer).click()

    const buildings = (await api.all(`/places?under=${api.card.place_id}&kind=building`)).slice(0, 3)
    assert.equal(buildings.length, 3, 'the demo community has at least three buildings')
    await wizard.zone(officer, 'lockdown').click()
    await wizard.basis(officer).fill('传染病防治法 · 区指令 7 号')
    await wizard.until(officer).fill(inDays(14))
    for (const b of buildings) {
      await wizard.find(officer).fill(b.name)
      await wizard.place(officer, b.id).click()
    }
    const doors = buildings.reduce((sum, b) => sum + b.doors, 0)
    await eventually('the totals follow the choice', async () => await number(wizard.totalDoors(officer)) === doors)
    await axe(officer, 'wizard-area')
    await wizard.next(officer).click()

    await wizard.plan(officer).waitFor()
    await wizard.gaps(officer).waitFor()
    assert.ok(await apply(officer).isDisabled(), 'the author may not apply')
    await wizard.whyNot(officer).waitFor()
    await axe(officer, 'wizard-plan')
    const needed = await number(wizard.needed(officer))
    assert.equal(needed % 6, 0, 'every micro-grid part gets a 1221 team of six')
    await wizard.submit(officer).click()

    // The second officer's window hears of it without a reload.
    const [incident] = (await api.get('/incidents?open=true')).items
    await second.goto(`/console/incidents/${incident.id}`)
    await apply(second).click()
    await confirm(second).click()

    // Neither window is reloaded: the band at the top changes by itself.
    for (const page of [officer, second]) await emergency(page).waitFor()
    for (const page of [officer, second]) await page.goto('/console')
    await axe(officer, 'console-situation')

    // What the wall counts is what the list holds.
    const posts = await api.all(`/posts?incident_id=${incident.id}&state=empty`)
    await eventually('empty posts on screen equal the list', async () => await number(figure(officer, 'empty-posts')) === posts.length)

    // A third hand records at a door: both windows count down by themselves.
    const before = await number(figure(officer, 'missing'))
    const [round] = (await api.get(`/rounds?incident_id=${incident.id}`)).items
    const [target] = (await api.get(`/rounds/${round.id}/targets?state=missing`)).items
    const lead = await enter(it.url, 'community', 0)
    await lead.post(`/rounds/${round.id}/targets/${target.place_id}/record`, { outcome: 'at-home', base_version: target.version })
    for (const page of [officer, second]) {
      await eventually('the figure follows live', async () => await number(figure(page, 'missing')) === before - 1)
      assert.deepEqual(page.thrown, [])
    }
  })
})
