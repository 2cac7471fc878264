import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { call, get, post } from './http'
import { asProblem } from './problem'
import { keyed } from './root'
import type { Me } from './types'

const key = keyed('shouwang.me')

/** useSession knows who is signed in. The last answer is kept, so that a phone opens without a network. */
export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(kept())
  const checked = ref(false)
  /** the server's time at a moment of ours, and how fast it goes on: a drill has a clock of its own */
  const clock = ref({ server: Date.now(), here: Date.now(), rate: 1 })
  let again = 0
  const expired = ref(false)

  function kept(): Me | null {
    try {
      return JSON.parse(localStorage.getItem(key) ?? 'null') as Me | null
    } catch {
      return null
    }
  }

  function take(next: Me | null) {
    me.value = next
    expired.value = false
    if (!next) return localStorage.removeItem(key)
    clock.value = { server: Date.parse(next.now), here: Date.now(), rate: !next.drill ? 1 : next.drill.state === 'running' ? next.drill.speed : 0 }
    if (next.drill && !again) again = window.setInterval(() => void get<Me>('/me').then(take, () => undefined), 3000)
    localStorage.setItem(key, JSON.stringify(next))
  }

  /** check asks the server once; without an answer the kept session stands. */
  async function check(): Promise<void> {
    try {
      take(await get<Me>('/me'))
    } catch (e) {
      if (asProblem(e).status === 401) {
        if (me.value?.home.face === 'field') expired.value = true
        else take(null)
      }
    }
    checked.value = true
  }

  async function login(name: string, password: string) {
    take(whole(await post<Me | { me: Me }>('/sessions', { login: name, password })))
  }
  async function enterByCode(ticket: string, code: string, phone: string) {
    take(whole(await post<Me | { me: Me }>('/sessions/code', { ticket, code, phone })))
  }
  async function enterDemo(id: string) {
    take(whole(await post<Me | { me: Me }>('/demo/enter', { id })))
  }
  async function logout() {
    await call('DELETE', '/sessions/current').catch(() => undefined)
    take(null)
  }
  const whole = (answer: Me | { me: Me }): Me => ('me' in answer ? answer.me : answer)

  /** now is the server's clock as far as this browser knows it. */
  const now = () => new Date(clock.value.server + (Date.now() - clock.value.here) * clock.value.rate)
  const roles = computed(() => new Set((me.value?.grants ?? []).map((g) => g.role)))
  const home = computed(() => me.value?.home.place_id ?? '')
  const start = computed(() => startOf(me.value))
  return { me, checked, expired, check, login, enterByCode, enterDemo, logout, now, roles, home, start }
})

/** startOf says which page a person begins on. */
export function startOf(me: Me | null): string {
  if (!me) return '/'
  if (keeperOnly(new Set(me.grants.map((g) => g.role)))) return '/console/accounts'
  return me.home.face === 'field' ? '/m' : me.home.face === 'resident' ? '/my' : '/console'
}

/** keeperOnly says whether somebody keeps accounts and nothing else: no overview, no register, no live feed. */
export const keeperOnly = (roles: Set<string>): boolean => roles.size === 1 && roles.has('admin')
