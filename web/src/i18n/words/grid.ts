import type { Words } from '../pick'

/** The register as a grid to type and paste into. */
export const gridWords = {
  behalf: { for: ['代录', 'On behalf of'], own: ['本人记', 'myself'], told: ['谁告诉的', 'Told by'], by: { self: ['当班的人', 'the helper'], household: ['住户', 'the household'], neighbour: ['邻居', 'a neighbour'], paper: ['纸单', 'a paper sheet'] } },
  grid: {
    checked: ['{n} 行已校验', 'Rows checked: {n}'], seconds: ['{n} 秒 · 尚未写入', '{n} s · nothing written'], rows: ['改动的行', 'rows touched'],
    is: { new: ['新增', 'new'], update: ['更新', 'updated'], same: ['不变', 'unchanged'], reject: ['要改', 'to mend'], conflict: ['须选一边', 'to choose'] },
    cell: ['第 {n} 行 · {f}', 'Row {n} · {f}'], label: ['户情表，可逐格修改', 'Register, cell by cell'], head: ['行', 'Row'], source: ['来源', 'Source'], pasted: ['粘贴', 'pasted'],
    problems: ['问题 {n}', 'Problems: {n}'], split: ['要改 {e} · 不一致 {c}', '{e} wrong · {c} disputed'], rowsOf: ['{n} 行：{list}', 'Rows ({n}): {list}'],
    fixTo: ['改为 {v}', 'Change to {v}'], fixOne: ['照此改', 'Mend it'], fixAll: ['同类 {n} 处一起改', 'Mend all {n} alike'], goto: ['到第一处', 'Go to the first'], mine: ['用我填的 {v}', 'Keep mine: {v}'], theirs: ['用台账的 {v}', 'Keep theirs: {v}'],
    keys: { move: ['走格', 'move'], edit: ['改这一格', 'edit'], paste: ['粘贴', 'paste'], undo: ['撤销', 'undo'], next: ['下一个问题', 'next problem'], cancel: ['放弃这格', 'leave the cell'] },
    submit: ['提交 {n} 行', 'Submit {n} rows'], submitRest: ['提交 {n} 行，{r} 行留待处理', 'Submit {n} rows, {r} stay'], discard: ['放弃改动', 'Discard'], done: ['已写入 {n} 行', '{n} rows written'],
    purpose: ['改电话、证件号、照护要选用途', 'Phone, ID number and care need a purpose'], choose: ['选用途', 'Choose a purpose'], unknown: ['没有认出的列，未采用：{list}', 'Columns not known, left out: {list}'],
    clean: ['方向键走格，F2 或直接打字修改，可从表格软件整块粘贴；按“提交”之前什么都不写入。', 'Arrows move, F2 or typing edits, a block from a spreadsheet can be pasted; nothing is written before Submit.'],
    problemsNone: ['没有问题', 'No problems'], readOnly: ['您的职责只能看', 'Your role may look only'], person: ['看这个人', 'This person'], firstProblem: ['先处理问题，或先提交其余的行', 'Mend the problems, or submit the other rows first'],
  },
} as const satisfies Words
