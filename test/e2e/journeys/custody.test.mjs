// A patient's way to hospital and home again over four windows: the desk (which speaks
// for the hospital's reception), the one who drives, the lead at the door, and the
// resident's own page. One code is forged, one hand-over refused, one half is said
// without a signal; somebody answers at every moment and no alarm is raised.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { eventually, look, phone } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

describe('who has the patient', () => {
  const it = world()

  it.journey('to hospital and home by codes, with a forged one, a refusal and a phone without a signal', async (step) => {
    const api = await enter(it.url, 'community')
    const scout = await enter(it.url, 'lead')
    const door = (await scout.get('/places?q=101&limit=1')).items[0].id
    const item = (await api.get(`/places/${door}/needs`)).items.find((i) => i.title.zh === '走不动，要人陪去医院')
    const one = await api.post('/cases', { item: item.id, place_id: door, words: '胸闷', origin: 'phone' })
    const trip = async () => (await api.get(`/cases/${one.id}/custodies`)).items[0]
    const keeper = async () => { const k = (await trip()).keeper; return `${k.title.zh} ${k.name}` }
    const id = (await trip()).id

    step('four windows')
    const desk = await it.browser.asRole('community', { path: `/console/cases/${one.id}` })
    const car = await it.browser.asRole('gridworker', { path: `/m/hands/${id}`, view: phone })
    const lead = await it.browser.asRole('lead', { path: '/m/hands' })
    const resident = await it.browser.plain({ javaScriptEnabled: false })
    const kin = await it.browser.plain()
    await resident.goto(one.link)
    await resident.getByText(/在家等车/).first().waitFor()
    const box = desk.locator('.custody')
    const say = (name, on = box) => on.getByRole('button', { name, exact: true })

    step('the desk hands on to whoever stands there; its screen shows four digits')
    await say('交出').click()
    await box.locator('form').getByRole('button', { name: '交出', exact: true }).click()
    const shown = await box.locator('.digits').innerText()
    assert.match(shown, /^\d{4}$/)
    await look(desk, 'h1-code')

    step('a forged code changes nothing and says so; the right one takes')
    const wrong = shown === '0000' ? '1111' : '0000'
    await car.getByLabel('对方手机上的四位数').fill(wrong)
    await car.getByRole('button', { name: '接到了', exact: true }).tap()
    await car.getByText('交接码不对').waitFor()
    await look(car, 'h2-forged')
    assert.match(await keeper(), /社区社工/)
    await car.getByLabel('对方手机上的四位数').fill(shown)
    await car.getByRole('button', { name: '接到了', exact: true }).tap()
    await car.getByText('（您）').waitFor()
    await look(car, 'h3-taken')
    assert.equal((await trip()).said.find((h) => h.verb === 'take').coded, true)
    await resident.reload()
    await resident.getByText(/去医院路上/).first().waitFor()

    step('without a signal the car hands on to the hospital; it waits in the phone, once')
    await car.context().setOffline(true)
    const mine = car.locator('.custody')
    const hand = async () => {
      await say('交出', mine).tap()
      await mine.getByLabel('交给谁').selectOption({ label: '医院接诊处' })
      await mine.locator('form').getByRole('button', { name: '交出', exact: true }).tap()
      await mine.locator('form').waitFor({ state: 'detached' })
    }
    await hand()
    await mine.getByText(/已存在手机里.*交出/).waitFor()
    await hand()
    assert.equal(await mine.locator('.waits li').count(), 1, 'two taps are one half')
    await look(car, 'h4-offline')
    const before = Date.now()
    await new Promise((done) => setTimeout(done, 1500))
    await car.context().setOffline(false)
    await eventually('the half arrived', async () => (await trip()).offer !== null, 30_000)
    const gave = (await trip()).said.filter((h) => h.verb === 'give').at(-1)
    assert.ok(Date.parse(gave.at) < before + 500, 'with the time at which it was said')

    step('the hospital has no bed: the car still has the patient')
    await desk.reload()
    await say('不收').click()
    await box.getByLabel('理由').fill('没有床位')
    await box.locator('form').getByRole('button', { name: '不收', exact: true }).click()
    await eventually('the car answers on', async () => (await trip()).offer === null && /网格员/.test(await keeper()))
    await desk.getByText('没有床位').or(box.locator('.bad')).first().waitFor()
    await desk.evaluate(() => window.scrollTo(0, 0))
    await look(desk, 'h5-refused')

    step('the second hospital takes them')
    await car.reload()
    await hand()
    await eventually('offered again', async () => (await trip()).offer !== null)
    await desk.reload()
    await say('接到了').click()
    await box.locator('form').getByRole('button', { name: '接到了', exact: true }).click()
    await box.locator('.name', { hasText: '医院接诊处' }).waitFor()
    await kin.goto(one.link)
    await look(kin, 'h6-resident')

    step('home again with the lead, who reads the code')
    await say('交出').click()
    await box.getByLabel('交给谁').selectOption({ label: `微网格长 ${(await scout.get('/me')).name}` })
    await box.locator('form').getByRole('button', { name: '交出', exact: true }).click()
    const second = await box.locator('.digits').innerText()
    await lead.reload()
    await lead.locator('li a', { hasText: '要交给您' }).tap()
    await lead.locator('.custody').getByRole('button', { name: '接到了', exact: true }).first().tap()
    await lead.getByLabel('对方手机上的四位数').fill(second)
    await lead.locator('form').getByRole('button', { name: '接到了', exact: true }).tap()
    await lead.getByText('（您）').waitFor()
    await lead.locator('.custody').getByRole('button', { name: '接到了', exact: true }).tap()
    await lead.locator('form').getByLabel('接下来').selectOption({ label: '送到家门口' })
    await lead.locator('form').getByRole('button', { name: '接到了', exact: true }).tap()
    await lead.locator('.custody').getByRole('button', { name: '结束', exact: true }).tap()
    await lead.locator('form').getByRole('button', { name: '结束', exact: true }).tap()
    await eventually('the trip has ended at the door', async () => (await trip()).how.zh === '平安到家')
    const all = (await trip()).said
    assert.equal(all.filter((h) => h.verb === 'alarm').length, 0, 'no alarm in a clean run')
    assert.equal((await trip()).gaps.length, 0)
    await resident.reload()
    await resident.getByText(/平安到家/).first().waitFor()
  })
})
