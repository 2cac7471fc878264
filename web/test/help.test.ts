import { existsSync } from 'node:fs'
import type { RouteRecordRaw } from 'vue-router'
import { expect, test } from 'vitest'
import { routes } from '@/app/routes'
import { helpPages } from '@/i18n/words/help'

/** flat lists the paths of all pages, as the router matches them. */
function flat(list: readonly RouteRecordRaw[], before = ''): string[] {
  return list.flatMap((r) => {
    const path = r.path.startsWith('/') ? r.path : `${before}/${r.path}`.replace(/\/$/, '')
    return r.children ? flat(r.children, path) : [path]
  })
}
const paths = flat(routes)

test('every page has its how-to and no how-to is left without a page', () => {
  expect(paths.length).toBeGreaterThan(25)
  expect(paths.filter((p) => !helpPages[p])).toEqual([])
  expect(Object.keys(helpPages).filter((p) => !paths.includes(p))).toEqual([])
})

test('a how-to is there in both languages, short, and its document exists', () => {
  const bad: string[] = []
  for (const [path, page] of Object.entries(helpPages)) {
    if (page.steps.length < 1 || page.steps.length > 4) bad.push(`${path}: ${page.steps.length} steps`)
    for (const [zh, en] of [page.for, ...page.steps]) {
      if (!zh || !en || /\p{Script=Han}/u.test(en) || !/\p{Script=Han}/u.test(zh)) bad.push(`${path}: ${zh} / ${en}`)
      if (zh.length > 60) bad.push(`${path}: too long: ${zh}`)
    }
    for (const end of ['.md', '.en.md']) if (!existsSync(`../docs/${page.doc}${end}`)) bad.push(`${path}: no docs/${page.doc}${end}`)
  }
  expect(bad).toEqual([])
})
