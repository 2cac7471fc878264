import type { Words } from '../pick'

/** The wall: read from five metres, by everybody in the hall. */
export const wall = {
  wall: {
    title: ['大屏', 'Wall'], real: ['应急 · 实战', 'Emergency · real'], normal: ['常态', 'Normal'], demo: ['演示数据', 'Demonstration data'],
    noNames: ['不显示姓名与门牌', 'No names, no doors'], rest: ['其余 {n} 个社区为常态', 'Other communities normal: {n}'],
    dataTime: ['数据时间', 'Data of'], fresh: ['正常更新', 'Updating'], stale: ['数据停滞', 'Data stalled'], staleFor: ['已 {span} 没有更新', 'no update for {span}'],
    first: ['先补 {names}', 'First: {names}'], of: ['共 {n}', 'of {n}'], until: ['至 {at}', 'until {at}'], mostly: ['多在 {names}', 'mostly {names}'], full: ['都有人', 'All filled'], done: ['已敲 {n}', '{n} visited'],
    gap: ['对不上的数', 'Does not add up'], gapNote: ['上报数多于分区合计', 'stated above the zones\' sum'], gapLess: ['上报数少于分区合计', 'stated below the zones\' sum'],
    lacks: ['缺岗 {n}', '{n} posts empty'], asks: ['诉求待应', 'Asked for help'], waits: ['再敲或不愿开', 'Again, or refused'],
    everyday: ['常态岗位空缺', 'Everyday posts empty'], closed: ['进出按规定', 'Passage by rule'], calm: ['没有应急响应', 'No emergency in force'],
    two: ['{n} 起响应同时生效', '{n} responses in force'],
  },
} as const satisfies Words
