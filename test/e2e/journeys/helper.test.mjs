// From the notice's code to a certificate that anybody may verify: a neighbour
// signs up, may not be posted untrained, is trained and passed by a named trainer,
// is posted to an emergency and told, says on the phone when she comes and goes,
// and takes a paper home whose address says the same.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter, inDays } from '../lib/api.mjs'
import { eventually, look } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

const local = (at) => new Date(at.getTime() + 8 * 3600e3).toISOString() // as the clocks of the place say
const minutes = (n) => new Date(Date.now() + n * 60e3)

describe('from a notice to a certificate', () => {
  const it = world()

  it.journey('sign-up, training, post, arrival, hours, certificate', async (step) => {
    const worker = await enter(it.url, 'community')
    const keeper = await enter(it.url, 'admin')
    const officer = await enter(it.url, 'commander', 0)
    const second = await enter(it.url, 'commander', 1)
    const place = worker.card.place_id
    const name = '方小莲'

    step('a neighbour opens the notice’s code and signs up by phone')
    await worker.post(`/places/${place}/qr`, { kinds: ['community'] })
    const notice = (await worker.get(`/places/${place}/qr?kinds=community`)).items[0].path.replace('/r/', '/join/')
    const hers = await it.browser.plain()
    await hers.goto(notice)
    await hers.getByLabel('您的姓名').fill(name)
    await hers.getByLabel('您自己的手机号').fill('129' + String(Date.now()).slice(-8))
    await hers.getByLabel('出生年份').fill('1990')
    await hers.getByLabel('2小时').check()
    await hers.getByLabel('我看过了，我同意。').check()
    await look(hers, 'v0-join')
    await hers.getByRole('button', { name: '发验证码' }).click()
    await hers.getByLabel('验证码').fill(/\d{6}/.exec((await keeper.get('/outbox')).items[0].body)[0])
    await hers.getByRole('button', { name: '完成报名' }).click()
    const number = await hers.locator('.big2').innerText()
    const { id } = (await worker.get(`/helpers?q=${number}`)).items[0]

    step('untrained she is put on no post: by hand she is refused, with the reason')
    const incident = (await officer.post('/incidents', { title: '长塘防范', playbook: 'epidemic', place_id: officer.card.place_id })).id
    const houses = (await officer.get(`/places/${place}/map`)).features.map((f) => f.properties.id)
    await officer.post(`/incidents/${incident}/zones`, { zone: 'precaution', place_ids: houses, basis: '区指挥部指令 · 演示', until: inDays(7) })
    const [grid] = (await worker.get(`/leads?under=${place}`)).items
    const pin = async () => {
      const { plan } = await officer.post(`/incidents/${incident}/plan`)
      return officer.call('POST', `/plans/${plan}/pin`, { slot: `${incident}|emergency|${grid.place_id}|precaution|1`, helper_id: id, reason: '住得近' })
    }
    const refused = await pin()
    assert.equal(refused.data.code, 'SW-1730', JSON.stringify(refused))
    assert.match(refused.data.detail, /未受训/)

    step('the cards, a lesson and a practice')
    const { trainers, lacking } = (await worker.get(`/training/needs?under=${place}`)).items.find((n) => n.qualification === 'protective-basic')
    assert.ok(lacking.some((p) => p.helper_id === id), 'the desk sees that she lacks only training')
    const over = new Date(Date.now() + 8e3)
    const session = async (of, trainer, from, until) => {
      const s = await worker.post(`/places/${place}/trainings`, { course: 'protective-fast', step: of, trainer_id: trainer.helper_id, from: from.toISOString(), until: until.toISOString() })
      await worker.post(`/trainings/${s.id}/invite`, { helper_ids: [id] })
    }
    await session('lesson', trainers[0], new Date(), over)
    await session('practice', trainers[0], over, minutes(60))
    await hers.goto('/m/learn')
    const cards = (await hers.getByText(/还有 \d+ 张没看/).innerText()).match(/\d+/)[0]
    await look(hers, 'v1-learn')
    for (let left = Number(cards); left; left--) {
      await hers.getByText(`还有 ${left} 张没看`).waitFor()
      await hers.getByRole('button', { name: '我看懂了' }).click()
    }
    await hers.getByRole('heading', { name: /须知卡 · 已看懂/ }).waitFor()
    while (new Date() < over) await new Promise((go) => setTimeout(go, 100))

    step('the desk notes who came and who did it right; the trainer’s pass follows')
    const desk = await it.browser.asRole('community', { path: '/console/training' })
    const taps = (of) => desk.locator('article.one', { hasText: of }).filter({ hasText: name })
    assert.equal(await desk.getByRole('button', { name: '通过', exact: true }).count(), 0, 'nobody passes before it is done')
    await taps('听一次课').getByRole('button', { name: '来了' }).click()
    await taps('当面穿脱一遍').getByRole('button', { name: '做得对' }).click()
    await taps('当面穿脱一遍').getByRole('button', { name: '通过', exact: true }).click()
    await taps('当面穿脱一遍').getByText('已有资格').waitFor()
    await look(desk, 'v2-training')

    step('posted by the plan of the emergency, and told on the phone')
    const pinned = await pin()
    assert.equal(pinned.status, 200, JSON.stringify(pinned))
    await hers.goto('/m/me')
    await hers.getByRole('heading', { name }).waitFor()
    assert.equal(await hers.getByRole('button', { name: '我到岗了' }).count(), 0, 'nobody checks in before the emergency holds')
    await second.post(`/incidents/${incident}/apply`, { plan: (await officer.post(`/incidents/${incident}/plan`)).plan })
    await hers.reload()
    const post = hers.getByRole('region', { name: '到岗' })
    await post.getByText('应急队员').waitFor()
    await look(hers, 'v3-posted')

    step('she comes, and hands over')
    await post.getByRole('button', { name: '我到岗了' }).click()
    await post.getByText(/\d\d:\d\d 到岗/).waitFor()
    await look(hers, 'v4-there')
    await post.getByRole('button', { name: '交岗' }).click()
    await post.getByRole('button', { name: '我到岗了' }).waitFor()

    step('she pressed it late: the desk puts the hours right, with a reason she reads')
    const page = await it.browser.asRole('community', { path: `/console/helpers?q=${number}` })
    await page.getByRole('link', { name: `${name} 服务时数` }).click()
    await page.getByRole('button', { name: '更正' }).click()
    const mend = page.locator('form.mend')
    await mend.getByLabel('从').fill(local(minutes(-150)).slice(0, 16))
    await mend.getByLabel('到', { exact: true }).fill(local(new Date()).slice(0, 16))
    await mend.getByLabel('原因').fill('到了岗才想起按')
    await mend.getByRole('button', { name: '记下' }).click()
    await page.locator('.total').getByText('2.5 小时').waitFor()
    await hers.goto('/m/service')
    await hers.getByText('更正原因：到了岗才想起按').waitFor()
    await hers.locator('.total').getByText('2.5 小时').waitFor()
    await look(hers, 'v5-hours')

    step('the desk makes the certificate and prints it')
    const paper = page.locator('form.body', { hasText: '开证明' })
    await paper.getByLabel('从').fill(local(minutes(-24 * 60)).slice(0, 10))
    await paper.getByLabel('到', { exact: true }).fill(local(new Date()).slice(0, 10))
    await paper.getByRole('button', { name: '开证明' }).click()
    const print = page.getByRole('link', { name: '打印' })
    await print.waitFor()
    await look(page, 'v6-desk')
    const { certificates: [made] } = await worker.get(`/helpers/${id}/services`)
    assert.equal(made.minutes, 150)
    await print.click()
    for (const word of [name, made.number, '应急队员', '2.5']) await page.getByText(word).first().waitFor()
    assert.equal((await page.getByText('兹证明').innerText()).match(/日/g).length, local(new Date(made.from)).slice(0, 10) === local(new Date(made.until)).slice(0, 10) ? 1 : 2, 'one day is said once')
    await look(page, 'v7-print')
    await hers.reload()
    await hers.getByText(made.number).waitFor()
    await look(hers, 'v7-own')

    step('anybody reads the same under the paper’s address')
    const reader = await it.browser.plain({ javaScriptEnabled: false })
    await reader.goto(made.path)
    for (const word of [name, made.number, '应急队员', '2.5']) await reader.getByText(word).first().waitFor()
    const seen = await it.browser.plain()
    await seen.goto(made.path)
    await look(seen, 'v8-verified')
    await seen.goto(made.path + '?lang=en')
    await look(seen, 'v8-verified-en')
    const forged = await seen.goto(made.path.slice(0, -1) + (made.path.endsWith('A') ? 'B' : 'A'))
    assert.ok(forged.status() >= 400, 'an address that was not given out says nothing')
    assert.equal(await seen.getByText(name).count(), 0)

    step('with the emergency the button goes; the paper stays')
    await officer.post(`/incidents/${incident}/demobilize`, { confirm: true })
    await hers.goto('/m/me')
    await hers.getByRole('heading', { name }).waitFor()
    await eventually('no arrival is asked for', async () => await hers.getByRole('button', { name: '我到岗了' }).count() === 0)
    await seen.goto(made.path)
    await seen.getByText(made.number).first().waitFor()
  })
})
