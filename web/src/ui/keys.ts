import { onMounted, onUnmounted } from 'vue'

/** A key that a page answers to, with its meaning for the sheet that ? opens. */
export interface KeyHint { keys: string[]; word: string }

const typing = (e: KeyboardEvent) => {
  const el = e.target as HTMLElement | null
  return !!el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName))
}

/** useKeys answers single keys while nobody types and no dialog is open; "ctrl+enter" works everywhere. */
export function useKeys(map: Record<string, (e: KeyboardEvent) => void>) {
  function heard(e: KeyboardEvent) {
    if (e.isComposing || e.altKey || e.metaKey) return
    const name = (e.ctrlKey ? 'ctrl+' : '') + e.key.toLowerCase()
    const act = map[name]
    if (!act) return
    if (!e.ctrlKey && (typing(e) || document.querySelector('dialog[open]'))) return
    e.preventDefault()
    act(e)
  }
  onMounted(() => window.addEventListener('keydown', heard))
  onUnmounted(() => window.removeEventListener('keydown', heard))
}
