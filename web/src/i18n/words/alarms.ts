import type { Words } from '../pick'

/** Alarms inside a closed estate: who comes, who outside was told, the hand-over. */
export const alarmWords = {
  sos: {
    title: ['应急处置', 'Alarms'], one: ['一起险情', 'One alarm'], none: ['现在没有险情。', 'No alarm now.'], pick: ['点左边一起，看谁在赶来、外面联系到哪一步。', 'Choose an alarm to see who is coming and who outside was told.'], open: ['去应急处置页', 'Open the response'],
    running: ['处置中', 'Running'], over: ['已结束', 'Over'], since: ['{at} 报警', 'raised {at}'], joined: ['同一处又报了 {n} 次', 'raised again at this place: {n}'], withdrawn: ['{at} 居民页面上说“不用了”：要去看过才能结束', 'The page withdrew it at {at}: it ends when somebody has looked'],
    climbed: ['没人接手，已告诉上级 {n} 次', 'Nobody took it: desks above told: {n}'], holder: ['{name} 在处置', '{name} has it'], nobody: ['还没人接手', 'Taken by nobody yet'], take: ['我来处置', 'I take it'], false: ['看过了，是虚惊', 'Looked: false alarm'], falseWhy: ['看到了什么', 'What was seen'],
    phone: ['打电话', 'Telephone'], first: ['先打 {n}', '{n} first'], say: ['这样说', 'Say'], do: ['被叫的人做什么', 'Those asked do'], never: ['底线', 'Safe rule'],
    who: ['里面谁在赶来', 'Who is coming from inside'], coming: ['{n} 人在赶来，要 {of} 人', '{n} coming, {of} wanted'], more: ['再叫一批', 'Ask more'], noneNear: ['这片封控范围里没有叫得到的人：催外面的队伍，或打电话找。', 'Nobody able is inside this closed area: press the crews outside, or telephone.'],
    name: ['姓名', 'Name'], able: ['会什么', 'Able by'], near: ['多近', 'How near'], state: ['回答', 'Answer'], call: ['电话', 'Phone'],
    nears: { door: ['同一户', 'same door'], stair: ['同一楼道', 'same stair'], house: ['同一栋', 'same house'], grid: ['同一网格', 'same grid'], area: ['同一社区', 'same community'] },
    states: { waiting: ['还没叫', 'waiting'], asked: ['叫了，没回音', 'asked'], unreached: ['没送到，打电话', 'not reached: call'], read: ['看到了', 'seen'], yes: ['在赶来', 'coming'], no: ['来不了', 'cannot'], later: ['再说', 'later'], silent: ['没回音', 'silent'], spared: ['不用来了', 'spared'] },
    links: ['外面联系到哪一步', 'Who outside was told'], linkNone: ['还没有记。打完电话记一条。', 'Nothing yet. Note each call.'], note: ['记一次联系', 'Note a call'], service: ['打给谁', 'Called'], minutes: ['几分钟后到', 'There in minutes'], gate: ['从哪个门进', 'By which gate'], gateNone: ['没说，或写在下面', 'Not said, or below'], opener: ['谁去开门', 'Who opens it'], openerNone: ['还没定', 'Not decided'], ref: ['受理号、编号', 'Their reference'], words: ['对方怎么说', 'What they said'], save: ['记下', 'Note it'],
    called: ['{at} 打的', 'called {at}'], eta: ['预计 {at} 到', 'expected {at}'], by: ['走{gate}', 'by {gate}'], opens: ['{name} 开门', '{name} opens'],
    hand: ['交给外面的队伍（交了就结束）', 'Hand over to the crew (that ends it)'], crew: ['交给谁', 'To whom'], leader: ['带队的姓名', 'Name of its leader'], role: ['职务', 'Role'], org: ['单位', 'Unit'], badge: ['车号、警号', 'Vehicle or badge'], how: ['交接时的情况', 'How things stood'], handOver: ['交接，结束', 'Hand over and end'],
    scene: ['现场在谁手里', 'Who has the scene'], log: ['经过', 'What happened'],
    logs: { ask: { asked: ['叫了一批人', 'asked those near'], yes: ['说来', 'is coming'], no: ['来不了', 'cannot come'], later: ['再说', 'later'] }, link: ['联系', 'called'], scene: ['现场', 'scene'] },
    keyTake: ['接手', 'Take'], keyMore: ['再叫', 'Ask more'], keyLink: ['记联系', 'Note a call'], keyHand: ['交接', 'Hand over'],
  },
} satisfies Words
