// A need from one tap to the resident's yes, over four people in four windows: a
// resident without an account or script, the community's desk, a micro-grid lead on a
// phone, and the command that silence reaches. Then a patient's way to hospital and
// back with one refused hand-over, where somebody answers at every moment.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { eventually, look } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

describe('a need and who has it', () => {
  const it = world()

  it.journey('one tap, taken, transferred, answered, sent back, agreed', async (step) => {
    step('a resident taps a picture, without an account and without script')
    const resident = await it.browser.plain({ javaScriptEnabled: false })
    await resident.goto('/r/demo?at=door&lang=zh')
    await resident.getByRole('link', { name: /^要帮忙/ }).click()
    const seer = await it.browser.plain()
    await seer.goto(resident.url())
    await look(seer, 'k0-pictures')
    await resident.getByRole('button', { name: /走不动，要人陪去医院/ }).click()
    const number = (await resident.locator('.next b').innerText()).replace(/\s/g, '')
    assert.match(number, /^\d{9}$/)
    const mine = resident.url()
    await resident.getByLabel('想说的').fill('透析，每周二')
    await resident.getByLabel('怎么联系您').fill('12900001234')
    await resident.getByRole('button', { name: '送出' }).click()
    await resident.getByText('已补充。').waitFor()
    await seer.goto(mine)
    await look(seer, 'k1-followed')

    step('the desk sees it, and its words only when it is opened')
    const desk = await it.browser.asRole('community', { path: '/console/cases' })
    const spoken = `${number.slice(0, 2)} ${number.slice(2, 6)} ${number.slice(6)}`
    const row = desk.locator('.cases button', { hasText: spoken })
    await row.waitFor()
    assert.equal(await desk.getByText('透析').count(), 0)
    await row.click()
    await desk.getByText('透析，每周二').first().waitFor()
    await look(desk, 'k2-opened')
    const who = (await desk.locator('.case').innerText()).match(/在谁那里：(\S+)/)[1]

    step('whose desk it is takes it; the other is told no')
    const api = await enter(it.url, 'community')
    const one = (await api.get('/cases')).items.find((c) => c.number === number)
    const role = { 微网格长: 'lead', 社区社工: 'community', 网格员: 'gridworker' }[who]
    const worker = role === 'community' ? desk : await it.browser.asRole(role, { path: `/m/cases/${one.id}` })
    await worker.getByRole('button', { name: /^接手/ }).first().click()
    await worker.getByText(/已接手/).first().waitFor()
    await look(worker, 'k3-taken')

    step('an answer says what, by whom; without proof it waits for the resident')
    await worker.getByRole('button', { name: /^答复/ }).first().click()
    await worker.getByLabel('做了什么').fill('今天先联系了医院')
    await worker.getByLabel('社区', { exact: true }).check()
    await worker.locator('form').getByRole('button', { name: /^答复/ }).click()
    await worker.getByText('待居民确认').first().waitFor()

    step('the resident does not agree, then agrees')
    // A page without script stands as it was: it is opened again until the answer is there.
    const reads = (what) => eventually(`the resident reads ${what}`, async () => { await resident.goto(mine); return await resident.getByText(what).count() > 0 })
    await reads('今天先联系了医院')
    await resident.getByLabel('哪里没办好？').fill('人还没去成')
    await resident.getByRole('button', { name: '没办好，退回去' }).click()
    await resident.getByText('已退回给答复的人').waitFor()
    await worker.reload()
    await worker.getByText('人还没去成').waitFor()
    await worker.getByRole('button', { name: /^答复/ }).first().click()
    await worker.getByLabel('做了什么').fill('陪去医院，平安到家')
    await worker.getByLabel('志愿者', { exact: true }).check()
    await worker.locator('form').getByRole('button', { name: /^答复/ }).click()
    await worker.getByText('待居民确认').first().waitFor()
    await reads('陪去医院，平安到家')
    await seer.goto(mine)
    await look(seer, 'k4-answered')
    await resident.getByRole('button', { name: '办好了，满意' }).click()
    await resident.getByText('谢谢，已办结。').waitFor()
    assert.equal((await api.get(`/cases/${one.id}`)).how, 'confirmed')
  })

  it.journey('to hospital and home again, with one refused hand-over', async (step) => {
    const desk = await enter(it.url, 'community')
    const command = await enter(it.url, 'commander')
    const door = (await desk.get('/places?q=101&limit=1')).items[0].id
    const items = (await desk.get(`/places/${door}/needs`)).items
    const item = items.find((i) => i.title.zh === '走不动，要人陪去医院')
    const one = await desk.post('/cases', { item: item.id, place_id: door, words: '胸闷', origin: 'phone' })
    const trip = async () => (await desk.get(`/cases/${one.id}/custodies`)).items[0]
    const say = async (verb, body) => desk.post(`/custodies/${(await trip()).id}/${verb}`, body)
    const keeper = async () => { const k = (await trip()).keeper; return k.title.zh + k.name }

    step('whoever wrote it down answers first; the car is offered and says to have them')
    assert.match(await keeper(), /王敏|社工/)
    await say('give', { leg: 'ride', out: 'ambulance' })
    await say('take', { leg: 'ride', out: 'ambulance' })
    assert.match(await keeper(), /120/)

    step('the first hospital refuses: the ambulance still has the patient')
    await say('give', { leg: 'hospital', out: 'reception', place: door })
    assert.ok((await trip()).offer)
    await say('refuse', { out: 'reception', place: door, how: 'full' })
    assert.match(await keeper(), /120/)
    assert.equal((await trip()).offer, null)
    const refused = await desk.call('POST', `/custodies/${(await trip()).id}/end`, { how: 'home' })
    assert.equal(refused.data.code, 'SW-2309', 'nobody is at home yet')

    step('the desk sees on one page who has the patient')
    const page = await it.browser.asRole('community', { path: `/console/cases/${one.id}` })
    await page.locator('.keeper .name', { hasText: '120 救护车' }).waitFor()
    await say('name', { leg: 'hospital', out: 'reception', place: door, how: '第二家收治' })
    await page.reload()
    await page.locator('.keeper .name', { hasText: '医院接诊处' }).waitFor()
    await look(page, 'k5-custody')

    step('home again, by the desk’s own people, to the door')
    await say('take', { leg: 'back' })
    await say('take', { leg: 'escort' })
    const done = await say('end', { how: 'home' })
    assert.equal(done.how.zh, '平安到家')
    assert.ok(done.said.length >= 6)
    void command
  })
})
