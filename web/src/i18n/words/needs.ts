import type { Words } from '../pick'

/** The catalogue of needs: what people may ask for, who gets it, in which time. */
export const needsWords = {
  need: {
    title: ['事项目录', 'Catalogue'], rail: ['事项', 'Catalogue'], at: ['地点', 'Place'], anywhere: ['不分地点', 'Anywhere'], look: ['看', 'Show'], now: ['现在执行的', 'In force now'], asIf: ['假如启用：{name}', 'As if used: {name}'],
    inForce: ['执行中', 'In force'], lines: ['条线', 'Work lines'], item: ['事项', 'Item'], who: ['谁来接', 'Desk'], take: ['接手', 'Taken within'], within: ['办结', 'Answered within'], proof: ['凭证', 'Proof'], from: ['出处', 'From'],
    life: ['救命', 'Life'], today: ['当天', 'Today'], routine: ['日常', 'Routine'], secret: ['保密', 'Confidential'], mutual: ['互助优先', 'Neighbours first'], staff: ['内部', 'Staff only'], asked: ['居民可报', 'Residents may ask'],
    by: ['由“{name}”来办', 'Served by "{name}"'], off: ['未启用', 'switched off'], working: ['按工作日历', 'working hours'], added: ['{place}新增', 'Added by {place}'], changed: ['本地改过', 'Changed here'], waits: ['{n} 处改动等上级同意', '{n} changes wait for consent'],
    hold: ['一人手里最久', 'With one person at most'], silence: ['转办没回音，自动转出', 'A transfer is granted after'], pause: ['最长暂停', 'Paused at most'], consent: ['答复后无异议自动办结', 'Closes without objection after'], sees: ['还能看见的', 'May also see it'], only: ['只给有资格且被指派的人看', 'Only those assigned who hold it'], chain: ['交接链', 'Chain of custody'], opens: ['办完可转', 'Its end proposes'],
    count: ['{n} 项，其中保密 {s} 项', '{n} items, {s} confidential'], filter: ['找事项', 'Find an item'], none: ['没有这样的事项。', 'No such item.'], pick: ['点左边一项，看它归谁、多久、怎样算办完。', 'Choose an item to see its desk, its times and its end.'],
    edit: ['改这一项的时限', 'Change its times'], iso: ['写成 PT2H（2 小时）、P1D（1 天）', 'Write PT2H for two hours, P1D for a day'], why: ['理由', 'Reason'], check: ['看差异', 'Show differences'], publish: ['发布', 'Publish'], holds: ['立即生效', 'holds at once'], needs: ['要 {above} 同意', 'waits for {above}'], same: ['没有改动。', 'Nothing changes.'], done: ['已发布。', 'Published.'],
    add: ['新增事项', 'Add an item'], calendar: ['工作日历', 'Working calendar'], holidays: ['放假 {n} 天，调休上班 {m} 天', '{n} days off, {m} make-up days'], week: { mon: ['一', 'Mon'], tue: ['二', 'Tue'], wed: ['三', 'Wed'], thu: ['四', 'Thu'], fri: ['五', 'Fri'], sat: ['六', 'Sat'], sun: ['日', 'Sun'] },
    legs: ['{n} 段', '{n} legs'],
  },
} satisfies Words
