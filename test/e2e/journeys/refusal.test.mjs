// Who is out of scope sees what somebody sees who asks for a thing that does not
// exist: the same answer from the API, and a page without a single name.
import { describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { enter, inDays } from '../lib/api.mjs'
import { axe } from '../lib/browser.mjs'
import { notFound } from '../lib/screen.mjs'
import { world } from '../lib/world.mjs'

describe('refusal out of scope', () => {
  const it = world()

  test('a lead does not see the neighbours of another micro-grid', { timeout: 120_000 }, async () => {
    const officer = await enter(it.url, 'commander')
    const lead = await enter(it.url, 'lead')
    const grids = await officer.all(`/places?under=${officer.card.place_id}&kind=microgrid`)
    const other = grids.find((g) => g.id !== lead.card.place_id)
    assert.ok(other, 'there is another micro-grid')

    for (const path of [`/places/${other.id}/board`, `/residents?under=${other.id}`]) {
      const hidden = await lead.call('GET', path)
      const absent = await lead.call('GET', path.replace(other.id, 'zzzzzz'))
      assert.equal(hidden.status, 404, path)
      assert.equal(absent.status, 404, path)
      assert.deepEqual({ ...hidden.data, where: '', operation: '' }, { ...absent.data, where: '', operation: '' }, `${path}: hidden and absent answer alike`)
    }

    const page = await it.browser.asRole('lead', { path: `/console/places/${other.id}` })
    await notFound(page).waitFor()
    assert.ok(!(await page.locator('body').innerText()).includes(other.name), 'the page does not even name the place')
    await axe(page, 'refused')
    assert.deepEqual(page.thrown, [])
  })

  test('a resident cannot start an emergency, an author cannot apply', { timeout: 120_000 }, async () => {
    const resident = await enter(it.url, 'resident')
    const refused = await resident.call('POST', '/incidents', { title: '试试', playbook: 'epidemic', place_id: resident.card.place_id })
    assert.ok(refused.status === 403 || refused.status === 404, `answered ${refused.status}`)
    assert.match(refused.data.code, /^SW-\d{4}$/)

    const officer = await enter(it.url, 'commander')
    const [building] = await officer.all(`/places?under=${officer.card.place_id}&kind=building`)
    const incident = await officer.post('/incidents', { title: '越权试验', playbook: 'epidemic', place_id: officer.card.place_id })
    await officer.post(`/incidents/${incident.id}/zones`, { zone: 'control', place_ids: [building.id], basis: '演示', until: inDays(7) })
    const plan = await officer.post(`/incidents/${incident.id}/plan`)
    const own = await officer.call('POST', `/incidents/${incident.id}/apply`, { plan: plan.plan })
    assert.equal(own.data.code, 'SW-1502')
    const mode = await officer.get(`/overview?place_id=${officer.card.place_id}`)
    assert.equal(mode.mode.kind, 'normal', 'nothing changed')
  })
})
