// Every page of the console in English: nothing Chinese outside of names, no text
// that its box cuts off, nothing to scroll sideways.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { activate, enter, inDays } from '../lib/api.mjs'
import { chinese, cut, names, speak } from '../lib/tongue.mjs'
import { world } from '../lib/world.mjs'

describe('the console in English', () => {
  const it = world()

  it.journey('every page is said in English and fits', async (step) => {
    step('an incident in force, a draft of another playbook, a door that needs help')
    const worker = await enter(it.url, 'community')
    const commander = await enter(it.url, 'commander')
    const community = worker.card.place_id
    const houses = (await worker.get(`/places?under=${community}&kind=building&limit=200`)).items.filter((h) => h.doors)
    const incident = await activate(it.url, { zone: 'control', placeIds: [houses[0].id], title: 'Positive screening' })
    const draft = await commander.post('/incidents', { title: 'Smoke on a landing', playbook: 'fire', place_id: commander.card.place_id })
    for (const [n, zone] of ['scene', 'nearby', 'shelter', 'return'].entries()) {
      await commander.post(`/incidents/${draft.id}/zones`, { zone, place_ids: [houses[n + 1].id], basis: 'Fire Protection Law, art. 44', until: inDays(1) })
    }
    const plan = await commander.post(`/incidents/${draft.id}/plan`)
    const grid = (await worker.get(`/places?under=${community}&kind=microgrid&limit=1`)).items[0]
    const helper = (await worker.get('/helpers?limit=1')).items[0]

    const walks = {
      commander: ['', '/activate', `/activate/${draft.id}`, `/plans/${plan.plan}`, '/incidents', `/incidents/${incident}`, '/calls', '/leads', '/posts', '/teams', '/targets', '/drills', '/playbooks?id=heat-cold'],
      community: ['/places', `/ground/divide/${community}`, `/buildings/${houses[0].id}`, '/register', '/import', '/helpers', `/helpers/${helper.id}/service`, '/training', '/roster', `/leads/${grid.id}`],
      admin: ['/accounts'],
    }
    for (const [role, paths] of Object.entries(walks)) {
      const page = await it.browser.asRole(role, { path: '/login' })
      names(page)
      await speak(page, 'en')
      for (const path of paths) {
        step(`${role} ${path}`)
        await page.goto(`/console${path}`)
        await page.locator('main').waitFor()
        await page.waitForLoadState('load')
        await page.waitForTimeout(700)
        assert.deepEqual(await chinese(page), [], `Chinese on the English /console${path}`)
        assert.deepEqual(await cut(page), [], `cut text on /console${path}`)
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `/console${path} scrolls sideways`)
        assert.deepEqual(page.thrown, [], `thrown on /console${path}`)
      }
    }
  })
})
