import type { Words } from '../pick'

/** Teams, hours of service and what is done for helpers. */
export const serviceWords = {
  team: {
    title: ['队伍', 'Teams'], note: ['按在岗的人算出来，不另外登记', 'reckoned from the posts in force'], forms: ['编组', 'Forms'], whole: ['齐 {n} / {of} 队', '{n} of {of} whole'], empty: ['缺 {n} 人', '{n} empty'], unfit: ['{n} 人条件不够', '{n} not qualified'], full: ['齐了', 'Whole'],
    off: ['没有打开', 'Switched off'], offDo: ['要用这支队伍，在“预案”里给本社区打开这些岗位（启用改为 now）。', 'To use this team, open these posts for the community under Playbooks (offer: now).'], able: ['能上的 {n} 人', '{n} could'], none: ['这里没有队伍。', 'There are no teams here.'],
    captain: ['队长', 'Captain'], deputy: ['副队长', 'Deputy'], nobody: ['还没有', 'nobody yet'], members: ['队员', 'Members'], post: ['岗位', 'Post'], where: ['地点', 'Where'], who: ['谁在岗', 'Holder'], lacks: ['还缺什么', 'What is lacking'], ask: ['可以找：', 'Could ask: '], noAsk: ['本社区没有条件够又空着的人', 'nobody here is both qualified and free'],
    lacking: ['只看有缺的', 'Only those lacking'], every: ['全部', 'All'], fair: ['只说岗位缺什么，不比较人。', 'Says what posts lack; compares nobody.'],
  },
} satisfies Words
