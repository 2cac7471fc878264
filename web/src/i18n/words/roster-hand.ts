import type { Words } from '../pick'

/** A shift carried over the roster by hand: by drag or by keys. */
export const rosterHandWords = {
  carry: {
    keys: ['拖到人那一行；或用键盘：回车拿起，上下键选人，回车放下，Esc 放回，Delete 空出来', 'Drag onto a row; or by keys: Enter lifts, up and down choose, Enter drops, Esc puts back, Delete opens'],
    spare: ['没有排班', 'no shift yet'], weighing: ['正在核对谁能排…', 'Checking who fits…'], fits: ['{name}：可以，放下即排', '{name} fits; drop to assign'], breaks: ['{name}：不能排，{why}', '{name} cannot: {why}'],
    has: ['{name}：就是这一班的人', '{name} has it now'], toOpen: ['放下：这一班空出来', 'Drop: it becomes open'], toAsk: ['放下：这一班空出来，开始依次问别人', 'Drop: it becomes open and others are asked'],
    open: ['空出来', 'Make it open'], byName: ['按姓名找人', 'Find by name'], byNameHint: ['不合适的也找得到，会写明原因', 'Anybody, with the reason if not'], noName: ['本社区没有这个人。', 'Nobody of that name in this community.'], noFit: ['没有合适的人。按姓名可查每个人的原因。', 'Nobody fits. Search a name to see why.'],
    never: ['这一条不能破例。', 'No exception lifts this.'], forced: ['破例排', 'Make an exception'], fill: ['填补空缺，不动别人', 'Fill what is open'], empty: ['空表，自己排', 'Start empty'], kept: ['人定的 {n} 班已钉住，不会被改。', 'Fixed by hand and left as is: {n}'], hand: ['草案手改过，还没再求解', 'changed by hand'], import: ['导入', 'Import'],
    toDraft: ['去草案核对并发布', 'Look at the draft and publish it'],
    filled: ['补上 {n} 班，还缺 {open}。', '{n} filled, {open} still open.'],
  },
} satisfies Words
