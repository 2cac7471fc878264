// The full demonstration for the pictures: the real binary in a folder of its
// own, its three zones drawn from the demonstration's own list and put in force
// by two officers, and part of the sweep recorded.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomUUID } from 'node:crypto'
import { enter, inDays } from '../../test/e2e/lib/api.mjs'

const binary = process.env.SHOUWANG_BIN ?? fileURLToPath(new URL('../../bin/shouwang', import.meta.url))
const zoneIds = { 封控区: 'lockdown', 管控区: 'control', 防范区: 'precaution' }
const basis = { lockdown: '传染病防治法 · 区指令 7 号', control: '传染病防治法 · 区指令 7 号', precaution: '传染病防治法 · 区指令 8 号' }

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => resolve(port)) })
  })
}

/** start serves a new full demonstration and returns it once it is ready. */
export async function start() {
  const dir = mkdtempSync(join(tmpdir(), 'shouwang-shots-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(binary, ['serve', '--demo', '--demo-size', 'full', '--data', join(dir, 'data'), '--addr', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'inherit'] })
  let ended = false
  const gone = new Promise((resolve) => child.on('exit', () => { ended = true; resolve() }))
  const stop = async () => { child.kill('SIGTERM'); await gone; rmSync(dir, { recursive: true, force: true }) }
  for (const from = Date.now(); Date.now() - from < 300_000;) {
    if (ended) break
    if (await fetch(url + '/readyz').then((r) => r.ok, () => false)) return { url, files: join(dir, 'data', 'demo-files'), stop }
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  await stop()
  throw new Error('the demonstration did not get ready')
}

/** draft declares the incident and draws the three zones; nobody is bound yet. */
export async function draft(world) {
  const author = await enter(world.url, 'commander', 0)
  const stated = JSON.parse(readFileSync(join(world.files, 'stated.json'), 'utf8'))
  const incident = await author.post('/incidents', { title: '澄塘街道疫情处置', playbook: 'epidemic', place_id: author.card.place_id, stated: { people: stated.people, source: '街道上报口径' } })
  const codes = { lockdown: [], control: [], precaution: [] }
  for (const line of readFileSync(join(world.files, 'zones.csv'), 'utf8').split(/\r?\n/).slice(1)) {
    const [zone, code] = line.split(',')
    if (code) codes[zoneIds[zone]].push(code)
  }
  for (const [zone, place_codes] of Object.entries(codes)) {
    await author.post(`/incidents/${incident.id}/zones`, { zone, place_codes, basis: basis[zone], until: inDays(zone === 'precaution' ? 7 : 14) })
  }
  return { author, incident }
}

/** sweep records what came of some doors, as each community's workers would, and most doors of one house. */
export async function sweep(world, incidentId, house) {
  const keeper = await enter(world.url, 'admin')
  const officer = await enter(world.url, 'commander')
  const [round] = (await officer.get(`/rounds?incident_id=${incidentId}`)).items
  for (const place of await officer.all(`/places?under=${officer.card.place_id}&kind=community`)) {
    const { token } = await keeper.post('/tokens', { role: 'community', place_code: place.code, name: `${place.name}值守` })
    const parts = (await officer.get(`/places?under=${place.id}&kind=building&q=${encodeURIComponent(house)}`)).items
    const device = new Device(world.url, token, round.id)
    for (const part of parts) await device.record(part.id, 4)
    await device.record(place.id, 8, 600)
  }
}

/** Device is one worker's tablet: it asks what is missing and sends in batches. */
class Device {
  constructor(url, token, round) {
    Object.assign(this, { base: `${url}/api/v1`, round, name: randomUUID(), sequence: 0, seen: 0 })
    this.headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' }
  }

  async ask(path, body) {
    const answer = await fetch(this.base + path, { method: body ? 'POST' : 'GET', headers: this.headers, body: body && JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }

  /** record leaves out every n-th door below a place. */
  async record(place, every, most = 200) {
    for (let cursor = '', left = most; left > 0; left -= 200) {
      const page = await this.ask(`/rounds/${this.round}/targets?under=${place}&state=all&limit=200&cursor=${cursor}`)
      const due = page.items.filter((t) => !t.outcome && ++this.seen % every !== 0)
      for (let at = 0; at < due.length; at += 50) {
        const operations = due.slice(at, at + 50).map((t) => ({
          id: randomUUID(), sequence: ++this.sequence, verb: 'POST', path: `/api/v1/rounds/${this.round}/targets/${t.place_id}/record`, body: outcome(this.sequence),
        }))
        await this.ask('/batch', { device: this.name, operations })
      }
      if (!page.next) return
      cursor = encodeURIComponent(page.next)
    }
  }
}

function outcome(i) {
  if (i % 29 === 0) return { outcome: 'needs-help', choice: ['medicine', 'food', 'doctor'][i % 3] }
  if (i % 13 === 0) return { outcome: 'absent' }
  if (i % 97 === 0) return { outcome: 'refused' }
  return { outcome: 'at-home' }
}
