// Two screens of those who keep the house: an account is made and used, and a
// contact card is written that a resident reads at once. On a narrow screen and
// in English too.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { eventually, look, phone, shot } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

describe('accounts and the contact card', () => {
  const it = world()

  it.journey('an account is made and signs in; a card is written and read', async (step) => {
    step('the keeper makes an account')
    const keeper = await it.browser.asRole('admin', { path: '/console/accounts' })
    await keeper.getByRole('button', { name: '新建账号' }).click()
    const box = keeper.getByRole('dialog')
    await box.getByLabel('登录名').fill('wang.test')
    await box.getByLabel('姓名').fill('王测试')
    await box.getByLabel('职责').selectOption('community')
    await box.locator('.place input, input[type=search]').last().fill('长塘社区')
    await box.getByText('长塘社区').last().click()
    await box.getByRole('button', { name: '新建账号' }).click()
    const secret = (await keeper.locator('output.secret').innerText()).trim()
    assert.ok(secret.length >= 12, 'a password that nobody guesses')
    await look(keeper, 'desk-once')
    await keeper.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()
    assert.equal(await keeper.getByText(secret).count(), 0, 'shown once')

    step('it signs in, by the hand of its owner, on a phone')
    const own = await it.browser.plain()
    await own.goto('/login')
    await own.locator('input').nth(0).fill('wang.test')
    await own.locator('input[type=password]').fill(secret)
    await own.getByRole('button', { name: '登录', exact: true }).click()
    await own.waitForURL(/console/)

    step('the narrow screen, in both languages')
    await keeper.setViewportSize(phone)
    for (const tongue of ['zh', 'en']) {
      await keeper.evaluate((t) => localStorage.setItem('shouwang.tongue', t), tongue)
      await keeper.goto('/console/accounts')
      await keeper.locator('tbody tr').first().waitFor()
      await look(keeper, `desk-accounts-${tongue}`)
    }

    step('a contact card, and who reads it')
    const worker = await enter(it.url, 'community')
    const desk = await it.browser.asRole('community', { path: '/console/places' })
    await desk.getByRole('button', { name: '联系卡' }).first().click()
    await desk.getByLabel('值班电话').fill('0579-12345678')
    await look(desk, 'desk-card')
    await desk.getByRole('button', { name: '保存' }).click()
    await desk.getByText('已保存').waitFor()
    const [house] = (await worker.get(`/places?under=${worker.card.place_id}&kind=building`)).items
    await worker.post(`/places/${house.id}/qr`, { kinds: ['building'] })
    const [code] = (await worker.get(`/places/${house.id}/qr?kinds=building`)).items
    const reader = await it.browser.plain({ javaScriptEnabled: false })
    await eventually('the resident reads the number', async () => { await reader.goto(code.path); return (await reader.locator('main').innerText()).includes('0579-12345678') })
    await desk.setViewportSize(phone)
    for (const tongue of ['zh', 'en']) {
      await desk.evaluate((t) => localStorage.setItem('shouwang.tongue', t), tongue)
      await desk.goto('/console/places')
      await desk.getByRole('button', { name: tongue === 'zh' ? '联系卡' : 'Contact card' }).first().click()
      await desk.getByRole('dialog').locator('input').first().waitFor()
      await shot(desk, `desk-card-${tongue}`)
      const [wide, right] = await desk.getByRole('dialog').evaluate((e) => [e.scrollWidth - e.clientWidth, e.getBoundingClientRect().right])
      assert.ok(wide <= 1 && right <= phone.width, 'the card fits a narrow screen')
    }
  })
})
