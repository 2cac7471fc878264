import type { Words } from '../pick'

/** What was done at a door today: by role and hour, never by whom. */
export const doorDoneWords = {
  doorDone: { title: ['今天做过的', 'Done here today'], own: ['本人', 'their own word'], me: ['您', 'you'], system: ['系统', 'the system'], queued: ['存在手机里', 'on this phone'], change: ['改', 'Change'] },
} satisfies Words
