import type { Words } from '../pick'

/** Patrols: points on shared ground that somebody looks at in every turn of their hours. */
export const patrolWords = {
  patrol: {
    title: ['动态巡查', 'Patrol'], mine: ['巡查', 'Patrol'], doors: ['按户排查', 'Rounds of doors'], left: ['这一次还差', 'Left this turn'], missed: ['到时没人去', 'Missed'], points: ['巡查点', 'Points'],
    note: ['这里只看点，不记谁去过、几点在哪里', 'It is about points; who went, when and where they were is not listed'],
    none: ['还没有巡查点。在右边设第一个。', 'No points yet. Declare the first on the right.'], mineNone: ['您这一片还没有巡查点。', 'No points among your places yet.'],
    state: { todo: ['没去', 'Not yet'], rest: ['不在时段', 'Not in hours'], off: ['预案已停', 'Not in use'], ok: ['正常', 'In order'], help: ['有情况', 'Something is wrong'], again: ['要再去', 'Go again'], refused: ['没成', 'Not done'], gone: ['不用', 'Not needed'] },
    every: ['每 {n} 分钟', 'every {n} min'], everyHours: ['每 {n} 小时', 'every {n} h'], due: ['{at} 前去一次', 'once by {at}'], next: ['下一次 {at} 起', 'next from {at}'],
    missedAt: ['{at} 前没人去', 'nobody by {at}'], last: ['上次 {at}', 'last {at}'], never: ['还没去过', 'never visited'], see: ['看办件', 'See the case'], opened: ['已开办件 {n}', 'Case {n} is open'],
    add: ['设一个巡查点', 'Declare a point'], edit: ['改巡查点', 'Change the point'], item: ['哪一轮', 'Which round'], place: ['在哪里', 'Where'], find: ['查楼名、微网格', 'Find building or micro-grid'], notDoor: ['设在楼栋、微网格或社区，不设在住户门上', 'A building, a micro-grid or the community; never somebody’s door'],
    name: ['名称', 'Name'], look: ['看什么', 'What to look at'], lookHint: ['例：电动车飞线、消防门能不能开', 'For example: charging cables, does the fire door open'], order: ['第几站', 'Stop'], often: ['多久一次', 'How often'], hours: ['几点到几点', 'Hours'], to: ['到', 'to'], allDay: ['全天', 'all day'],
    mins: { 30: ['半小时', '30 min'], 60: ['1 小时', '1 h'], 120: ['2 小时', '2 h'], 240: ['4 小时', '4 h'], 480: ['8 小时', '8 h'], 720: ['12 小时', '12 h'], 1440: ['每天一次', 'once a day'] },
    save: ['保存', 'Save'], cancel: ['算了', 'Never mind'], change: ['改', 'Change'], end: ['停', 'End'], endAsk: ['以后不巡这个点了？', 'Walk this point no more?'],
    fine: ['正常', 'In order'], found: ['有情况', 'Something is wrong'], what: ['什么情况', 'What is it'], more: ['补一句（可不写）', 'A word more (optional)'], moreHint: ['只写进办件，不写人名', 'It goes into the case alone; no names'], kept: ['记下了：{what}', 'Noted: {what}'], queued: ['存在手机里', 'On this phone'], undo: ['改结果', 'Change'], all: ['这一次都去过了', 'All visited this turn'],
  },
} satisfies Words
