// Who is out of scope sees what somebody sees who asks for a thing that does not
// exist: the same answer from the API, and a page without a single name.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { activate, enter, inDays, token } from '../lib/api.mjs'
import { desk, look } from '../lib/browser.mjs'
import { refusal, stair } from '../lib/screen.mjs'
import { world } from '../lib/world.mjs'

// An id of the right shape that no place has.
const absentId = 'zzzzzz'

describe('refusal out of scope', () => {
  const it = world()

  it.journey('a resident and the lead of another place learn nothing, not even that it is there', async (step) => {
    const officer = await enter(it.url, 'commander')
    const worker = await enter(it.url, 'community')
    const resident = await enter(it.url, 'resident')
    const lead = await enter(it.url, 'lead')
    const grids = await officer.all(`/places?under=${officer.card.place_id}&kind=microgrid`)
    const other = grids.find((g) => g.id !== lead.card.place_id)
    const building = (await officer.get(`/places/${lead.card.place_id}/children`)).items[0]
    const board = await worker.get(`/places/${building.id}/board`)
    const door = board.floors.flatMap((f) => f.cells).find((c) => c.people > 0 && c.door_id !== resident.card.place_id).door_id
    const neighbour = (await worker.get(`/residents?under=${door}`)).items[0]
    const stranger = await token(it.url, 'lead', other.code)

    step('the answers of the API')
    await activate(it.url, { placeIds: [building.id], title: '他处的事' })
    const round = (await lead.get('/field/pack')).microgrids.find((m) => m.round).round.id
    const ask = {
      resident: [resident, [`/residents?under=ID`, `/places/ID/board`, `/places/ID/map`, `/field/doors/ID`, `/overview?place_id=ID`, `/posts?under=ID`], other.id],
      'lead of another place': [stranger, [`/places/ID`, `/places/ID/board`, `/residents?under=ID`, `/field/doors/ID`, `/rounds/${round}/targets?under=ID`, `/overview?place_id=ID`, `/log?place_id=ID`], building.id],
    }
    for (const [who, [api, paths, hiddenId]] of Object.entries(ask)) {
      for (const path of paths) {
        const hidden = await api.call('GET', path.replace('ID', hiddenId))
        const absent = await api.call('GET', path.replace('ID', absentId))
        assert.ok(hidden.status === 403 || hidden.status === 404, `${who} ${path} answered ${hidden.status}`)
        assert.deepEqual(hidden, absent, `${who} ${path}: hidden and absent answer alike`)
        assert.match(hidden.data.code, /^SW-\d{4}$/)
        assert.ok(!JSON.stringify(hidden.data).includes(building.name), 'and name nothing')
      }
    }
    for (const api of [resident, stranger]) {
      assert.deepEqual(await api.call('GET', `/residents/${neighbour.id}`), await api.call('GET', `/residents/${'0'.repeat(neighbour.id.length)}`), 'a person')
      assert.deepEqual(await api.call('POST', `/rounds/${round}/targets/${door}/record`, { outcome: 'at-home' }), await api.call('POST', `/rounds/${round}/targets/${absentId}/record`, { outcome: 'at-home' }), 'a record')
    }
    assert.equal((await worker.get(`/rounds/${round}/targets?under=${building.id}&state=done`)).total, 0, 'nothing was written')

    step('what the resident sees')
    const home = await it.browser.asRole('resident')
    await home.getByRole('heading', { name: '本楼今天' }).waitFor()
    await home.getByText('请留在家里', { exact: false }).waitFor()
    await look(home, 'r1-resident')
    await home.setViewportSize(desk)
    const said = await alike(home, (id) => `/console/buildings/${id}`, other.id)
    assert.ok(!said.includes(other.name), 'the page does not name the place')
    await look(home, 'r2-resident-refused')

    step('what the lead of another place sees')
    const phone = await it.browser.withToken(stranger.token, '/m')
    await phone.locator('h1').waitFor()
    assert.notEqual((await stair.name(phone).innerText()).trim(), '')
    await look(phone, 'r3-other-lead')
    const told = await alike(phone, (id) => `/m/doors/${id}`, door)
    assert.ok(!told.includes(neighbour.name.slice(0, 1) + '*') && !told.includes(building.name), 'nobody is named')
    await look(phone, 'r4-lead-refused')

    step('a desk of another place, in English')
    const figures = await it.browser.asRole('inspector')
    await figures.getByRole('button', { name: 'EN', exact: true }).click()
    await figures.goto('/console/register')
    await refusal(figures).waitFor()
    await look(figures, 'r5-inspector-en')
    assert.ok(!(await figures.locator('main').innerText()).includes(neighbour.name))
  })

  it.journey('a resident cannot start an emergency, an author cannot apply', async (step) => {
    step('the resident')
    const resident = await enter(it.url, 'resident')
    const officer = await enter(it.url, 'commander')
    const before = (await officer.get('/incidents')).items.length
    const refused = await resident.call('POST', '/incidents', { title: '试试', playbook: 'epidemic', place_id: resident.card.place_id })
    assert.ok(refused.status === 403 || refused.status === 404, `answered ${refused.status}`)
    assert.match(refused.data.code, /^SW-\d{4}$/)
    assert.equal((await officer.get('/incidents')).items.length, before, 'nothing changed')

    step('the author')
    const [building] = await officer.all(`/places?under=${officer.card.place_id}&kind=building&q=${encodeURIComponent('桂语园5')}`)
    const incident = await officer.post('/incidents', { title: '越权试验', playbook: 'epidemic', place_id: officer.card.place_id })
    await officer.post(`/incidents/${incident.id}/zones`, { zone: 'control', place_ids: [building.id], basis: '演示', until: inDays(7) })
    const plan = await officer.post(`/incidents/${incident.id}/plan`)
    const own = await officer.call('POST', `/incidents/${incident.id}/apply`, { plan: plan.plan })
    assert.equal(own.data.code, 'SW-1502')
    assert.equal((await officer.get(`/incidents/${incident.id}`)).state, 'draft', 'nothing changed')
  })
})

// alike opens the page of a hidden and of an absent thing and returns what both say.
async function alike(page, path, hidden) {
  const said = []
  for (const id of [absentId, hidden]) {
    await page.goto(path(id))
    await refusal(page).waitFor()
    said.push((await page.locator('main').innerText()).replaceAll(id, 'ID').trim())
  }
  assert.equal(said[1], said[0], 'the pages of hidden and absent are one')
  assert.match(said[0], /SW-\d{4}/, 'and carry a code')
  return said[1]
}
