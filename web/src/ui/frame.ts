import { onScopeDispose, reactive } from 'vue'
import type { KeyHint } from './keys'

interface Frame {
  /** set while a screen shows something that is not in force yet */
  draft: { title: string; note: string } | null
  hints: KeyHint[]
}

/** frame is what the screen in sight tells the frame around it. */
export const frame = reactive<Frame>({ draft: null, hints: [] })

/** useHints names the keys of a screen for the sheet that ? opens. */
export function useHints(hints: KeyHint[]) {
  frame.hints = hints
  onScopeDispose(() => {
    if (frame.hints === hints) frame.hints = []
  })
}
