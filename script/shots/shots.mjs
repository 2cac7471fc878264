// Takes the pictures of docs/img from a full demonstration: `make shots`, or only
// some of them: `node script/shots/shots.mjs wall divide`. What they show is
// invented; nothing is drawn by hand.
import { phone } from '../../test/e2e/lib/browser.mjs'
import { enter } from '../../test/e2e/lib/api.mjs'
import { Camera, settled } from './camera.mjs'
import { door, facts, rehearse, rules } from './faces.mjs'
import { draft, start, sweep } from './world.mjs'

const house = '长塘里6号楼'
const world = await start()
const camera = await Camera.load(world, process.argv.slice(2))

try {
  await camera.take('front', '', '/')
  await camera.take('demo', '', '/demo')
  await camera.take('normal', 'commander', '/console')
  await camera.take('register', 'community', '/console/register')
  await before()

  const { author, incident } = await draft(world)
  await camera.take('wizard-area', 'commander', `/console/activate/${incident.id}`)
  const plan = await author.post(`/incidents/${incident.id}/plan`)
  await camera.take('wizard-plan', 'commander', `/console/plans/${plan.plan}`, { n: 1 })
  await (await enter(world.url, 'commander', 1)).post(`/incidents/${incident.id}/apply`, { plan: plan.plan })

  await sweep(world, incident.id, house)
  await during(incident)
} finally {
  await camera.close()
  await world.stop()
}
if (camera.bad.length) {
  console.error(camera.bad.join('\n'))
  process.exitCode = 1
}

/** before takes what is done in normal days. */
async function before() {
  if (camera.wants('divide')) {
    const worker = await enter(world.url, 'community')
    const made = await worker.post(`/places/${worker.card.place_id}/divide`, { households: 80, split_stairwells: false, fresh: true })
    await camera.take('divide', 'commander', `/console/ground/${made.plan}`, { act: closer })
  }
  if (camera.wants('drill', 'drill.en')) {
    const drill = await rehearse(world)
    const tall = { size: { width: 1366, height: 1000 } }
    await camera.take('drill', 'commander', `/console/drills?drill=${drill}`, tall)
    await camera.take('drill.en', 'commander', `/console/drills?drill=${drill}`, { ...tall, tongue: 'en' })
  }
  await camera.take('playbook', 'community', '/console/playbooks?id=epidemic', { act: (page) => rules(page) })
}

/** closer makes the map of a plan larger, so that the numbers on its houses can be read. */
async function closer(page) {
  for (let i = 0; i < 3; i++) {
    await page.getByRole('button', { name: '放大' }).first().click()
    await page.waitForTimeout(150)
  }
}

/** during takes what is seen while the incident is in force. */
async function during(incident) {
  await camera.take('situation', 'commander', '/console')
  await camera.take('situation.en', 'commander', '/console', { tongue: 'en' })
  const hall = { size: { width: 3840, height: 2160 }, scale: 0.4 }
  await camera.take('wall', 'commander', '/wall', hall)
  await camera.take('wall.en', 'commander', '/wall', { ...hall, tongue: 'en' })

  const community = await enter(world.url, 'community')
  const [building] = await community.all(`/places?under=${community.card.place_id}&kind=building&q=${encodeURIComponent(house)}`)
  await camera.take('building', 'community', `/console/buildings/${building.id}`)
  const foremost = (await community.get('/cases?limit=1')).items[0]
  await camera.take('cases', 'community', `/console/cases/${foremost.id}`)
  await camera.take('cases.en', 'community', `/console/cases/${foremost.id}`, { tongue: 'en' })
  if (camera.wants('clocks')) await facts(world, incident)
  await camera.take('clocks', 'commander', `/console/incidents/${incident.id}`, { size: { width: 1366, height: 1150 } })

  if (camera.wants('resident', 'resident.en', 'resident-large', 'ask', 'ask.en')) {
    const code = await door(community, building)
    const reader = { size: { width: 360, height: 720 }, scale: 2, script: false }
    await camera.take('resident', '', code, reader)
    await camera.take('resident.en', '', `${code}?lang=en`, reader)
    await camera.take('resident-large', '', `${code}?big=1`, reader)
    await camera.take('ask', '', `${code}/need`, reader)
    await camera.take('ask.en', '', `${code}/need?lang=en`, reader)
  }
  const [round] = (await community.get(`/rounds?incident_id=${incident.id}`)).items
  const [unit] = (await community.get(`/places/${building.id}/children`)).items
  const sheet = { size: { width: 900, height: 1200 } }
  await camera.take('print-sweep', 'community', `/print/sweep/${round.id}?place=${unit.id}&lang=zh`, sheet)
  await camera.take('print-sweep.en', 'community', `/print/sweep/${round.id}?place=${unit.id}&lang=en`, sheet)

  await camera.take('stairs', 'lead', '/m', { size: phone, act: walk })
  await camera.take('stairs.en', 'lead', '/m', { size: phone, tongue: 'en', act: (page) => camera.wants('stairs') ? page.waitForTimeout(1) : walk(page) })
  await camera.take('stairs-large', 'lead', '/m', { size: phone, looks: 'light large' })
}

/** walk goes up the stairs as a lead would: a tap a door, and one that needs medicine. */
async function walk(page) {
  const todo = page.locator('button.cell.todo')
  for (let i = 0; i < 3 && await todo.count(); i++) {
    await todo.last().click()
    await page.waitForTimeout(200)
  }
  await page.locator('button.cell.ok').last().click()
  await page.locator('.eight button').first().click()
  await settled(page)
}
