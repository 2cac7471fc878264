// An objection lifts a measure: a resident without account or script says why, whoever
// ordered the measure cannot decide, somebody else lifts it, and the page says so.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { activate, enter } from '../lib/api.mjs'
import { look } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

describe('an objection', () => {
  const it = world()

  it.journey('lifts a measure, decided by somebody else', async (step) => {
    const reader = await enter(it.url, 'commander', 0)
    const house = (await reader.get('/places?kind=building&limit=1')).items[0]
    await activate(it.url, { zone: 'lockdown', placeIds: [house.id], title: '复核一份阳性' })

    step('a resident reads what holds at the house, and objects')
    const resident = await it.browser.plain({ javaScriptEnabled: false })
    await resident.goto('/r/demo?lang=zh')
    await resident.getByText('封控区').first().waitFor()
    await resident.getByRole('link', { name: '我不同意，要申诉' }).first().click()
    const seer = await it.browser.plain()
    await seer.goto(resident.url())
    await look(seer, 'ob0-form')
    await resident.getByLabel('为什么不同意？').fill('整栋楼复核都转阴了')
    await resident.getByRole('button', { name: '提交申诉' }).click()
    await resident.getByText('哪项措施').waitFor()
    const mine = resident.url()
    const id = new URL(mine).pathname.split('/')[2]

    step('whoever ordered it sees it and cannot decide')
    const author = await it.browser.asRole('commander', { n: 0, path: `/console/cases/${id}` })
    await author.getByText('这项措施是您定的').waitFor()
    assert.equal(await author.getByRole('button', { name: '解除这项措施' }).count(), 0)

    step('somebody else lifts it, with a reason')
    const other = await it.browser.asRole('commander', { n: 1, path: `/console/cases/${id}` })
    await other.getByText('整栋楼复核都转阴了').first().waitFor()
    await other.getByRole('button', { name: '解除这项措施' }).click()
    await look(other, 'ob1-decide')
    await other.getByLabel('理由（给居民看）').fill('复核转阴，当场解除')
    await other.locator('.objection form').getByRole('button', { name: '解除这项措施' }).click()
    await other.getByText('解除措施').first().waitFor()

    step('the resident reads it, and the house is free')
    await resident.goto(mine)
    await resident.getByText('决定：解除这项措施').waitFor()
    await resident.getByText('复核转阴，当场解除').waitFor()
    await seer.goto(mine)
    await look(seer, 'ob2-decided')
    await resident.goto('/r/demo?lang=zh')
    assert.equal(await resident.getByText('封控区').count(), 0)
    await resident.goto(mine)
    await resident.getByRole('button', { name: '办好了，满意' }).click()
    await resident.getByText('谢谢，已办结。').waitFor()
  })
})
