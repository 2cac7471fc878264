// A demonstration in which every page has something to show: an incident in
// force, a draft, a plan, a division of a community, a code at a house, a drill.
import { activate, enter, inDays } from '../lib/api.mjs'
import { Server } from '../lib/server.mjs'

/** scene serves it over TLS, as it is used, with this machine's own certificate. */
export async function scene() {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0' // that certificate, on 127.0.0.1 alone
  const server = await Server.create('--https')
  const url = server.url
  const it = { server, url }
  const officer = await enter(url, 'commander')
  const worker = await enter(url, 'community')
  const buildings = (await officer.get(`/places?under=${worker.card.place_id}&kind=building`)).items
  it.incident = await activate(url, { zone: 'control', placeIds: buildings.slice(0, 6).map((b) => b.id), title: '长塘里初筛阳性' })
  it.lead = await enter(url, 'lead') // posts are filled by then: who walks these stairs stays the same
  const house = (await it.lead.get(`/places/${it.lead.card.place_id}/children`)).items[0]
  await worker.post(`/places/${house.id}/qr`)
  it.code = (await worker.get(`/places/${house.id}/qr?kinds=building`)).items[0].path
  const pack = (await it.lead.get('/field/pack')).microgrids.find((m) => m.round)
  const unit = pack.units.find((u) => u.floors.some((f) => f.cells.some((c) => c.door_id)))
  Object.assign(it, { house, pack, community: worker.card.place_id, unit: unit.id, door: unit.floors.flatMap((f) => f.cells).find((c) => c.door_id).door_id })
  const draft = await officer.post('/incidents', { title: '另一处的草案', playbook: 'epidemic', place_id: officer.card.place_id })
  await officer.post(`/incidents/${draft.id}/zones`, { zone: 'precaution', place_ids: [buildings[8].id], basis: '传染病防治法第四十一条 · 演示', until: inDays(7) })
  it.draft = draft.id
  it.plan = (await officer.post(`/incidents/${draft.id}/plan`)).plan
  it.divided = (await worker.post(`/places/${worker.card.place_id}/divide`, { households: 80, split_stairwells: false, fresh: true })).plan
  it.drill = await rehearsed(officer)
  await people(it, worker)
  return it
}

/** people gives the pages of helpers something to show: a call, a week of shifts, a session, hours and their certificate. */
async function people(it, worker) {
  const { id: me } = await it.lead.get('/me/helper')
  const at = `/places/${it.community}`
  const hours = (n) => new Date(Date.now() + n * 36e5).toISOString()
  it.me = me
  it.call = (await worker.post(`${at}/calls`, { title: { zh: '今晚搬物资', en: 'Carrying goods tonight' }, text: { zh: '八点，社区门口。', en: 'At eight, at the gate.' }, kinds: ['volunteer'], until: hours(6) })).id
  const roster = await worker.post(`${at}/rosters`, { from: inDays(1), days: 3, items: ['day-patrol'], seed: 1 })
  await worker.post(`/rosters/${roster.id}/publish`)
  const [open] = (await worker.get(`${at}/roster?from=${inDays(1)}&days=3`)).shifts
  await worker.post(`/shifts/${open.id}/assign`, { helper_id: me, reason: '人手紧' })
  const trainer = (await worker.get('/helpers?trained=protective-basic&limit=50')).items.find((h) => h.id !== me)
  const lesson = await worker.post(`${at}/trainings`, { course: 'protective', step: 'lesson', trainer_id: trainer.id, from: hours(24), until: hours(26), places: 12 })
  await worker.post(`/trainings/${lesson.id}/invite`, { helper_ids: [me] })
  await worker.post(`/helpers/${me}/services`, { title: { zh: '门岗', en: 'Gate' }, from: hours(-30), until: hours(-26), reason: '补记' })
  const paper = await worker.post(`/helpers/${me}/certificates`, { from: inDays(-9), until: inDays(0) })
  await worker.post(`${at}/qr`, { kinds: ['community'] })
  it.join = (await worker.get(`${at}/qr?kinds=community`)).items[0].path.replace('/r/', '/join/')
  Object.assign(it, { certificate: paper.id, proof: paper.path })
}

/** rehearsed runs a drill to its end, as fast as it goes. */
async function rehearsed(officer) {
  const [place] = (await officer.get(`/places?under=${officer.card.place_id}&kind=community`)).items
  const { id } = await officer.post('/drills', { playbook: 'epidemic', place_code: place.code, speed: 0, seed: 1 })
  for (const from = Date.now(); Date.now() - from < 180_000; await new Promise((done) => setTimeout(done, 300))) {
    if ((await officer.get(`/drills/${id}`)).state !== 'running') return id
  }
  throw new Error('the drill did not come to its end')
}
