import type { Words } from '../pick'

/** Squads that organisations send: the board, plans, releases. */
export const surgeWords = {
  surge: {
    title: ['突击队', 'Surge squads'], note: ['先用本地人，不够才补；本地人接上就放回。', 'Own people first; squads fill what is left and go home as own people take over.'],
    import: ['导入名单', 'Import a sheet'], add: ['登记一支', 'Enter a squad'], shares: ['谁在补位', 'Who fills the need'], place: ['社区', 'Community'], need: ['需要', 'Needed'], own: ['本地', 'Own'], squads: ['突击队', 'Squads'], open: ['缺口', 'Open'], extra: ['多出 {n}', '{n} spare'], all: ['合计', 'Total'], out: ['驻 {n} 队', '{n} squads'],
    noNeed: ['没有在岗的应急岗位，也没有突击队。先应用事件方案，或在右边写明需要。', 'No post of an incident is in force and no squad stands here. Apply an incident’s plan, or state a need on the right.'],
    history: ['每次派队时和现在', 'At each plan, and now'], state: ['另外需要', 'Also needed'], stateHint: ['岗位上的缺口自动算；岗位以外的，在这里写。', 'Gaps at posts are counted by themselves; state what is needed beyond them.'], choose: ['选社区', 'Choose a community'], people: ['人数', 'People'], kind: ['类别', 'Kind'], put: ['加上', 'Add'], drop: ['去掉', 'Remove'],
    kinds: { general: ['综合', 'General'], order: ['秩序', 'Order'], medical: ['医疗', 'Medical'], sampling: ['采样', 'Sampling'], logistics: ['配送', 'Logistics'], care: ['关爱', 'Care'], own: ['只能本地', 'Own only'] },
    hand: ['人定去处', 'Sent by hand'], handHint: ['整队派去，以后的方案不再动它。', 'The whole squad goes there; later plans leave it alone.'], squad: ['队', 'Squad'], plan: ['拟派队方案', 'Plan squads'], planning: ['正在算…', 'Working it out…'],
    draft: ['派队方案', 'Plan of squads'], sum: ['可派 {squads} 队 {people} 人，派出 {called} 人；要补 {needed} 人，补上 {filled} 人。', '{squads} squads with {people} people can be called on, {called} of them are; {filled} of {needed} needed are covered.'],
    branches: ['临时支部 {n} 个', '{n} temporary branches'], split: ['拆开的队 {n} 支', '{n} squads split'], counts: ['新派 {create}，调整 {change}，不动 {keep}，撤出 {close}', '{create} new, {change} changed, {keep} unchanged, {close} leave'],
    apply: ['应用方案', 'Apply'], mine: ['您是拟案人，请另一位指挥员打开本页应用。', 'You made this plan: another officer opens this page and applies it.'], expired: ['拟好以后情况有变，请重新拟一次。', 'Something changed since; make the plan again.'], applied: ['已由 {who} 应用', 'Applied by {who}'], madeBy: ['{who} 拟', 'By {who}'], back: ['撤回方案', 'Take back'], taken: ['已撤回', 'Taken back'], again: ['重新拟', 'Plan again'],
    gaps: ['补不上的', 'What stays open'], noGap: ['全部补上。', 'Everything is covered.'], gapOwn: ['只能由本地人补：缺 {n} 人', 'for own people only: {n} open'], gapNone: ['没有这一类的队：缺 {n} 人', 'no squad of this kind: {n} open'], gapFew: ['能做的 {fit} 人已全派出，共要 {seats} 人：缺 {n} 人', 'all {fit} people who could are sent, {seats} are needed: {n} open'],
    act: { create: ['新派', 'new'], keep: ['不动', 'stays'], change: ['调整', 'changed'], close: ['撤出', 'leaves'] }, was: ['原 {n} 人', 'was {n}'], of: ['{n} / {size} 人', '{n} of {size}'], who: ['队 · 单位', 'Squad · organisation'], where: ['去处', 'Where'], why: ['理由', 'Why'],
    whys: { own: ['单位就在本社区', 'their own community'], near: ['最近', 'nearest'], far: ['{n} 公里', '{n} km'], same: ['对口', 'right kind'], stays: ['已在这里', 'there already'], moves: ['从别处换来，先交接', 'moves here, hands over first'], part: ['分队', 'a part'], behind: ['留 {n} 人待命', '{n} kept back'], hand: ['人定', 'by hand'] },
    tabs: { plan: ['方案', 'Plan'], stations: ['驻点', 'Stations'], home: ['可放回', 'May go home'], squads: ['队伍', 'Squads'], branches: ['临时支部', 'Branches'] },
    noStation: ['现在没有突击队驻点。', 'No squad stands here now.'], noSquad: ['还没有突击队。导入名单，或登记一支。', 'No squads yet. Import a sheet or enter one.'], noHome: ['没有可放回的：本地人还没接上。', 'Nobody yet: own people have not taken over.'], noPlan: ['还没有方案。', 'No plan yet.'], noBranch: ['没有三人以上的驻点，不设临时支部。', 'Nowhere do three people of squads stand.'],
    since: ['自', 'Since'], contact: ['联络岗位', 'Contact post'], release: ['放回', 'Release'], letGo: ['放回 {squad}', 'Release {squad}'], hours: ['一共服务小时', 'Hours of all together'], thanks: ['告知单位的话', 'Words to the organisation'], usual: ['留空就用通常的谢意', 'Empty: the usual words of thanks'], released: ['已放回，{n} 小时', 'Released, {n} h'], copy: ['把下面的话发给单位：', 'Send these words to the organisation:'],
    propose: ['本地已有 {own} 人，需要 {need} 人：可放回 {n} 人', '{own} own people for {need}: {n} may go home'], led: ['{squad} 牵头 · {squads} 队 {people} 人', 'led by {squad} · {squads} squads, {people} people'], free: ['可派 {n}', '{n} free'],
    number: ['编号', 'Number'], organisation: ['派出单位', 'Organisation'], name: ['队名', 'Name'], size: ['人数', 'People'], home: ['驻地', 'Their place'], from: ['可用起', 'From'], until: ['可用止', 'Until'], save: ['保存', 'Save'], needHome: ['请选驻地。', 'Choose their place.'],
  },
} satisfies Words
