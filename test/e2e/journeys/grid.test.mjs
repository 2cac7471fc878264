// The register typed in cell by cell: a block from a spreadsheet is pasted, what is
// wrong stands in its cell with a reason and a fix, a step is taken back, and nothing
// is written before it is submitted. In English too.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { enter } from '../lib/api.mjs'
import { eventually, look } from '../lib/browser.mjs'
import { chinese, cut, names, speak } from '../lib/tongue.mjs'
import { world } from '../lib/world.mjs'

const paste = (page, text) => page.locator('.sheet').evaluate((el, t) => {
  const data = new DataTransfer()
  data.setData('text/plain', t)
  el.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}, text)

describe('the register as a grid', () => {
  const it = world()

  it.journey('a block is pasted, mended, taken back and submitted', async (step) => {
    const worker = await enter(it.url, 'community')
    const all = `/residents?under=${worker.card.place_id}&limit=1`
    const { items: [one], total: before } = await worker.get(all)
    const total = async () => (await worker.get(all)).total

    step('pasted with its headings: errors stand in their cells')
    const page = await it.browser.asRole('community', { path: '/console/register' })
    await page.locator('td.cell').first().click()
    await paste(page, `姓名\t住址\t性别\t出生日期\t备用\n金新搬\t${one.door}\t女\t1990/3/5\tx\n木新搬\t${one.door}\t男\t1988-13-05\tx\n水新搬\t${one.door}\t两\t1971-02-03\tx\n`)
    const problems = page.locator('aside li')
    await problems.nth(1).waitFor()
    const wrong = page.locator('td.error')
    assert.equal(await wrong.count(), 2, 'a date that is none, and a sex that is none')
    assert.match(await page.locator('.equation').innerText(), /3[\s\S]*1[\s\S]*新增[\s\S]*2[\s\S]*要改/)
    assert.match(await page.getByText('没有认出的列').innerText(), /备用/, 'a column nobody knows is said')
    await look(page, 'grid-errors')

    step('F8 goes to the first; Enter takes the offered fix; Ctrl+Z brings it back')
    await page.locator('td.cell').first().click()
    await page.keyboard.press('F8')
    assert.match(await page.locator('.formula .why').innerText(), /1988-13-05/)
    await page.keyboard.press('Enter')
    await eventually('one error is left', async () => await wrong.count() === 1)
    await page.keyboard.press('Control+z')
    await eventually('it is back', async () => await wrong.count() === 2)
    await page.locator('.formula .fix').click()
    await eventually('mended again', async () => await wrong.count() === 1)

    step('typing over the other one; until now nothing was written')
    await page.keyboard.press('F8')
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('男')
    await page.keyboard.press('Enter')
    await eventually('no error is left', async () => await wrong.count() === 0)
    assert.equal(await total(), before, 'nothing is written before Submit')

    step('submitted')
    await page.getByRole('button', { name: '提交 3 行' }).click()
    await page.getByText('已写入 3 行').waitFor()
    assert.equal(await total(), before + 3)

    step('the same in English')
    const english = await it.browser.asRole('community', { path: '/login' })
    names(english)
    await speak(english, 'en')
    await english.goto('/console/register')
    await english.locator('td.cell').first().click()
    const typed = one.door.replace(/\d+$/, (n) => n.replace('0', 'o')) // a letter for a digit
    await paste(english, `name\taddress\tbirth\nTaylor\t${typed}\t1988-13-05\n`)
    await english.locator('td.error').nth(1).waitFor()
    const meant = (await english.locator('aside .go').allInnerTexts()).join(' ').match(/did you mean ([^?？]+)/)?.[1]
    assert.ok(meant, 'what was meant is offered')
    assert.deepEqual(await chinese(english, [typed, meant.trim()]), [], 'Chinese on the English register')
    assert.deepEqual(await cut(english), [], 'cut text on the English register')
    await look(english, 'grid-errors-en')
  })
})
