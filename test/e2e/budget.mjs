// Measures the budgets of performance, reach and reading in a real browser
// against a served demonstration, prints the table and writes test/e2e/out/
// budgets.json; --write also writes docs/reference/budgets*.md, --from FILE does
// so from an earlier run. Ends with an error when something falls short.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { faces } from './budget/faces.mjs'
import { rowsOf, table, write } from './budget/report.mjs'
import { scene } from './budget/scene.mjs'
import { speed } from './budget/speed.mjs'
import { Browser } from './lib/browser.mjs'

const { values: want } = parseArgs({ options: { write: { type: 'boolean' }, from: { type: 'string' } } })
const out = fileURLToPath(new URL('./out/', import.meta.url))
const run = want.from ? JSON.parse(readFileSync(want.from, 'utf8')) : await measure()
mkdirSync(out, { recursive: true })
writeFileSync(out + 'budgets.json', JSON.stringify(run, null, 1) + '\n')
const rows = rowsOf(run)
console.log(table(rows, 1))
for (const row of rows) if (!row.ok) for (const what of (row.list ?? []).slice(0, 8)) console.log(`  ${row.id}: ${String(what).replaceAll('\n', ' ')}`)
if (want.write) write(run, rows)
if (rows.some((r) => !r.ok)) process.exitCode = 1

async function measure() {
  const world = await scene()
  const load = () => Math.round(loadavg()[0] * 10) / 10
  const from = load()
  try {
    const fast = await speed(world)
    const browser = await Browser.launch(world.url, ['--ignore-certificate-errors'])
    try {
      const seen = await faces(world, browser, { say: (l) => process.stderr.isTTY && process.stderr.write(`${l}\u001b[K\r`) })
      return { date: new Date().toISOString().slice(0, 10), cores: cpus().length, memory: Math.round(totalmem() / 2 ** 30), load: [from, load()], browser: browser.inner.version(), speed: fast, faces: seen }
    } finally {
      await browser.close()
    }
  } finally {
    await world.server.stop()
  }
}
