// From the notice's code to being a helper: a resident reads the printed notice,
// signs up without an account and without script, signs in by a code, and is found
// on the roll; nobody sees the phone but for a purpose.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { look } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

describe('from a notice to being a helper', () => {
  const it = world()

  it.journey('notice, sign-up, code, roll, leaving', async (step) => {
    const worker = await enter(it.url, 'community')
    const keeper = await enter(it.url, 'admin')
    const place = worker.card.place_id
    const newest = async () => /\d{6}/.exec((await keeper.get('/outbox')).items[0].body)[0]

    step('the notice is printed with its code')
    await worker.post(`/places/${place}/qr`, { kinds: ['community'] })
    const code = (await worker.get(`/places/${place}/qr?kinds=community`)).items[0].path.replace('/r/', '/join/')
    const notice = await it.browser.asRole('community', { path: `/print/recruit/${place}?lang=zh` })
    await notice.getByRole('heading', { name: '招募志愿者' }).waitFor()
    await look(notice, 'h0-notice')

    step('a neighbour signs up by phone, without script')
    const phone = '129' + String(Date.now()).slice(-8)
    const reader = await it.browser.plain({ javaScriptEnabled: false, viewport: { width: 360, height: 640 } })
    await reader.goto(code)
    await reader.getByLabel('您的姓名').fill('方小莲')
    await reader.getByLabel('您自己的手机号').fill(phone)
    await reader.getByLabel('做饭').check()
    await reader.getByLabel('2小时').check()
    await reader.getByLabel('我看过了，我同意。').check()
    await reader.getByRole('button', { name: '发验证码' }).click()
    await reader.getByLabel('验证码').fill('000')
    await reader.getByRole('button', { name: '完成报名' }).click()
    assert.match(await reader.getByRole('alert').innerText(), /验证码不对/)
    await reader.getByLabel('验证码').fill(await newest())
    await reader.getByRole('button', { name: '完成报名' }).click()
    const number = await reader.locator('.big2').innerText()
    assert.match(number, /^V\d{10}$/)
    await reader.getByRole('link', { name: '看我的登记' }).click()
    assert.ok(await reader.getByLabel('做饭').isChecked())

    step('each form of the page passes axe')
    const seer = await it.browser.plain()
    for (const form of ['', '?big=1', '?lang=en']) {
      await seer.goto(code + form)
      await look(seer, `h1-join${form.replace(/\W/g, '')}`)
    }

    step('the worker finds the helper and looks at the phone for a purpose')
    const desk = await it.browser.asRole('community', { path: `/console/helpers?q=${number}` })
    await desk.getByRole('button', { name: '方小莲' }).click()
    await desk.getByText('扫码报名').waitFor()
    assert.equal(await desk.getByText(phone).count(), 0, 'sealed until a purpose is given')
    await desk.getByRole('button', { name: '看', exact: true }).first().click()
    await desk.getByText(phone).waitFor()
    await look(desk, 'h2-file')

    step('signing in by a code, then leaving')
    const again = await it.browser.plain()
    await again.goto('/login?next=/join/mine')
    await again.getByLabel('手机号').fill(phone)
    await again.getByRole('button', { name: '发验证码' }).click()
    await again.getByLabel('验证码').waitFor()
    await again.getByLabel('验证码').fill(await newest())
    await again.getByRole('button', { name: '登录', exact: true }).click()
    await again.getByText(number).waitFor()
    await again.getByLabel('我要退出').check()
    await again.getByRole('button', { name: '确定退出' }).click()
    await again.getByText('私人信息已经销毁').waitFor()
    assert.equal((await worker.get(`/helpers?q=${number}`)).total, 0)
  })
})
