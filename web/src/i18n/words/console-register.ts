import type { Words } from '../pick'
export const registerWords = {} as const satisfies Words
