import type { Words } from '../pick'

/** What changed for a post, and coming to it, on the phone. */
export const changeWords = {
  arr: { title: ['到岗', 'Arrival'], arrive: ['我到岗了', 'I am here'], handOver: ['交岗', 'Hand over'], since: ['{at} 到岗', 'there since {at}'], deputy: ['副职', 'deputy'] },
  chg: { title: ['您的岗位有变', 'Your post has changed'], seen: ['知道了', 'I have read this'], none: ['无', 'none'] },
} satisfies Words
