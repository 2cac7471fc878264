// A case that no one answers climbs by itself: a resident asks, the desk is silent, the
// hours pass, and the case stands before the desk above without anybody's doing; both
// desks are told. The server is the twin whose clock a test may put ahead.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { eventually, look } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

describe('silence', () => {
  const it = world({ timed: true })

  it.journey('a case no one answers climbs by itself', async (step) => {
    step('a resident asks, without an account and without script')
    const resident = await it.browser.plain({ javaScriptEnabled: false })
    await resident.goto('/r/demo?at=door&lang=zh')
    await resident.getByRole('link', { name: /^要帮忙/ }).click()
    await resident.getByRole('button', { name: /要人帮忙/ }).click()
    const number = (await resident.locator('.next b').innerText()).replace(/\s/g, '')
    const spoken = `${number.slice(0, 2)} ${number.slice(2, 6)} ${number.slice(6)}`
    const mine = resident.url()
    const first = await enter(it.url, 'community')
    const opened = (await first.get('/cases')).items.find((c) => c.number === number)
    assert.equal(opened.stage, 'waiting')
    assert.equal(opened.level, 0)
    assert.equal(opened.desk.role, 'community', 'it lies at the community’s desk')

    step('nobody takes it: when the time is over it climbs by itself')
    await it.server.pass((Date.parse(opened.next) - it.server.now().getTime()) / 1000 + 1)
    const above = await enter(it.url, 'commander')
    await eventually('it climbed', async () => (await above.get(`/cases/${opened.id}`)).level > 0, 30_000)
    const one = await above.get(`/cases/${opened.id}`)
    assert.equal(one.above.role, 'commander')
    assert.ok(one.steps.some((s) => s.verb === 'climb'), 'the way of the case says so')
    assert.equal(one.desk.role, 'community', 'whose it is stays')

    step('the desk above has it before them, and is told; so is the desk below')
    const command = await it.browser.asRole('commander', { path: '/console/cases' })
    const row = command.locator('.cases button', { hasText: spoken })
    await row.waitFor()
    await row.click()
    await command.locator('.case h2').getByText(spoken).waitFor()
    await look(command, 'u1-above')
    assert.equal((await above.get('/cases')).items.find((c) => c.id === opened.id).for_me, 'climbed', 'it is marked as theirs to look at')
    const desk = await it.browser.asRole('community', { path: `/console/cases/${opened.id}` })
    await desk.getByText(/已告诉 街道指挥部/).waitFor()
    await look(desk, 'u2-below')

    step('the resident reads that it was passed on, in the way of their own page')
    await resident.goto(mine)
    await resident.getByText('已告诉上一级').first().waitFor()
  })
})
