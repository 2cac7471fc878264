// What a screen says in a tongue: no Chinese in English outside of names, and no
// text that its box cuts off. Names are what the API gave this window as names;
// everything else is the product's own word and has two languages.
import assert from 'node:assert/strict'

const han = /[\u3400-\u9fff]/
// What people wrote or are called is shown as they wrote it, under these keys.
const given = /(^|_)(name|names|title|place|door|holder|by|author|actor|basis|reason|note|source|address|estate|unit|building|room|relation|employer|crumbs|lead|deputy)$/

// names notes, from what the API answers, what is called how; call it before the first page.
export function names(page) {
  page.names = new Set()
  const take = (key, x) => {
    if (typeof x === 'string') { if (han.test(x) && given.test(key)) page.names.add(x).add(x.replace(/(社区|街道|区|市)$/, '')) } else if (Array.isArray(x)) for (const y of x) take(key, y)
    else if (x && typeof x === 'object') for (const [k, y] of Object.entries(x)) if (!(k === 'zh' && 'en' in x)) take(k, y)
  }
  page.answers = new Set()
  page.on('response', (r) => {
    if (!/\/api\/v1\//.test(r.url()) || !/json/.test(r.headers()['content-type'] ?? '') || /problem/.test(r.headers()['content-type'])) return
    const read = r.json().then((x) => take('', x)).catch(() => undefined).finally(() => page.answers.delete(read))
    page.answers.add(read)
  })
}

// speak sets the tongue before anything is shown.
export const speak = (page, tongue) => page.addInitScript((t) => localStorage.setItem('shouwang.tongue', t), tongue)

// chinese lists what an English screen says in Chinese that is nobody's name.
export async function chinese(page, ok = []) {
  await Promise.all(page.answers ?? [])
  const said = await page.evaluate(() => {
    const out = []
    const seen = (el) => el.checkVisibility?.({ checkOpacity: false, checkVisibilityCSS: true }) !== false && !el.closest('[lang^="zh"]')
    const add = (el, text) => /[\u3400-\u9fff]/.test(text) && out.push([text.trim().replace(/\s+/g, ' '), el.tagName.toLowerCase() + (typeof el.className === 'string' && el.className ? '.' + el.className.trim().split(/\s+/).join('.') : '')])
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let n = walk.nextNode(); n; n = walk.nextNode()) if (seen(n.parentElement) && !/^(SCRIPT|STYLE)$/.test(n.parentElement.tagName)) add(n.parentElement, n.data)
    for (const el of document.querySelectorAll('[aria-label],[title],[placeholder],[alt]')) if (seen(el)) for (const a of ['aria-label', 'title', 'placeholder', 'alt']) add(el, el.getAttribute(a) ?? '')
    return out
  })
  // A part of a house names its stairwell already; some screens say it once.
  const known = [...(page.names ?? []), ...ok].flatMap((n) => [n, n.replace(/（([^）]+)） (?=\1 )/, ' ')]).sort((a, b) => b.length - a.length)
  const left = new Set()
  for (const [text, where] of said) {
    // A long way down may be shown without its beginning.
    if (text.length > 5 && known.some((n) => n.includes(text.replace(/^[!▲] ?/, '')))) continue
    let rest = text
    for (const name of known) { rest = rest.replaceAll(name, ''); if (!han.test(rest)) break }
    if (han.test(rest)) left.add(`${where}: ${text.slice(0, 80)}`)
  }
  return [...left]
}

// cut lists texts that do not fit where they stand: a box that hides what is too
// much without telling it on pointing (title), a button, a head or a chosen option
// that is wider than its box.
export function cut(page) {
  return page.evaluate(() => {
    const out = new Set()
    const name = (el) => el.tagName.toLowerCase() + (typeof el.className === 'string' && el.className ? '.' + el.className.trim().split(/\s+/).join('.') : '')
    const pen = document.createElement('canvas').getContext('2d')
    for (const el of document.querySelectorAll('body *')) {
      if (el.checkVisibility?.({ checkVisibilityCSS: true }) === false || el.closest('svg, .sr, [aria-hidden=true]')) continue
      const css = getComputedStyle(el)
      const box = el.getBoundingClientRect()
      if (box.width <= 2 || box.height <= 2) continue
      if (el.tagName === 'SELECT') {
        pen.font = `${css.fontWeight} ${css.fontSize} ${css.fontFamily}`
        const text = el.selectedOptions[0]?.text ?? ''
        const room = el.clientWidth - parseFloat(css.paddingLeft) - parseFloat(css.paddingRight)
        const arrow = css.appearance === 'none' ? 0 : 16
        if (!el.title && pen.measureText(text).width > room - arrow + 2) out.add(`${name(el)} (chosen): ${text.slice(0, 60)}`)
        continue
      }
      if (el.tagName === 'INPUT') {
        if (el.placeholder && !el.value) {
          pen.font = `${css.fontWeight} ${css.fontSize} ${css.fontFamily}`
          if (pen.measureText(el.placeholder).width > el.clientWidth - parseFloat(css.paddingLeft) - parseFloat(css.paddingRight) + 2) out.add(`${name(el)} (placeholder): ${el.placeholder.slice(0, 60)}`)
        }
        continue
      }
      const own = [...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
      const hides = /hidden|clip/.test(css.overflowX)
      if (el.scrollWidth > el.clientWidth + 1 && ((hides && own) || /^(BUTTON|TH)$/.test(el.tagName) || el.classList.contains('btn')) && !el.title && !el.closest('[title]')) out.add(`${name(el)}: ${el.innerText.slice(0, 60).replace(/\s+/g, ' ')}`)
      else if (own && hides && /hidden|clip/.test(css.overflowY) && el.scrollHeight > el.clientHeight + 3 && !el.title) out.add(`${name(el)} (below): ${el.innerText.slice(0, 60).replace(/\s+/g, ' ')}`)
    }
    return [...out]
  })
}

// plain asks both of a screen.
export async function plain(page, name, ok = []) {
  assert.deepEqual(await chinese(page, ok), [], `Chinese on the English ${name}`)
  assert.deepEqual(await cut(page), [], `cut text on ${name}`)
}
