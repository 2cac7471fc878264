import type { Words } from '../pick'

/** Texts of the phone. */
export const field = {
  field: {
    stairs: ['楼道', 'Stairs'],
    door: ['一户', 'Door'],
    progress: ['进度', 'Progress'],
    outbox: ['存着的', 'Outbox'],
    me: ['我的', 'Me'],
  },
} as const satisfies Words
