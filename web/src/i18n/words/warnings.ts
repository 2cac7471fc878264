import type { Words } from '../pick'

/** Warnings: what the records show to be worth a look, and the rules behind them. */
export const warningWords = {
  warn: {
    title: ['今日提醒', 'Worth a look'], rail: ['提醒', 'Warnings'], mine: ['今日提醒', 'Worth a look today'], note: ['台账里看得出该去看看的事；办了就点，不对就说', 'What the records show; tap when done, say when it is not so'],
    none: ['今天没有提醒。', 'Nothing to look after today.'], noneWhy: ['规则每十分钟、台账一有变动就重新算一遍。', 'The rules are reckoned every ten minutes and after each change.'],
    count: ['{n} 条', '{n}'], since: ['{at} 起', 'since {at}'], basis: ['依据：{what}', 'Basis: {what}'], act: ['开一件“{what}”', 'Open “{what}”'], acted: ['已开办件', 'The case is open'], seeCase: ['去看办件', 'See the case'],
    look: { household: ['打开这一户', 'Open the household'], case: ['打开办件', 'Open the case'], needs: ['看这些办件', 'See these cases'], helper: ['看时数，商量换班', 'Hours and a swap'] },
    done: ['办了', 'Done'], notSo: ['不是这样', 'Not so'], whyNot: ['哪里不对', 'What is wrong'], cancel: ['算了', 'Never mind'], quiet: ['答复后 {d} 内不再提', 'an answer lets it rest for {d}'],
    why: { 'wrong-record': ['台账不对', 'The record is wrong'], known: ['早就知道', 'Known already'], arranged: ['已有安排', 'Arranged already'], 'too-early': ['还不到时候', 'Too early'] },
    rules: ['规则', 'Rules'], rulesNote: ['九十天里的答复', 'answers of 90 days'], ofRule: ['办了 {done} · 不是这样 {not}', 'done {done} · not so {not}'], lapsed: ['自己消了 {n}', '{n} passed by themselves'], wolf: ['常说“不是这样”，该改了', 'Often “not so”: change it'], unused: ['还没有答复', 'no answers yet'],
    off: ['已关', 'off'], own: ['本处新增', 'added here'], changed: ['本处改过', 'changed here'], add: ['新增规则', 'New rule'], edit: ['改规则', 'Change the rule'], whole: ['预案原文', 'as in the playbook'],
    code: ['编号', 'Id'], codeHint: ['小写字母和连字符，如 long-wait', 'lower-case letters and hyphens, as in long-wait'], nameZh: ['名称（中文）', 'Title (Chinese)'], nameEn: ['名称（英文）', 'Title (English)'], about: ['关于什么', 'About'],
    abouts: { household: ['一户', 'a household'], case: ['一件办件', 'a case'], needs: ['一栋楼里同样的需要', 'like needs in a building'], helper: ['一位志愿者', 'a helper'] },
    when: ['条件', 'Condition'], whenHint: ['写成 CEL，如：{eg}', 'Written in CEL, as in: {eg}'], names: ['可用的名字', 'Names it may use'], basisZh: ['依据（中文）', 'Basis (Chinese)'], basisEn: ['依据（英文）', 'Basis (English)'], reasonZh: ['理由（中文）', 'Reason (Chinese)'], reasonEn: ['理由（英文）', 'Reason (English)'], reasonHint: ['花括号里写数字的名字', 'name a figure in braces'],
    opens: ['一键开哪种办件', 'Case that one tap opens'], opensNone: ['不开，只打开对象', 'none: open the subject'], sees: ['告诉谁', 'Who is told'], rest: ['答复后静默', 'Rests after an answer'], because: ['为什么改', 'Why the change'],
    try: ['用今天的台账试一试', 'Try it on the records of today'], tried: ['看了 {looked} 个，今天会提醒 {n} 次', '{looked} looked at; today it would warn {n} times'], few: ['看了 {looked} 个，会提醒的不到 5 个，您看不到是谁', '{looked} looked at; fewer than five, and you may not see whom'],
    nothingKept: ['试一试不存任何东西。', 'Trying keeps nothing.'], wide: ['一个社区同时只提 {n} 条，久的先提，答复了再提下一条；太多就收紧条件。', 'A community is told {n} at once, the longest first, and the next as they are answered; narrow the condition if there are too many.'], firstN: ['下面是您看得到的前 {n} 个', 'The first {n} that you may see'],
    save: ['保存并启用', 'Save and use'], turnOff: ['在本处关掉', 'Switch it off here'], saved: ['已保存，马上按新规则算。', 'Saved; it is reckoned by the new rule at once.'], mayNot: ['规则由社区和指挥部改。', 'Rules are changed by the community and the command.'],
    fig: {
      people: ['住几个人', 'how many live there'], vulnerable: ['有没有需要照看的人', 'somebody needs looking after'], days_silent: ['多少天没有上门、问候、核实、报事', 'days without visit, greeting, check or case'], days_unconfirmed: ['登记多少天没核实', 'days since the entry was confirmed'],
      item: ['哪一种事', 'which kind'], stage: ['到哪一步：waiting taken offered paused joined', 'its stage: waiting taken offered paused joined'], taken: ['有没有人接手', 'somebody has it'], hours_late: ['超时第几小时，没超是 0', 'which hour past its time it is in, 0 within it'], hours_silent: ['几小时没有新经过', 'hours since its last step'], climbed: ['往上告诉过几次', 'how often it climbed'],
      count: ['七天里几次', 'how many in seven days'], doors: ['几户', 'from how many doors'], needs_rest: ['按休息规定该歇了', 'due for rest by the rules'], why: ['哪几条休息规定', 'which rules of rest'],
    },
  },
} satisfies Words
