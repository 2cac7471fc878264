// What has to be there before some pictures can be taken: a code at a
// door, facts for the release clocks, a change to a playbook, a drill that was run.
import { enter } from '../../test/e2e/lib/api.mjs'

/** door hangs a code at a house and returns the page's path; the demonstration's own card says whom to call. */
export async function door(community, building) {
  await community.post(`/places/${building.id}/qr`, { kinds: ['building'] })
  const [code] = (await community.get(`/places/${building.id}/qr?kinds=building`)).items
  return code.path
}

/** rehearse runs the first hour of a playbook at a community as fast as it goes and returns the drill's id. */
export async function rehearse(world) {
  const officer = await enter(world.url, 'commander')
  const [place] = (await officer.get(`/places?under=${officer.card.place_id}&kind=community`)).items
  const { id } = await officer.post('/drills', { playbook: 'epidemic', place_code: place.code, speed: 0, seed: 1 })
  for (const from = Date.now(); Date.now() - from < 120_000;) {
    const drill = await officer.get(`/drills/${id}`)
    if (drill.state !== 'running') return id
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error('the drill did not come to its end')
}

/** facts records what release clocks ask for at the first places of their list, each with its source. */
export async function facts(world, incident) {
  const officer = await enter(world.url, 'commander')
  const due = (await officer.get(`/incidents/${incident.id}/clocks`)).items
  for (const [i, days] of [3, 9, 6, 12, 1].entries()) {
    const at = new Date(Date.now() - days * 864e5).toISOString()
    await officer.post(`/incidents/${incident.id}/facts`, { name: 'last-positive', place_id: due[i].place_id, at, source: `区疾控第 ${9 + i} 号通报` })
  }
}

/** rules writes a change of each kind on a community's page of a playbook. */
export async function rules(page) {
  const field = page.locator('textarea').first()
  await field.waitFor()
  await field.fill(`overrides: epidemic
because: 高层六栋没有电梯
set:
  posts.volunteer.count: {to: 3, because: 两处出口}
  rounds.sweep.due: PT36H
  zones.lockdown.stay-at-home.longest: P7D
off: {goods.protection: 社区自备}
`)
  await page.waitForTimeout(800)
}
