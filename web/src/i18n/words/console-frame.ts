import type { Words } from '../pick'

export const rail = {
  situation: ['态势', 'Situation'],
} as const satisfies Words
