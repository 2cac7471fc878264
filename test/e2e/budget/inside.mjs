// What is measured inside a page, by the page's own browser. Each function runs
// there and returns what is wrong with it, in words, or figures.

const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [tabindex="0"]'

/** small lists the targets below a size. Words in a sentence and shapes of a map are exempt, as in WCAG 2.5.8. */
export const small = ([least, selector]) => {
  const out = []
  // On dense rows of the console, as the criterion allows: smaller, when a circle of 24 px round it touches no other target.
  const boxes = least > 24 ? [] : [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => [e, e.getBoundingClientRect()])
  const spaced = (el, b) => least <= 24 && boxes.every(([o, r]) => {
    if (o === el || o.contains(el) || el.contains(o) || !r.width) return true
    const x = b.left + b.width / 2, y = b.top + b.height / 2
    const dx = Math.max(r.left - x, 0, x - r.right), dy = Math.max(r.top - y, 0, y - r.bottom)
    const apart = Math.hypot(x - r.left - r.width / 2, y - r.top - r.height / 2)
    return Math.hypot(dx, dy) >= 12 && (Math.min(r.width, r.height) >= 24 || apart >= 24)
  })
  for (const el of document.querySelectorAll(selector)) {
    if (el.closest('svg, [inert], [aria-hidden=true], .skip, .sr') || !el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
    const style = getComputedStyle(el)
    if (style.position === 'absolute' && (el.offsetWidth <= 1 || el.offsetHeight <= 1)) continue
    const label = el.matches('input') ? el.closest('label') ?? document.querySelector(`label[for="${CSS.escape(el.id || '-')}"]`) : null
    const box = el.getBoundingClientRect()
    const own = label ? label.getBoundingClientRect() : box
    const w = Math.max(box.width, own.width), h = Math.max(box.height, own.height)
    if (!w || !h) continue
    if (el.matches('a') && style.display === 'inline' && el.parentElement.innerText.trim().length > el.innerText.trim().length) continue
    if ((Math.round(w) < least || Math.round(h) < least) && !spaced(el, own)) out.push(`${el.tagName.toLowerCase()}.${[...el.classList].join('.')} “${(el.innerText || el.getAttribute('aria-label') || el.type || '').trim().slice(0, 16)}” ${Math.round(w)}×${Math.round(h)}`)
  }
  return out
}
small.controls = controls

/** clipped lists boxes that cut their own text off, and the page where it can be pushed sideways. */
export const clipped = () => {
  const out = []
  const root = document.documentElement
  if (root.scrollWidth > window.innerWidth + 1) out.push(`page ${root.scrollWidth} > ${window.innerWidth}`)
  for (const el of document.querySelectorAll('body *')) {
    const s = getComputedStyle(el)
    if (!el.innerText?.trim() || el.closest('svg, .sr') || !el.getClientRects().length || el.clientWidth < 2) continue
    const cutX = /hidden|clip/.test(s.overflowX) && el.scrollWidth > el.clientWidth + 2
    const cutY = /hidden|clip/.test(s.overflowY) && el.scrollHeight > el.clientHeight + 4
    if ((cutX && s.textOverflow !== 'ellipsis') || cutY) out.push(`${el.tagName.toLowerCase()}.${[...el.classList].join('.')} “${el.innerText.trim().slice(0, 16)}” ${el.scrollWidth}×${el.scrollHeight} in ${el.clientWidth}×${el.clientHeight}`)
  }
  return out
}

/** type measures what is written: the body's size, the smallest and largest text, the tightest lines. */
export const type = () => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  let least = Infinity, most = 0, tight = Infinity, small = ''
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement
    const text = walker.currentNode.textContent.trim()
    if (!text || !el.checkVisibility() || el.closest('svg, .sr, script, style, noscript')) continue
    const s = getComputedStyle(el)
    const size = parseFloat(s.fontSize)
    if (size < least) { least = size; small = text.slice(0, 16) }
    most = Math.max(most, size)
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    if (new Set([...range.getClientRects()].map((r) => Math.round(r.top))).size > 1) tight = Math.min(tight, (s.lineHeight === 'normal' ? 1.4 : parseFloat(s.lineHeight) / size)) // only where there is more than one line
  }
  return { body: parseFloat(getComputedStyle(document.body).fontSize), least, small, most, tight: tight === Infinity ? 0 : Math.round(tight * 100) / 100 }
}

/** rows counts the rows of lists, and those that stand whole in the window. */
export const rows = () => {
  const all = [...document.querySelectorAll('main tbody tr, main li, main [role=row]')].map((el) => el.getBoundingClientRect()).filter((b) => b.height > 8)
  return { all: all.length, seen: all.filter((b) => b.top >= 0 && b.bottom <= window.innerHeight + 1).length }
}

/** goal lists what the Tab key should reach; focused says where it stands and whether that is seen. */
export const goal = (selector) => {
  let n = 0
  const seenRadio = new Set()
  for (const el of document.querySelectorAll(selector)) {
    if (el.disabled || el.tabIndex < 0 || el.closest('[inert]') || !el.checkVisibility({ visibilityProperty: true })) continue
    if (el.matches('input[type=radio]')) { // a group is one stop
      if (seenRadio.has(el.name)) continue
      seenRadio.add(el.name)
    }
    el.dataset.goal = String(n++)
  }
  return n
}
export const focused = () => {
  const el = document.activeElement
  if (!el || el === document.body) return null
  const s = getComputedStyle(el)
  const near = el.closest('label') ?? el
  const shown = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none' || getComputedStyle(near).outlineStyle !== 'none' || (el.closest('svg') && (s.strokeWidth !== '0px' || s.outlineStyle !== 'none'))
  const b = el.getBoundingClientRect()
  const x = Math.min(Math.max(b.left + b.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(b.top + b.height / 2, 0), innerHeight - 1)
  const top = document.elementFromPoint(x, y)
  const hidden = !!top && !el.contains(top) && !top.contains(el) && !el.closest('svg') && !el.closest('label')?.contains(top)
  const name = el.matches('input[type=radio]') ? el.name : ''
  return { goal: el.dataset.goal ?? '', radio: name, shown: !!shown, hidden, what: `${el.tagName.toLowerCase()}.${[...el.classList].join('.')} “${(el.innerText || el.getAttribute('aria-label') || '').trim().slice(0, 16)}”` }
}
