import type { Words } from '../pick'

/** Rosters and shifts: the board, and what a helper sees of them. */
export const shiftWords = {
  shift: {
    title: ['排班', 'Roster'], mine: ['我的班', 'My shifts'], from: ['起始日', 'From'], days: ['天数', 'Days'], what: ['排哪些岗', 'Which posts'], plan: ['排班', 'Plan'], planning: ['正在排…', 'Planning…'],
    publish: ['发布', 'Publish'], back: ['撤回', 'Take back'], draft: ['草案', 'Draft'], published: ['已发布', 'Published'], person: ['人 · 身份', 'Person'], gaps: ['岗位缺口', 'Gaps'], full: ['满', 'full'], short: ['缺 {n}', '{n} open'],
    none: ['这几天还没有班次。选岗位和天数，点“排班”。', 'No shifts on these days yet. Choose posts and days and press Plan.'], reasons: ['排不满的原因', 'Why some stay open'], allFull: ['全部排满。', 'Everything is filled.'],
    changes: ['与现在相比', 'Compared with now'], noChange: ['没有变化。', 'No change.'], was: ['原', 'was'], is: ['新', 'new'], of: ['{n} 班次，缺 {open}', '{n} shifts, {open} open'], seed: ['种子 {n}', 'seed {n}'],
    move: ['给这一班换人', 'Who takes this shift'], pickOne: ['点一个班再点人，或把班拖到人那一行。', 'Press a shift, then a person; or drag it to their row.'], ok: ['可以', 'fits'], turn: ['第 {n} 个问', 'asked no. {n}'], assign: ['排给他', 'Assign'], force: ['破例（要写理由）', 'Exception, with a reason'], reason: ['理由', 'Reason'],
    free: ['他来不了', 'Cannot come'], phoned: ['打电话说来不了', 'Phoned in'], absent: ['没有到岗', 'Did not come'], asked: ['正在依次询问：{names}', 'Being asked in turn: {names}'], nobody: ['没有合适的人可问。', 'Nobody fits who could be asked.'], open: ['空缺', 'Open'], pinned: ['人定', 'by hand'],
    fair: ['最久没被找过的先问，其次看谁近；人和人不比较。', 'Whoever was asked least lately is asked first, then who is near. Nobody is compared with anybody.'],
    next: ['我的班', 'My shifts'], noneMine: ['现在没有排您的班。', 'You have no shifts.'], forMe: ['能报的班', 'Open shifts for you'], noneOpen: ['附近没有适合您的空班。', 'No open shift near you is for you.'], others: ['另有 {n} 个班没列出', '{n} more are not listed'], take: ['报名', 'Take it'],
    cannot: ['我来不了', 'I cannot come'], undo: ['反悔', 'Undo'], undoTill: ['{at} 前可以反悔', 'can be undone until {at}'], with: ['和您搭班', 'With you'], call: ['打电话', 'Call'], noteBefore: ['上一班留话', 'From the shift before'], first: ['到岗先做', 'First of all'], swap: ['换班', 'Swap'],
    check: { read: ['看一遍岗位职责', 'Read what the post is for'], exits: ['两个出口能开，没堵东西', 'Both ways out open and are clear'], hand: ['和上一班当面点清', 'Go over things with the shift before'] }, done: ['已报上，十分钟内可以说来不了。', 'It is yours.'],
    print: ['打印', 'Print'], cell: ['{name} {day}', '{name}, {day}'],
  },
} satisfies Words
