// A client of the public API as one of the demo roles, for setting the scene and
// for checking with other eyes what the screen shows.
import { randomUUID } from 'node:crypto'
import assert from 'node:assert/strict'

export class Api {
  constructor(url) {
    this.url = url
    this.cookie = ''
  }

  async call(method, path, body) {
    const headers = { accept: 'application/json', origin: this.url }
    if (this.cookie) headers.cookie = this.cookie
    if (this.token) headers.authorization = `Bearer ${this.token}`
    if (method !== 'GET') headers['operation-id'] = randomUUID()
    if (body !== undefined) headers['content-type'] = 'application/json'
    const answer = await fetch(`${this.url}/api/v1${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
    const set = answer.headers.getSetCookie()
    if (set.length) this.cookie = set.map((c) => c.split(';')[0]).join('; ')
    const text = await answer.text()
    let data = null
    try { data = text ? JSON.parse(text) : null } catch { data = { raw: text } }
    return { status: answer.status, data }
  }

  // ok is call for what must succeed.
  async ok(method, path, body) {
    const { status, data } = await this.call(method, path, body)
    assert.ok(status >= 200 && status < 300, `${method} ${path} answered ${status}: ${JSON.stringify(data)}`)
    return data
  }

  get(path) { return this.ok('GET', path) }
  post(path, body = {}) { return this.ok('POST', path, body) }

  // all follows the cursor to the end of a list.
  async all(path) {
    const items = []
    for (let cursor = ''; ;) {
      const page = await this.get(path + (path.includes('?') ? '&' : '?') + 'limit=200' + (cursor ? '&cursor=' + encodeURIComponent(cursor) : ''))
      items.push(...page.items)
      if (!page.next) return items
      cursor = page.next
    }
  }
}

// roles returns the demo world's role cards.
export async function roles(url) {
  const answer = await new Api(url).get('/demo/roles')
  return Array.isArray(answer) ? answer : answer.items
}

// roleCard returns the n-th card of a role (0 is the first).
export async function roleCard(url, role, n = 0) {
  const cards = (await roles(url)).filter((r) => r.role === role)
  assert.ok(cards.length > n, `the demo offers ${cards.length} of role ${role}, ${n + 1} needed`)
  return cards[n]
}

// enter opens a session as the n-th card of a role.
export async function enter(url, role, n = 0) {
  const api = new Api(url)
  api.card = await roleCard(url, role, n)
  await api.post('/demo/enter', { id: api.card.id })
  return api
}

// token returns a client that carries a token of one role at one place.
export async function token(url, role, code) {
  const admin = await enter(url, 'admin')
  const api = new Api(url)
  api.token = (await admin.post('/tokens', { role, place_code: code })).token
  return api
}

// activate declares, zones, plans and applies as two officers, and returns the
// incident's id.
export async function activate(url, { zone = 'lockdown', placeIds, title = '浏览器测试' }) {
  const first = await enter(url, 'commander', 0)
  const second = await enter(url, 'commander', 1)
  const incident = await first.post('/incidents', { title, playbook: 'epidemic', place_id: first.card.place_id })
  await first.post(`/incidents/${incident.id}/zones`, { zone, place_ids: placeIds, basis: '传染病防治法第四十一条 · 演示', until: inDays(7) })
  const plan = await first.post(`/incidents/${incident.id}/plan`)
  await second.post(`/incidents/${incident.id}/apply`, { plan: plan.plan })
  return incident.id
}

// inDays returns a civil date some days from now.
export function inDays(n) {
  return new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10)
}
