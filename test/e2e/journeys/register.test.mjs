// The register in the browser: a workbook as a community keeps it is dropped,
// checked, written and its rejected rows come back; what is not a register is
// told so. A phone number is seen in clear only for a purpose, and the look is listed.
import { describe } from 'node:test'
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { enter } from '../lib/api.mjs'
import { eventually, look, number } from '../lib/browser.mjs'
import { imports, person, refusal } from '../lib/screen.mjs'
import { binary } from '../lib/server.mjs'
import { world } from '../lib/world.mjs'

describe('the register in the browser', () => {
  const it = world()

  it.journey('a workbook is checked, written, and what was rejected comes back', async (step) => {
    step('a workbook of another year')
    const dir = join(it.server.dir, 'files')
    execFileSync(binary, ['demo', 'generate', '--out', dir, '--size', 'community', '--seed', '7'], { stdio: 'pipe' })
    const book = readdirSync(dir).find((f) => f.endsWith('居民台账.xlsx'))
    const worker = await enter(it.url, 'community')
    const before = (await worker.get(`/residents?under=${worker.card.place_id}&limit=1`)).total

    step('dropped: checked and nothing written')
    const page = await it.browser.asRole('community', { path: '/console/import' })
    await look(page, 'i1-empty')
    await drop(page, join(dir, book))
    await page.getByText('尚未写入').waitFor()
    const [rows, inserted, updated, unchanged, rejected] = await equation(page)
    assert.equal(rows, inserted + updated + unchanged + rejected, 'every row is accounted for')
    assert.ok(inserted + updated > 0 && rejected > 0, 'there is something to write and something to reject')
    await look(page, 'i2-checked')
    assert.equal((await worker.get(`/residents?under=${worker.card.place_id}&limit=1`)).total, before, 'a check writes nothing')

    step('written')
    await imports.write(page).click()
    await imports.done(page).waitFor({ timeout: 60_000 })
    assert.deepEqual(await equation(page), [rows, inserted, updated, unchanged, rejected], 'written as it was checked')
    assert.equal((await worker.get(`/residents?under=${worker.card.place_id}&limit=1`)).total, before + inserted)
    await look(page, 'i3-written')

    step('the rejected rows come back with their reasons')
    const [download] = await Promise.all([page.waitForEvent('download'), imports.rejects(page).click()])
    const file = readFileSync(await download.path())
    assert.equal(file.subarray(0, 2).toString(), 'PK', 'a workbook')
    assert.match(download.suggestedFilename(), /\.xlsx$/)

    step('the same file again changes nothing')
    await drop(page, join(dir, book))
    await eventually('all is known', async () => {
      const again = await equation(page)
      return again[1] === 0 && again[2] === 0 && again[0] === rows
    }, 30_000)
    await page.getByRole('button', { name: '没有要写的' }).waitFor()

    step('what is no register is told so')
    for (const [name, bytes] of [['照片.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')], ['空的.xlsx', Buffer.alloc(0)], ['天气.csv', Buffer.from('日期,天气\n11月22日,晴\n')]]) {
      await imports.file(page).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes })
      await refusal(page).waitFor()
      const said = await refusal(page).innerText()
      assert.match(said, /SW-13\d\d/, `${name} is refused with a code: ${said}`)
      assert.match(said, /没有写入|没有改动/, `${name}: it says that nothing was written`)
      assert.ok(!/^!?\s*(invalid|internal)/m.test(said), `${name}: in words of people`)
      await look(page, `i4-wrong-${name.split('.')[1]}-${bytes.length}`)
    }
    await page.getByRole('button', { name: 'EN', exact: true }).click()
    await look(page, 'i5-wrong-en')
  })

  it.journey('a phone number is seen for a purpose, and the look is listed', async (step) => {
    step('masked')
    const page = await it.browser.asRole('community', { path: '/console/register' })
    await person.first(page).waitFor()
    const worker = await enter(it.url, 'community')
    const shown = (await worker.get(`/residents?under=${worker.card.place_id}&limit=60`)).items
    const one = shown.find((r) => /\*/.test(r.phone) && r.reveal.includes('phone'))
    await person.open(page, shown.indexOf(one))
    assert.equal(await person.values(page).first().innerText(), one.phone, 'masked as the API masks it')
    await person.looks(page).waitFor()
    const before = await number(person.looks(page))
    await look(page, 'p1-masked')

    step('no purpose, no number')
    await person.reveal(page).click()
    assert.equal(await person.show(page, '联系电话').count(), 0)
    await person.purpose(page, '联系本人或家属').click()
    await look(page, 'p2-purpose')
    await person.show(page, '联系电话').click()
    await eventually('the number is in clear', async () => /^129\d{8}$/.test((await person.values(page).first().innerText()).replaceAll(' ', '')))

    step('the look is listed')
    await eventually('one look more', async () => await number(person.looks(page)) === before + 1)
    assert.match(await person.looks(page).innerText(), /联系本人或家属 · 联系电话/)
    await look(page, 'p3-revealed')
    const looks = (await worker.get(`/residents/${one.id}/looks`)).items
    assert.equal(looks.filter((l) => l.purpose === 'contact' && l.field === 'phone').length, 1)
    const auditor = await enter(it.url, 'auditor')
    const log = (await auditor.get(`/log?place_id=${auditor.card.place_id}&limit=100`)).items
    assert.ok(log.some((l) => l.verb === 'resident.revealed'), 'the auditor finds it in the journal')

    step('another card is masked again')
    await page.reload()
    await person.first(page).waitFor()
    await person.open(page, shown.indexOf(one))
    assert.equal(await person.values(page).first().innerText(), one.phone)
  })
})

// drop lets a file fall on the page, as a hand with a mouse does.
async function drop(page, path) {
  const data = await page.evaluateHandle(({ name, base64 }) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([bytes], name, { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }))
    return transfer
  }, { name: path.split('/').pop(), base64: readFileSync(path).toString('base64') })
  await imports.drop(page).dispatchEvent('dragover', { dataTransfer: data })
  await imports.drop(page).dispatchEvent('drop', { dataTransfer: data })
}

const equation = async (page) => {
  const out = []
  for (const word of ['表里的行', '新增', '更新', '不变', '退回']) out.push(await number(imports.part(page, word)))
  return out
}
