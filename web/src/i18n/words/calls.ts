import type { Words } from '../pick'

/** Mobilisation calls: sending them, and how they stand. */
export const callWords = {
  call: {
    new: ['发召令', 'New call'], newNote: ['一次发给这个地点的全部帮手', 'to all helpers of this place at once'], place: ['发给哪里', 'Where'], titleHead: ['标题', 'Title'], text: ['正文', 'Text'],
    english: ['英文（可不填）', 'English (optional)'], textHint: ['时间、地点、带什么。不写任何居民的姓名和病情。', 'When, where, what to bring. Never a resident’s name or illness.'],
    kinds: ['哪些人', 'Who'], anyone: ['都发', 'everybody'], trained: ['要培训过', 'Trained in'], skill: ['要会', 'Able to'], any: ['不限', 'any'],
    until: ['答复截止', 'Answer by'], wanted: ['要几个人', 'How many'], wantedHint: ['0 表示来多少算多少；够了自动停，多的人会收到“不用来了”。', '0: as many as come. It stops by itself when enough have said yes.'],
    reach: ['会发给 {n} 人', 'Goes to {n} people'], reachable: ['其中 {n} 人有短信或账号', '{n} of them by message or account'], unreachable: ['{n} 人没有任何联系方式，要有人打电话或上门', '{n} have neither: somebody has to call or knock'],
    send: ['发出', 'Send'], sendTo: ['发给 {n} 人', 'Send to {n} people'], list: ['召令', 'Calls'], listNote: ['新的在前', 'newest first'], never: ['还没有发过召令。', 'No call has been sent yet.'],
    open: ['进行中', 'Open'], closed: { enough: ['人够了', 'Enough came'], over: ['已到时', 'Time is over'], 'nobody-left': ['都问过了', 'Everybody was asked'], withdrawn: ['已撤回', 'Withdrawn'] },
    coming: ['能来', 'Coming'], go: ['我去', 'I am coming'], cannot: ['去不了', 'I cannot'], danger: ['险情，就近叫您', 'Danger near you'], ofTotal: ['发给', 'sent to'], no: ['来不了', 'Cannot'], later: ['再说', 'Not sure'], noAnswer: ['没答复', 'No answer'], unreached: ['没联系上', 'Not reached'], unreachedDo: ['要有人打电话或上门', 'somebody has to call or knock'],
    read: ['看了没答', 'opened'], asked: ['没打开', 'not opened'], silent: ['到时没答', 'silent'], spared: ['不用来了', 'spared'], waiting: ['没轮到', 'not yet'], yes: ['能来', 'coming'],
    byPlace: ['各社区', 'By community'], names: ['名单', 'List'], all: ['全部', 'All'], community: ['社区', 'Community'], person: ['姓名', 'Name'], phone: ['工作电话', 'Work phone'], where: ['住在', 'Where'], state: ['答复', 'Answer'], note: ['替他记下', 'Note for them'],
    noteOf: ['记下 {name} 的答复', 'Note what {name} said'], by: ['{name} 代记', 'noted by {name}'], failed: { 'no-address': ['没有联系方式', 'no way to reach'], 'not-taken': ['没发出去', 'not sent'], 'not-opened': ['发出没见打开', 'sent, not opened'] },
    via: { sms: ['短信', 'text'], app: ['账号里', 'account'], push: ['推送', 'push'], mail: ['邮件', 'mail'] }, withdraw: ['撤回', 'Withdraw'], withdrawWhy: ['为什么撤回（收到的人会看到）', 'Why (its receivers read this)'],
    by_: ['{name} · {at} 发出', 'by {name}, {at}'], untilAt: ['{at} 截止', 'until {at}'], reasonIs: ['撤回原因：{why}', 'Withdrawn: {why}'], fair: ['来不来由本人定，不排先后，不记分。', 'Coming is each person’s own choice; nobody is compared or scored.'],
    mine: ['找我的', 'Asked of me'], mineNone: ['现在没有人找您。', 'Nobody asks anything of you now.'], due: ['{at} 前答', 'by {at}'], answered: ['您答了：{word}', 'You said: {word}'], change: ['改主意了再点一次就行', 'Press again if you change your mind.'], thanks: ['谢谢您。', 'Thank you.'], over: ['已结束，不用来了', 'ended; you need not come'],
    tellMe: ['有人找我时，在这台设备上提醒', 'Tell me on this device when I am asked'], tellNoMore: ['这台设备不再提醒', 'Tell me on this device no more'], tellDenied: ['浏览器没有允许提醒。别的通知照常收到。', 'The browser did not allow it. Other notices reach you as before.'],
    thereTake: ['我到了，现场交给我', 'I am there, I take it'], thereNote: ['到了再点。点了就由您负责现场，直到交给下一位或外面的队伍。', 'Tap it when you are there. You then answer for the scene until you hand it on or a crew from outside has it.'],
    sceneMine: ['现场由您负责', 'You answer for the scene'], sceneHand: ['交给下一位、写明结果', 'Hand it on, say how it ended'], sceneTaken: ['现场由{name}负责，到了请找这位', '{name} answers for the scene: find them there'],
    outbox: ['发件箱', 'Outbox'], outboxNote: ['演示里没有一条真的发出去', 'in a demonstration nothing is really sent'], outboxNone: ['还没有要发的。', 'Nothing to send yet.'], to: ['发往', 'To'], link: ['答复页', 'Answer page'],
  },
} satisfies Words
