import { keyed } from './root'

/** newId makes a time-ordered identifier (UUID version 7): it is no secret, only unique. */
export function newId(now = Date.now(), random: (a: Uint8Array) => Uint8Array = (a) => crypto.getRandomValues(a)): string {
  const bytes = random(new Uint8Array(16))
  let t = now
  for (let i = 5; i >= 0; i--) {
    bytes[i] = t % 256
    t = Math.floor(t / 256)
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const key = keyed('shouwang.device')
let remembered = ''

/** newDevice starts this browser afresh, with its numbers from one. */
export function newDevice(): string {
  remembered = newId()
  localStorage.setItem(key, remembered)
  return remembered
}

/** deviceId names this browser, not the person: it orders what was recorded here. */
export function deviceId(): string {
  if (remembered) return remembered
  remembered = localStorage.getItem(key) ?? ''
  if (!remembered) {
    remembered = newId()
    localStorage.setItem(key, remembered)
  }
  return remembered
}
