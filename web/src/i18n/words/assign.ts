import type { Words } from '../pick'

/** Assigning and splitting cases, and the keys of the dispatcher's list. */
export const assignWords = {
  assign: {
    foremost: ['先列最急的 {n} 件，共 {of} 件；按地点、类别缩小范围可看其余', 'The foremost {n} of {of}; narrow the place or the kind to see the rest'],
    who: ['派给谁', 'To whom'], do: ['派给他，看下一件', 'Assign and go on'], nobody: ['{desk} 现在没有人值守。', 'Nobody holds {desk} now. '], goes: ['没人接就告诉：{desk}。', 'If it stays untaken, {desk} is told.'],
    part: ['从 {n} 分出一件', 'Split off from {n}'], parts: ['分出去的', 'Parts'], waits: ['分出去的都答复了，这一件才能答复。', 'This one can be answered once its parts are.'], parent: ['从另一件分出来的：看那一件', 'Split off from another: see it'],
    keyMove: ['上一件、下一件', 'previous, next case'], keyAssign: ['派给', 'assign'], keyWho: ['选人', 'choose who'], keyDo: ['派给他，看下一件', 'assign and go on'], keyTake: ['接手', 'take'], keyUp: ['升级：转给上级', 'up: offer it to the desk above'],
    keyBack: ['退回、放回', 'send back, put back'], keyUndo: ['撤回刚才的派给', 'undo the last assignment'], keyNote: ['补一句', 'add a note'], keyTick: ['勾上、取消勾选', 'tick, untick'], keyMany: ['一次答复勾上的', 'answer all that are ticked'], keyNew: ['来电登记', 'a call'], keyFind: ['查', 'find'],
    keysOf: ['快捷键', 'Keys'], shortMove: ['上下件', 'next'], shortAssign: ['派给', 'assign'], shortWho: ['选人', 'whom'], shortDo: ['确认看下一件', 'confirm'], shortTake: ['接手', 'take'], shortUp: ['升级', 'up'], shortBack: ['退回', 'back'], shortUndo: ['撤销', 'undo'], shortNote: ['补一句', 'note'],
    shortTick: ['勾选', 'tick'], shortMany: ['一次答复', 'answer ticked'], shortNew: ['来电', 'call'], shortFind: ['查', 'find'],
    min: ['{n} 分', '{n} min'], h: ['{n} 小时', '{n} h'], d: ['{n} 天', '{n} d'],
    state: ['进展', 'State'], waited: ['已等', 'Waited'], left: ['约定', 'Time left'], owner: ['责任', 'With'], late: ['超时', 'Late'], over: ['超 {t}', 'over {t}'], rest: ['余 {t}', '{t}'], unassigned: ['未派', 'nobody'], toAnswer: ['约定答复', 'to be answered'],
    for: { mine: ['派给我', 'mine'], reopened: ['退回给我', 'back to me'], offered: ['转给我们', 'offered to us'], climbed: ['下面没动静', 'climbed to us'] }, none: ['现在没有等您的事。', 'Nothing waits for you now.'],
    tick: ['勾上 {n}', 'Tick {n}'], ticked: ['勾了 {n} 件同一类', '{n} of one kind ticked'], many: ['一次答复', 'Answer them at once'], untick: ['全不勾', 'Untick'], alsoAnswers: ['这一句同时答复另外 {n} 件；每家各自说办没办好。', 'This answers {n} more; each resident says for themselves whether it is done.'],
    notMine: ['都已由别人接手：先收回或让接手的人答复。', 'Others have all of them: put one back first, or let them answer.'],
    given: ['已派给。', 'Assigned.'], up: ['上级：{desk}', 'The desk above: {desk}'],
    call: ['来电登记', 'A call'], script: ['这样问', 'What to ask'], ask1: ['您在哪一户？（楼号、门牌）', 'Which door? (building, number)'], ask2: ['什么事？人有没有危险？', 'What is it? Is anybody in danger?'], ask3: ['从什么时候开始？最晚什么时候要？', 'Since when? By when at the latest?'], ask4: ['怎么联系您？（可以不留）', 'How can we reach you? (may stay empty)'],
    danger: ['有生命危险先请对方拨 120、110 或 119，再登记。', 'In danger of life let them call 120, 110 or 119 first; then record it.'], then: ['接着', 'Then'], thens: { desk: ['交给办事处', 'leave it to the desk'], take: ['我来办', 'I take it'], done: ['电话里已答复', 'answered on the telephone'] }, record: ['登记，拿号码', 'Record and get the number'], readOut: ['把号码报给居民：', 'Read the number out:'],
  },
} satisfies Words
