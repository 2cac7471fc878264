import type { Words } from '../pick'

/** Daily greetings: who is greeted, by which two, and how far it is today. */
export const greetingWords = {
  greet: {
    title: ['今日问候', 'Greetings today'], rail: ['问候', 'Greetings'], mine: ['我问候的人', 'My people today'],
    note: ['{from}–{until} 由第一位问候，{second} 前请第二位，再没有回音就转微网格长上门', 'First of the pair {from}–{until}; the second until {second}; then the micro-grid lead knocks'],
    none: ['这里还没有人被每天问候。', 'Nobody is greeted daily here yet.'], mineNone: ['今天没有要您问候的人。', 'Nobody for you to greet today.'],
    without: ['还没有人问候的', 'Without a pair'], withoutNote: ['登记为独居等类别、还没定人的；先问本人愿不愿意', 'Registered as living alone and the like; ask them first'], withoutNone: ['该问候的都定了人。', 'Everybody who should be has a pair.'],
    stage: { soon: ['还没到时间', 'Not due yet'], due: ['待问候', 'Due'], second: ['请第二位', 'Second asked'], missed: ['没有回音', 'No answer'], greeted: ['已问候', 'Greeted'], ended: ['已停', 'Ended'] },
    how: { call: ['电话', 'by phone'], door: ['上门', 'at the door'], fine: ['自己报平安', 'their own word'], desk: ['上门的办件里答复了', 'answered in the case of the knock'] },
    first: ['第一位', 'First'], second: ['第二位', 'Second'], pair: ['定下两位', 'Choose a pair'], change: ['换人', 'Change'], gone: ['已离开名册，请换人', 'left the roll: choose anew'],
    end: ['停止', 'End'], endWhy: ['为什么停', 'Why it ends'], why: { objects: ['本人不愿意', 'They object'], unneeded: ['不再需要', 'No longer needed'], moved: ['搬走了', 'Moved away'], 'left-group': ['不再属于这一类', 'No longer in the group'] },
    ended: ['{at} 停：{why}', 'ended {at}: {why}'], cancel: ['算了', 'Never mind'], save: ['保存', 'Save'], agreed: ['问过本人：愿意被每天问候，也愿意让这两位知道电话', 'Asked: they want a greeting every day and let these two have their number'],
    choose: ['请选', 'Choose'], home: ['住 {home}', 'lives at {home}'], greets: ['已问候 {n} 位', 'greets {n} already'], see: ['看办件', 'See the case'], of: ['{done}/{all} 已问候', '{done} of {all} greeted'],
    call: ['打电话', 'Call'], noPhone: ['没有登记电话，请上门', 'No number on record: go to the door'], viaCall: ['电话里', 'By phone'], viaDoor: ['在门口', 'At the door'], said: ['记下了：{what}', 'Noted: {what}'], asLead: ['没有回音，请您上门敲一敲', 'No answer: please knock'], asSecond: ['第一位没问到，请您接上', 'The first did not reach them: please step in'],
    looked: ['看电话会留记录。', 'Looking at the number is recorded.'], until: ['{at} 前', 'by {at}'],
  },
} satisfies Words
