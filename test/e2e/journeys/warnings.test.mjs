// A rule of warnings from its first words to its answer: a wrong name is told, the
// try-out keeps nothing, saved it warns by itself, one tap answers and it is gone.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { look, phone } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

describe('what the records show to be worth a look', () => {
  const it = world()

  it.journey('a rule is tried, saved, raises, is tapped and gone', async (step) => {
    const api = await enter(it.url, 'community')
    const one = await api.post('/cases', { item: 'ask', place_id: api.card.place_id, words: '楼道灯坏了', origin: 'desk' })

    step('a rule with a name that does not exist')
    const desk = await it.browser.asRole('community', { path: '/console/warnings' })
    await desk.getByRole('heading', { name: '今日提醒' }).waitFor()
    await desk.getByRole('button', { name: '新增规则' }).click()
    const box = desk.getByRole('dialog')
    await box.getByLabel('编号').fill('nobody-yet')
    await box.getByLabel('名称（中文）').fill('还没人接')
    await box.getByLabel('名称（英文）').fill('Nobody has it')
    await box.getByLabel('理由（中文）').fill('登记后 {hours_silent} 小时没人接')
    await box.getByLabel('理由（英文）').fill('{hours_silent} hours and nobody has it')
    await box.getByLabel('依据（中文）').fill('办件的经过')
    await box.getByLabel('依据（英文）').fill('Steps of the case')
    await box.getByLabel('条件').fill('case.colour == "red"')
    await box.getByLabel('为什么改').fill('新登记的要早点有人看')
    await box.getByRole('button', { name: '保存并启用' }).click()
    await box.getByText(/SW-2500/).waitFor()

    step('tried on today’s records, which keeps nothing')
    await box.getByLabel('条件').fill('!case.taken && case.stage == "waiting"')
    await box.getByRole('button', { name: '用今天的台账试一试' }).click()
    await box.getByText('登记后 0 小时没人接').first().waitFor()
    assert.ok(!(await api.get('/warnings')).items.some((w) => w.rule === 'nobody-yet'))
    await look(desk, 'w1-tried')

    step('saved, it warns by itself')
    await box.getByRole('button', { name: '保存并启用' }).click()
    await desk.getByText('已保存，马上按新规则算。').waitFor()
    const group = desk.getByRole('region', { name: '还没人接', exact: true })
    const row = group.locator('li', { hasText: `${one.number.slice(0, 2)} ${one.number.slice(2, 6)}` })
    await row.waitFor({ timeout: 60_000 })
    await look(desk, 'w2-told')

    step('one tap and a reason, and it is gone; the rule counts it')
    await row.getByRole('button', { name: '不是这样' }).click()
    await row.getByRole('button', { name: '已有安排' }).click()
    await row.waitFor({ state: 'detached' })
    await desk.locator('.rules li', { hasText: '还没人接' }).getByText(/不是这样 1/).waitFor()
    assert.ok(!(await api.get('/warnings')).items.some((w) => w.subject === one.id && w.rule === 'nobody-yet'))

    step('a lead sees those of the own doors, and one tap asks for a knock')
    const lead = await it.browser.asRole('lead', { path: '/m/warnings', view: phone })
    const knock = lead.getByRole('button', { name: /上门看一看/ }).first()
    await knock.waitFor({ timeout: 60_000 })
    await look(lead, 'w3-lead')
    await knock.click()
    await lead.getByRole('link', { name: '去看办件' }).click()
    await lead.getByText(/天没有上门、问候或核实的记录/).first().waitFor()
  })
})
