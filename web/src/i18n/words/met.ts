import type { Words } from '../pick'

/** From served to self-governing: who met the needs. */
export const metWords = {
  met: {
    title: ['谁办成的', 'Who met the needs'], note: ['办结的需求是谁办成的，一周一行；政府、社区以外由居民自己办成的算“自治”', 'Closed needs by who met them, a row a week; beyond government and community they count as met among residents'],
    week: ['周', 'Week'], day: ['日', 'Day'], total: ['办结', 'Closed'], share: ['各方', 'By whom'], own: ['自治', 'Among themselves'], few: ['不足五件，不分', 'fewer than five: not told apart'], none: ['还没有办结的需求。', 'No need has been closed yet.'],
    government: ['政府部门', 'Government'], community: ['社区', 'Community'], volunteer: ['志愿者', 'Volunteers'], neighbour: ['邻居', 'Neighbours'], self: ['居民自己', 'Themselves'], weeks: ['{n} 周', '{n} weeks'],
    during: ['应急期间谁办成的', 'Who met the needs meanwhile'], goOn: ['{n} 件没办结的，留在原来的办事处继续办', '{n} open cases go on at their desks'], ownShare: ['{p}（{n} 件）', '{p} ({n})'], open: ['谁办成的', 'Who met them'],
  },
} satisfies Words
