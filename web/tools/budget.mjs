// Prints what the phone's first route weighs compressed and fails above its budget.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../../internal/web/dist/', import.meta.url)
const limit = 130_000
const html = readFileSync(new URL('index.html', dist), 'utf8')
const names = readdirSync(new URL('assets/', dist))
const want = new Set([...html.matchAll(/assets\/[\w.-]+/g)].map((m) => m[0].slice(7)))
for (const n of names) if (/^(FieldFrame|StairPage|field)-.*\.(js|css)$/.test(n)) want.add(n)
// What those ask for in turn, but not what waits behind another route.
for (const n of want) {
  if (!n.endsWith('.js')) continue
  for (const m of readFileSync(new URL('assets/' + n, dist), 'utf8').matchAll(/(?:from|import)\s*["']\.\/([\w.-]+)["']/g)) want.add(m[1])
}
for (const n of [...want]) for (const css of names) if (css.endsWith('.css') && css.split('-')[0] === n.split('-')[0]) want.add(css)
let sum = gzipSync(html).length
for (const n of want) sum += gzipSync(readFileSync(new URL('assets/' + n, dist))).length
console.log(`phone's first route: ${want.size + 1} files, ${(sum / 1000).toFixed(1)} kB gzip (budget ${limit / 1000} kB)`)
if (sum > limit) process.exit(1)
