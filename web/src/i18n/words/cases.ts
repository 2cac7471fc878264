import type { Words } from '../pick'

/** Cases: what residents need, and who has what on its way. */
export const caseWords = {
  cases: {
    title: ['办件', 'Cases'], one: ['一件', 'One case'], catalogue: ['事项目录', 'Catalogue'], mine: ['我的办件', 'My cases'], all: ['本处全部', 'All here'], forMe: ['等我的', 'For me'], waiting: ['没人接', 'Not taken'], late: ['超时', 'Late'], closedToo: ['含近七天办结', 'with those closed in 7 days'],
    none: ['这里没有要办的事。', 'Nothing is waiting here.'], noneMine: ['您手上没有办件。', 'You have no case in hand.'], open: ['登记一件', 'New case'], openNote: ['来电、来人、上门时替居民登记', 'for somebody who calls, comes or is visited'],
    what: ['什么事', 'What'], where: ['哪一户、哪个地方', 'Which door or place'], whereHint: ['输入楼号、门牌，选一个；不选就登记在整个地点', 'Type a building or door and pick it; nothing picked: the whole place'], words: ['居民怎么说', 'In their words'], contact: ['怎么联系（加密）', 'How to reach them (sealed)'], origin: ['怎么来的', 'How it came'],
    origins: { door: ['扫码', 'door code'], phone: ['来电', 'telephone'], desk: ['窗口', 'at the desk'], lead: ['微网格长', 'lead'], round: ['扫楼', 'sweep'], import: ['导入', 'import'], open311: ['外部系统', 'other system'], appeal: ['申诉', 'objection'], person: ['当面', 'in person'] },
    opened: ['已登记，号码 {n}', 'Recorded under {n}'], openedSay: ['把号码报给居民；也可以把跟踪页发给他。', 'Tell them the number; the address of its page may be sent to them.'], follow: ['跟踪页', 'Its page'],
    confidence: ['只有专业人员看得到', 'seen by the professional alone'], mutual: ['邻里能帮的先上互助板', 'neighbours may help first'],
    number: ['号码', 'Number'], due: ['{at} 前答复', 'answer by {at}'], since: ['登记于 {at}', 'recorded {at}'], desk: ['在谁那里', 'Lies with'], holder: ['{name} 已接手', 'taken by {name}'], nobody: ['还没人接', 'nobody has taken it'], told: ['已告诉 {desk}', '{desk} was told'],
    offered: ['已转给 {desk}，{at} 没回音就算转成', 'offered to {desk}; silence grants it on {at}'], pausedUntil: ['暂停到 {at}：{why}', 'paused until {at}: {why}'], again: ['退回过 {n} 次', 'reopened {n} times'], next: ['到 {at} 会自动：{what}', 'on {at} by itself: {what}'],
    stage: { waiting: ['待接手', 'Waiting'], taken: ['办理中', 'In hand'], offered: ['转办待接', 'Offered'], paused: ['暂停', 'Paused'], joined: ['并入另一件', 'With another'], answered: ['待居民确认', 'Answered'], closed: ['已办结', 'Closed'] },
    how: { confirmed: ['居民确认', 'resident agreed'], noted: ['电话确认', 'agreed by telephone'], silent: ['有凭据、到时', 'proof and time'], withdrawn: ['居民撤回', 'withdrawn'], lapsed: ['到时自行结束', 'lapsed'] },
    urgency: { life: ['急', 'Urgent'], today: ['今天', 'Today'], routine: ['平常', 'Routine'] },
    verb: { take: ['接手', 'Take'], accept: ['接收', 'Accept'], return: ['退回', 'Send back'], answer: ['答复', 'Answer'], confirm: ['居民说好了', 'They agree'], reopen: ['居民说没好', 'They do not agree'], release: ['放回', 'Put back'], assign: ['派给', 'Assign'], transfer: ['转办', 'Transfer'], triage: ['换一类', 'Change kind'], pause: ['暂停', 'Pause'], resume: ['继续', 'Go on'], part: ['分出一件', 'Split off'], join: ['并入', 'Join'], note: ['记一笔', 'Note'], withdraw: ['居民不要了', 'No longer needed'], open: ['登记', 'Recorded'], lapse: ['放回办事处', 'put back'], grant: ['到时转成', 'granted'], climb: ['告诉上一级', 'climbed'], close: ['办结', 'closed'], forget: ['销毁内容', 'forgotten'], expire: ['到时自行结束', 'lapsed'] },
    by: { '': ['居民', 'resident'], clock: ['到时自动', 'by the clock'] }, noted: ['{name} 代记', 'noted by {name}'], steps: ['经过', 'What happened'], reply: ['答复', 'Answer'], did: ['做了什么', 'What was done'], proofOf: ['凭据：{kind}', 'Proof: {kind}'],
    proofs: { words: ['写明怎么办的', 'in words'], photo: ['照片编号', 'number of a photo'], receipt: ['单据号', 'receipt number'], signature: ['居民签名', 'signature'] }, noProof: ['没有凭据的答复不会自动办结，要等居民说好。', 'An answer without proof never closes by itself; the resident has the last word.'],
    metBy: ['谁办成的', 'Who met it'], met: { government: ['政府部门', 'government'], community: ['社区', 'community'], volunteer: ['志愿者', 'volunteer'], neighbour: ['邻居', 'neighbour'], self: ['居民自己', 'themselves'] },
    why: ['理由', 'Reason'], toRole: ['转给', 'To'], toWho: ['账号', 'Account'], toItem: ['改成', 'Kind'], until: ['到', 'Until'], same: ['并到哪一件（号码）', 'With which case (number)'], whose: ['原话', 'What they said'],
    pauseWhy: { 'waiting-resident': ['等居民回复', 'waiting for the resident'], 'waiting-parts': ['等材料、配件', 'waiting for parts'], 'waiting-department': ['等部门答复', 'waiting for a department'], 'waiting-supply': ['等药品、物资到货', 'waiting for supplies'], 'closed-zone': ['进不去：还在封控', 'the zone is closed'], weather: ['天气不允许', 'the weather'] },
    rating: { '1': ['办好了，不满意', 'done, but badly'], '2': ['办好了，一般', 'done, so-so'], '3': ['办好了，满意', 'done, and well'] }, calm: ['急的、超时的在前', 'what is urgent or late stands first'],
    custody: ['在谁手里', 'Who has it'], keeper: ['现在由 {name} 负责', '{name} answers for it now'], sinceAt: ['{at} 起', 'since {at}'], dueBy: ['{at} 前要交出', 'to be handed on by {at}'], alarm: ['第 {n} 次报警：没按时交接', 'alarm {n}: the hand-over is late'], offerTo: ['已交给 {name}，等对方说“接到了”', 'handed to {name}, who has to say “I have it”'],
    gap: ['{to} 说接到了，{from} 还没说交出', '{to} says to have it; {from} has not said so'], ended: ['已结束：{how}', 'Ended: {how}'], said: ['说过的话', 'What was said'], leg: ['下一段', 'Next leg'],
    say: { give: ['交出', 'Hand on'], take: ['接到了', 'I have it'], refuse: ['不收', 'Refuse'], recall: ['收回', 'Take back'], name: ['指明在谁手里', 'Name who has it'], end: ['结束', 'End'], alarm: ['报警', 'alarm'], gave: ['交给', 'handed to'] },
    out: { household: ['居民家', 'The household'], ambulance: ['120 救护车', 'Ambulance (120)'], reception: ['医院接诊处', 'Hospital reception'], pharmacy: ['药店、药房', 'Pharmacy'], 'isolation-site': ['集中隔离点', 'Isolation site'], relative: ['亲友', 'A relative or friend'], boarding: ['宠物寄养处', 'Boarding home for pets'] },
    code: ['交接码', 'Code'], codeHint: ['对方手机上的四位数；没有可不填', 'four digits on their phone; may stay empty'], toWhom: ['交给谁', 'To whom'], outsider: ['没有账号的', 'without an account'], proofNo: ['凭证', 'Proof'], endHow: ['怎样结束', 'How it ended'],
  },
} satisfies Words
