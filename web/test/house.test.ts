import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from 'vitest'

const walk = (dir: string): string[] => readdirSync(dir).flatMap((f) => (statSync(join(dir, f)).isDirectory() ? walk(join(dir, f)) : [join(dir, f)]))
const files = walk('src').filter((f) => /\.(vue|ts)$/.test(f) && !f.endsWith('.test.ts'))

/** part says which part of the house a path stands in: app, client, ui, i18n or rooms/<name>. */
function part(path: string): string {
  const p = relative('src', path).split('/')
  return p[0] === 'rooms' ? `rooms/${p[1]}` : p[0]
}
const floors: Record<string, string[]> = { ui: ['ui', 'client', 'i18n'], client: ['client', 'i18n'], i18n: ['i18n', 'client'], app: ['app', 'rooms', 'ui', 'client', 'i18n'] }

test('rooms never import rooms, ui knows no room', () => {
  const wrong: string[] = []
  let edges = 0
  for (const file of files) {
    const from = part(file)
    for (const m of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'((?:@|\.\.?)\/[^']+)'/g)) {
      const to = part(m[1].startsWith('@/') ? normalize('src/' + m[1].slice(2)) : normalize(join(dirname(file), m[1])))
      edges++
      const may = from.startsWith('rooms/') ? [from, 'ui', 'client', 'i18n'] : floors[from]
      if (!may.some((x) => to === x || (x === 'rooms' && to.startsWith('rooms/')))) wrong.push(`${file} → ${to}`)
    }
  }
  expect(edges).toBeGreaterThan(200)
  expect(wrong).toEqual([])
})

test('no file is longer than it may be', () => {
  expect(files.filter((f) => readFileSync(f, 'utf8').split('\n').length > 300)).toEqual([])
})

test('colours live in the tokens, only the map and patterns draw their own', () => {
  const free = /tokens\.css|shape-map\.css|ZonePatterns|MapSigns|icon/
  const named = files.filter((f) => !free.test(f)).filter((f) => /(?:color|background|border[\w-]*):[^;]*#(?!fff\b)[0-9a-f]{6}/i.test(readFileSync(f, 'utf8')))
  expect(named.length).toBeLessThanOrEqual(6)
})
