import { reactive } from 'vue'

/** How a person wants the screen to look; kept on this device, never on the server. */
export interface Looks { shade: 'light' | 'dark' | 'contrast'; large: boolean }
const key = 'shouwang.looks'

function kept(): Looks {
  const words = (localStorage.getItem(key) ?? '').split(' ')
  return { shade: words.includes('dark') ? 'dark' : words.includes('contrast') ? 'contrast' : 'light', large: words.includes('large') }
}

export const looks = reactive<Looks>(kept())

/** setLooks changes some of it, at once and for the next time. */
export function setLooks(next: Partial<Looks>) {
  Object.assign(looks, next)
  localStorage.setItem(key, [looks.shade, looks.large ? 'large' : ''].join(' ').trim())
  show()
}

function show() {
  const on = document.documentElement.classList
  on.toggle('dark', looks.shade === 'dark')
  on.toggle('contrast', looks.shade === 'contrast')
  on.toggle('large', looks.large)
}
show()
