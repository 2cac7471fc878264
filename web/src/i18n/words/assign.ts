import type { Words } from '../pick'

/** Assigning and splitting cases, and the keys of the dispatcher's list. */
export const assignWords = {
  assign: {
    who: ['派给谁', 'To whom'], do: ['派给他，看下一件', 'Assign and go on'], nobody: ['{desk} 现在没有人值守。', 'Nobody holds {desk} now. '], goes: ['没人接就告诉：{desk}。', 'If it stays untaken, {desk} is told.'],
    part: ['从 {n} 分出一件', 'Split off from {n}'], parts: ['分出去的', 'Parts'], waits: ['分出去的都答复了，这一件才能答复。', 'This one can be answered once its parts are.'], parent: ['从另一件分出来的：看那一件', 'Split off from another: see it'],
    keyMove: ['上一件、下一件', 'previous, next case'], keyAssign: ['派给', 'assign'], keyWho: ['选人', 'choose who'], keyDo: ['派给他，看下一件', 'assign and go on'], keyNew: ['登记一件', 'new case'], keyTake: ['接手', 'take'],
    keys: ['J / K 上下件 · A 派给 · 1–9 选人 · Enter 确认并到下一件 · T 接手 · N 登记 · ? 全部快捷键', 'J / K previous, next · A assign · 1–9 choose · Enter confirm and go on · T take · N new · ? all keys'],
  },
} satisfies Words
