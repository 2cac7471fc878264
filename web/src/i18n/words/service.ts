import type { Words } from '../pick'

/** Teams, hours of service and what is done for helpers. */
export const serviceWords = {
  team: {
    title: ['队伍', 'Teams'], note: ['按在岗的人算出来，不另外登记', 'reckoned from the posts in force'], forms: ['编组', 'Forms'], whole: ['齐 {n} / {of} 队', '{n} of {of} whole'], empty: ['缺 {n} 人', '{n} empty'], unfit: ['{n} 人条件不够', '{n} not qualified'], full: ['齐了', 'Whole'],
    off: ['没有打开', 'Switched off'], offDo: ['要用这支队伍，在“预案”里给本社区打开这些岗位（启用改为 now）。', 'To use this team, open these posts for the community under Playbooks (offer: now).'], able: ['能上的 {n} 人', '{n} could'], none: ['这里没有队伍。', 'There are no teams here.'],
    captain: ['队长', 'Captain'], deputy: ['副队长', 'Deputy'], nobody: ['还没有', 'nobody yet'], members: ['队员', 'Members'], post: ['岗位', 'Post'], where: ['地点', 'Where'], who: ['谁在岗', 'Holder'], lacks: ['还缺什么', 'What is lacking'], ask: ['可以找：', 'Could ask: '], noAsk: ['本社区没有条件够又空着的人', 'nobody here is both qualified and free'],
    lacking: ['只看有缺的', 'Only those lacking'], every: ['全部', 'All'], fair: ['只说岗位缺什么，不比较人。', 'Says what posts lack; compares nobody.'],
  },
  serve: {
    mine: ['我的时数和证明', 'My hours and certificates'], title: ['服务时数', 'Hours of service'], total: ['算数的时数', 'Hours that count'], hours: ['{n} 小时', '{n} h'], none: ['还没有服务记录。', 'No service is on record yet.'],
    note: ['从到岗到交岗，路上的时间不算', 'from arrival to hand-over; the way there is not counted'], waiting: ['等核对，先不算', 'to be checked, not counted yet'], struck: ['已划去', 'struck out'], was: ['原来 {from}–{until}', 'was {from}–{until}'], why: ['更正原因：{why}', 'Put right because: {why}'], objection: ['本人说：{text}', 'The helper says: {text}'],
    object: ['记得不对', 'Not right'], objectWhat: ['哪里不对（社区会看到）', 'What is not right (the community reads it)'], send: ['告诉社区', 'Tell the community'], correct: ['更正', 'Put right'], strike: ['划去', 'Strike out'], from: ['从', 'From'], until: ['到', 'Until'], reason: ['原因（本人会看到）', 'Reason (the helper reads it)'], save: ['记下', 'Save'],
    add: ['补记一段', 'Add a stretch'], what: ['做了什么', 'What'], certs: ['服务证明', 'Certificates'], issue: ['开证明', 'Make a certificate'], print: ['打印', 'Print'], withdraw: ['撤回', 'Withdraw'], withdrawn: ['已撤回：{why}', 'withdrawn: {why}'], noCert: ['还没有证明。要的话向社区说一声，免费。', 'No certificate yet. Ask the community; it is free.'],
    rest: ['要歇一歇', 'Needs rest'], restWhy: { hours: ['一昼夜已满 10 小时', 'ten hours within a day and night'], nights: ['七天里值了 3 夜以上', 'three nights or more of seven'], days: ['连着 6 天没有休息', 'six days without a day off'] }, fair: ['只记做了什么，不与任何人比较。', 'Says what was given; compares nobody.'], source: { post: ['岗位', 'post'], shift: ['班次', 'shift'], desk: ['社区补记', 'noted by the desk'] },
    left: ['没有记交岗，等核对', 'no hand-over was noted; to be checked'], twice: ['与另一段重叠，重叠的只算一次', 'overlaps another; what overlaps counts once'],
    proposal: ['队长说是 {from}–{until}：{why}', 'The captain says {from}–{until}: {why}'], accept: ['照队长说的更正', 'Put right as the captain says'], accepted: ['按队长说的', 'as the captain says'],
    team: ['我带的队', 'The team I lead'], teamNote: ['记得不对的，替队员向社区提更正；社区核对后才改。', 'Where something is wrong, propose it for your people; the community checks and decides.'], propose: ['提更正', 'Propose'], proposed: ['已提，等社区核对', 'proposed, the community will check'],
    check: ['待核对的时数', 'Hours to be checked'], checkNote: ['没有记交岗的、本人有异议的、队长提了更正的；等得最久的在前', 'no hand-over, an objection, or a captain’s proposal; longest waiting first'], checkNone: ['没有要核对的时数。', 'No hours wait for a check.'], open: ['核对', 'Check'],
  },
} satisfies Words
