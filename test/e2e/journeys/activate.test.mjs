// An officer declares, zones and plans in the wizard; a second one applies in
// another window; both see it live, the figures are what their lists hold, and
// the end of the response hands everything back.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { eventually, look, mark, marked, number } from '../lib/browser.mjs'
import { band, emergency, figure, listed, normal, plan, startLink, value, wizard } from '../lib/screen.mjs'
import { world } from '../lib/world.mjs'

describe('activation, seen live in two windows', () => {
  const it = world()

  it.journey('from normal mode to an emergency and back', async (step) => {
    const officer = await it.browser.asRole('commander', { n: 0 })
    const second = await it.browser.asRole('commander', { n: 1 })
    const api = await enter(it.url, 'commander', 1)
    const before = await posts(api)
    assert.ok(before.length, 'there are everyday posts')

    step('normal mode')
    await normal(officer).waitFor()
    await normal(second).waitFor()
    await mark(officer)
    await mark(second)
    await look(officer, 'a1-normal')
    assert.doesNotMatch(await officer.getByRole('region', { name: '事件记录' }).innerText(), /[a-z]+\.[a-z]+/, 'the log speaks in words')

    step('the reason and the playbook')
    await startLink(officer).click()
    await wizard.playbook(officer, /公共卫生/).check()
    await wizard.title(officer).fill('长塘里疫情处置')
    await wizard.statedPeople(officer).fill('4000')
    await wizard.statedSource(officer).fill('区防控办口头通报')
    await look(officer, 'a2-reason')
    await wizard.toArea(officer).click()

    step('lockdown, by pasted addresses')
    await wizard.paste(officer).click()
    await wizard.pasteText(officer).fill('长塘里3号楼\n长塘里99号楼')
    await wizard.pasteFind(officer).click()
    const dialog = plan.dialog(officer)
    await dialog.getByText(/^! 长塘里99号楼 → 没找到/).waitFor()
    await look(officer, 'a3-paste')
    await wizard.pasteTake(officer).click()
    await wizard.markAs(officer, '封控').click()

    step('control and precaution, from the list')
    const houses = (await api.get(`/places/${api.card.place_id}/map`)).features.map((f) => f.properties)
    const inZone = { 封控: named(houses, '长塘里3号楼'), 管控: named(houses, '长塘里4号楼'), 防范: named(houses, '桂语园1号楼') }
    for (const zone of ['管控', '防范']) {
      for (const h of inZone[zone]) {
        await wizard.filter(officer).fill(h.name)
        await wizard.tick(officer, h.name).check()
      }
      await wizard.markAs(officer, zone).click()
    }
    await wizard.filter(officer).fill('')
    for (const [zone, list] of Object.entries(inZone)) {
      assert.ok(list.length, `${zone}: the demo community has such buildings`)
      const sum = (key) => list.reduce((n, h) => n + h[key], 0)
      await eventually(`${zone} counts the doors and people of its buildings`, async () => {
        const cells = (await wizard.row(officer, zone).locator('td.num').allInnerTexts()).map((x) => Number(x.replaceAll(',', '')))
        return cells[0] === sum('doors') && cells[1] === sum('people')
      })
      assert.ok(await wizard.basis(officer, zone).inputValue(), `${zone} names a legal basis`)
    }
    await wizard.saved(officer).waitFor()
    await look(officer, 'a4-area')
    assert.ok(await normal(second).isVisible(), 'a draft binds nobody')

    step('the plan and its gaps')
    await wizard.toPlan(officer).click()
    await officer.waitForURL(/\/console\/plans\//)
    await plan.why(officer).waitFor()
    const made = await api.get(`/plans/${officer.url().split('/').pop()}`)
    assert.equal(made.posts.needed, made.microgrids * 6, 'every micro-grid part gets a 1221 team of six')
    assert.equal(await number(value(officer, '岗位空缺')), made.posts.empty)
    assert.equal(await plan.gaps(officer).count(), Math.min(60, made.gaps.length))
    assert.equal(made.gaps.length, made.posts.empty, 'each empty post is named')
    for (const g of made.gaps) assert.ok(g.reason && g.candidates.length <= 3, `${g.slot} says why`)
    const created = (await figure(officer, '新建').innerText()).match(/[\d,]+/g).map((n) => Number(n.replaceAll(',', '')))
    assert.equal(created[0], created.slice(1).reduce((n, x) => n + x, 0), 'what is created is the sum of its parts')
    await look(officer, 'a5-plan-author')
    assert.ok(await plan.apply(officer).isDisabled(), 'the author may not apply')
    assert.match(await plan.why(officer).innerText(), /第二人|另一/)
    assert.match(await plan.why(officer).innerText(), /可应用/)

    step('the second officer applies')
    const watching = await it.browser.window(second.context())
    await watching.goto('/console')
    await normal(watching).waitFor()
    await mark(watching)
    await second.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '响应' }).click()
    await look(second, 'a6-responses')
    await plan.review(second).click()
    await plan.apply(second).waitFor()
    assert.equal(new URL(second.url()).pathname, new URL(officer.url()).pathname, 'the second officer reads the very plan')
    await mark(officer)
    await look(second, 'a6-plan-second')
    await plan.apply(second).click()
    await look(second, 'a7-confirm')
    await plan.yes(second).click()

    step('every window switches by itself')
    for (const page of [officer, second, watching]) {
      await emergency(page).waitFor()
      assert.ok(await marked(page), 'switched without a reload')
    }
    const [incident] = (await api.get('/incidents?open=true')).items
    assert.equal(incident.state, 'running')
    await look(second, 'a8-incident')
    await eventually('the author sees that it was applied', async () => /已应用/.test(await plan.why(officer).innerText()))

    step('the figures are what their lists hold')
    await watching.locator('.figure').nth(4).waitFor()
    await look(watching, 'a9-situation')
    const overview = await api.get(`/overview?place_id=${api.card.place_id}`)
    const empty = await api.all(`/posts?incident_id=${incident.id}&state=empty`)
    const [round] = (await api.get(`/rounds?incident_id=${incident.id}`)).items
    const missing = await api.all(`/rounds/${round.id}/targets?state=missing`)
    assert.equal(await number(value(watching, '空缺岗位')), empty.length)
    assert.equal(await number(value(watching, '本轮未扫')), missing.length)
    const doors = Object.values(inZone).flat().reduce((n, h) => n + h.doors, 0)
    assert.equal(missing.length, doors, 'every door of the zones is asked')
    assert.equal(await number(value(watching, '区内户数')), doors)
    for (const [word, id] of [['空缺岗位', 'empty_posts'], ['本轮未扫', 'missing'], ['需要帮助', 'help'], ['不愿开或再敲', 'refused']]) {
      const shown = overview.figures.find((f) => f.id === id).value
      await figure(watching, word).click()
      await eventually(`${word} opens a list of ${shown}`, async () => await listedNumber(watching, word) === shown)
      await look(watching, `a10-list-${id}`)
      await watching.goBack()
      await figure(watching, word).waitFor()
    }

    step('a third hand records at a door: the figure follows')
    await mark(watching)
    const worker = await enter(it.url, 'community', 0)
    const [first] = await worker.all(`/rounds/${round.id}/targets?state=missing`) // command's own list names buildings, not doors
    await worker.post(`/rounds/${round.id}/targets/${first.place_id}/record`, { outcome: 'at-home', base_version: first.version })
    await eventually('the figure counts down live', async () => await number(value(watching, '本轮未扫')) === missing.length - 1)
    assert.ok(await marked(watching))

    step('the same in English')
    await watching.getByRole('button', { name: 'EN', exact: true }).click()
    await band(watching).getByText('Emergency').first().waitFor()
    await look(watching, 'a11-situation-en')
    for (const [page, path] of [['incident', `/console/incidents/${incident.id}`], ['plan', `/console/plans/${made.plan}`], ['posts', '/console/posts'], ['area', `/console/activate/${incident.id}`]]) {
      await watching.goto(path)
      await watching.locator('main table tbody tr').first().waitFor()
      await look(watching, `a12-${page}-en`)
    }
    await watching.goto('/console')
    await watching.getByRole('button', { name: '中', exact: true }).click()
    await emergency(watching).waitFor()
    await mark(watching)

    step('demobilization hands back')
    await officer.goto(`/console/incidents/${incident.id}`)
    await mark(second)
    await plan.end(officer).click()
    await plan.dialog(officer).getByText(/将关闭 [\d,]+ 个岗/).waitFor()
    await look(officer, 'a13-end-preview')
    await plan.endYes(officer).click()
    await plan.dialog(officer).getByText(/已解除：关闭/).waitFor()
    await look(officer, 'a14-ended')
    for (const page of [officer, second, watching]) await normal(page).waitFor()
    assert.ok(await marked(watching) && await marked(second), 'both windows came back without a reload')
    assert.equal((await api.get(`/incidents/${incident.id}`)).state, 'ended')
    assert.deepEqual(await posts(api), before, 'the everyday posts are as before')
    await look(watching, 'a15-normal-again')
  })
})

// named returns a building, or its parts when a micro-grid border cuts it.
const named = (houses, name) => houses.filter((h) => h.name.replace(/（.*）$/, '') === name)

async function posts(api) {
  return (await api.all(`/posts?under=${api.card.place_id}&state=all`)).map((p) => [p.place_id, p.item, p.holder?.helper_id ?? ''].join(' ')).sort()
}

// A list states its number above the rows; the list of targets counts the rows of the state asked for.
async function listedNumber(page, word) {
  if (word === '空缺岗位') return number(listed(page))
  await page.locator('main .bar button[aria-checked=true]', { hasText: word === '本轮未扫' ? '还没有结果' : word }).waitFor({ timeout: 2000 })
  return number(page.locator('.panel-head .note').first())
}
