// A demonstration in which every page has something to show: an incident in
// force, a draft, a plan, a division of a community, a code at a house, a drill.
import { activate, enter } from '../lib/api.mjs'
import { Server } from '../lib/server.mjs'

/** scene serves it over TLS, as it is used, with this machine's own certificate. */
export async function scene() {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0' // that certificate, on 127.0.0.1 alone
  const server = await Server.create('--https')
  const url = server.url
  const it = { server, url, lead: await enter(url, 'lead') }
  const officer = await enter(url, 'commander')
  const worker = await enter(url, 'community')
  const house = (await it.lead.get(`/places/${it.lead.card.place_id}/children`)).items[0]
  await worker.post(`/places/${house.id}/qr`)
  it.code = (await worker.get(`/places/${house.id}/qr?kinds=building`)).items[0].path
  const buildings = (await officer.get(`/places?under=${worker.card.place_id}&kind=building`)).items
  it.incident = await activate(url, { zone: 'control', placeIds: buildings.slice(0, 6).map((b) => b.id), title: '长塘里初筛阳性' })
  const pack = (await it.lead.get('/field/pack')).microgrids.find((m) => m.round)
  Object.assign(it, { officer, worker, house, pack })
  return it
}
