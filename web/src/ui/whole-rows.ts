import type { Directive } from 'vue'

const watchers = new WeakMap<HTMLElement, () => void>()

/** fit ends a scrolling table on a whole row, so that no row stands cut in half above the total. */
function fit(el: HTMLElement) {
  el.style.maxHeight = ''
  delete el.dataset.more
  if (el.scrollHeight <= el.clientHeight + 1) return
  const top = el.getBoundingClientRect().top - el.scrollTop
  const foot = el.querySelector('tfoot')?.getBoundingClientRect().height ?? 0
  const room = el.clientHeight - foot
  let end = 0
  for (const row of el.querySelectorAll('tbody tr')) {
    const bottom = row.getBoundingClientRect().bottom - top
    if (bottom > room + 0.5) break
    end = bottom
  }
  if (!end) return
  el.style.maxHeight = `${Math.ceil(end + foot)}px`
  el.dataset.more = '' // a shadow over the total says that rows go on beneath it
}

function start(el: HTMLElement) {
  let frame = 0
  const again = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => fit(el))
  }
  const size = new ResizeObserver(again)
  if (el.parentElement) size.observe(el.parentElement)
  const content = new MutationObserver(again)
  content.observe(el, { childList: true, subtree: true, characterData: true })
  again()
  watchers.set(el, () => {
    cancelAnimationFrame(frame)
    size.disconnect()
    content.disconnect()
  })
}

/** vWholeRows, when true, lets a box that scrolls a table end on a whole row. */
export const vWholeRows: Directive<HTMLElement, boolean | undefined> = {
  mounted: (el, { value }) => { if (value) start(el) },
  unmounted: (el) => watchers.get(el)?.(),
}
