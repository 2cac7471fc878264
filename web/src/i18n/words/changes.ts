import type { Words } from '../pick'

/** What changed for a post, on the phone. */
export const changeWords = {
  chg: { title: ['您的岗位有变', 'Your post has changed'], seen: ['知道了', 'I have read this'], none: ['无', 'none'] },
} satisfies Words
