// What neighbours ask of each other stands on the board of their house. The committee takes
// a line off with a reason that its author reads, puts it back, and takes another one over.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { eventually, look } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

describe('the board of neighbours and the desk', () => {
  const it = world()

  it.journey('a line is hidden with a reason, put back, and one is taken over', async (step) => {
    step('two neighbours put a line up, without an account')
    const board = await it.browser.plain()
    const lines = async () => {
      await board.goto('/r/demo/neighbours?at=door&lang=zh')
      return board.locator('details.post').allInnerTexts()
    }
    const put = async (words) => {
      const author = await it.browser.plain({ javaScriptEnabled: false })
      await author.goto('/r/demo/neighbours?at=door&lang=zh')
      await author.locator('form.tiles').getByRole('button', { name: '想请邻居搭把手' }).click()
      const mine = author.url()
      const number = (await author.locator('.next b').innerText()).replace(/\s/g, '')
      await author.getByLabel('想说的').fill(words)
      await author.getByRole('button', { name: '送出' }).click()
      await author.getByText('已补充。').waitFor()
      return { author, mine, words, spoken: `${number.slice(0, 2)} ${number.slice(2, 6)} ${number.slice(6)}` }
    }
    const wardrobe = await put('周六想请人抬个柜子，对门老王又不在')
    const spanner = await put('想借一把四十厘米的扳手')
    const on = async (x) => (await lines()).some((l) => l.includes(x.words))
    assert.deepEqual([await on(wardrobe), await on(spanner)], [true, true])

    step('the desk takes one off, and has to say why')
    const desk = await it.browser.asRole('community', { path: '/console/cases' })
    const open = async (x) => {
      await desk.locator('.cases button', { hasText: x.spoken }).click()
      await desk.getByText(x.words).first().waitFor()
    }
    await open(wardrobe)
    await desk.getByRole('button', { name: '从互助板收起' }).click()
    const form = desk.locator('.acts form')
    await form.getByRole('button', { name: '从互助板收起' }).click()
    assert.ok(await form.getByLabel('理由').evaluate((el) => !el.validity.valid), 'a reason is asked for')
    assert.ok(await on(wardrobe), 'still on the board')
    await form.getByLabel('理由').fill('写了别人家里有没有人，改一句再放上去')
    await look(desk, 'n1-hide')
    await form.getByRole('button', { name: '从互助板收起' }).click()
    await desk.getByRole('button', { name: '放回互助板' }).waitFor()
    assert.deepEqual([await on(wardrobe), await on(spanner)], [false, true])

    step('its author reads the reason')
    await wardrobe.author.goto(wardrobe.mine)
    await wardrobe.author.getByText('写了别人家里有没有人，改一句再放上去').first().waitFor()
    const seer = await it.browser.plain()
    await seer.goto(wardrobe.mine)
    await look(seer, 'n2-author')

    step('the desk puts it back')
    await desk.getByRole('button', { name: '放回互助板' }).click()
    await form.getByLabel('理由').fill('改好了')
    await form.getByRole('button', { name: '放回互助板' }).click()
    await eventually('it is on the board again', () => on(wardrobe))

    step('and takes the other one over: it leaves the board, and its author is told by role')
    await open(spanner)
    await desk.getByRole('button', { name: /^接手/ }).first().click()
    await desk.getByText(/已接手/).first().waitFor()
    assert.deepEqual([await on(wardrobe), await on(spanner)], [true, false])
    await spanner.author.goto(spanner.mine)
    await spanner.author.getByText('由社区社工来办').waitFor()
    await look(board, 'n3-board')
  })
})
