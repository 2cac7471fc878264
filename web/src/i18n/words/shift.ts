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
    solve: ['排班求解', 'Solver'], solved: ['有解', 'Filled'], rounds: ['{n} 轮 · 种子 {seed}', '{n} rounds · seed {seed}'], now: ['现在', 'Now'], then: ['草案', 'Draft'], gapsOf: ['岗位缺口', 'Gaps'], movedOf: ['变动的人', 'People whose shifts change'], better: ['再找更好的', 'Look for a better one'], stop: ['停下', 'Stop'], stopped: ['没有更好的了', 'Nothing better found'], parts: ['各社区', 'By community'],
    cutNote: ['班次太多，这里只列前一部分；到下面的社区看全。', 'Too many shifts to list here; open a community below to see its own.'], hours: ['时数', 'Hours'], rest: ['要歇', 'rest'], week: ['周', 'Week'], fortnight: ['两周', '14 days'], month: ['四周', '28 days'], weekday: ['日 一 二 三 四 五 六', 'Sun Mon Tue Wed Thu Fri Sat'],
    stood: ['已值完', 'Was stood'], settled: ['已确认值完', 'stood'], missed: ['没到岗', 'missed'], why: { phone: ['打电话说来不了', 'phoned in'], absent: ['没有到岗', 'did not come'], tap: ['手机上说来不了', 'said so on the phone'], desk: ['社区改动', 'by the desk'], picked: ['自己报的', 'taken by themselves'] }, noteOf: ['留话', 'Note'],
    legend: ['岗位简称', 'Posts'], hereN: ['{n} 人', '{n} people'], putHere: ['排到这一行', 'Put here'],
    over: ['值完了吗', 'Was it stood?'], say: ['值完了', 'Yes, I stood it'], come: ['我到岗了', 'I am here'], came: ['{at} 到岗', 'here since {at}'], leaveNote: ['给下一班留话', 'A note to the next'], saveNote: ['留下', 'Leave it'], myNote: ['您的留话', 'Your note'], ask: ['问他换不换', 'Ask to swap'], swapHow: ['选一个别人的班，对方同意才换。', 'Choose somebody else’s shift; nothing changes before they agree.'], swapNone: ['这两周没有可换的班。', 'No shift to swap for in these two weeks.'], swapAsked: ['已经去问，等对方答复。', 'They were asked; wait for their answer.'], pickTill: ['{at} 前可以撤回', 'can be given back until {at}'], give: ['撤回', 'Give it back'], until: ['离上岗还有', 'Begins in'], hoursN: ['{n} 小时', '{n} h'], fitN: ['适合您的还缺', 'Open for you'], team: ['和您搭班', 'With you'],
    print: ['打印', 'Print'], cell: ['{name} {day}', '{name}, {day}'],
  },
} satisfies Words
