import type { Words } from '../pick'
import { changeWords } from './changes'
import { doorDoneWords } from './door-done'

/** Texts of the phone. */
export const field = {
  ...changeWords, ...doorDoneWords,
  field: {
    stairs: ['楼道', 'Stairs'], door: ['一户', 'Door'], progress: ['进度', 'Progress'], outbox: ['存着的', 'Outbox'], me: ['我的', 'Me'], tabs: ['主菜单', 'Main menu'],
    swap: ['换楼道', 'Other stairs'], noDoors: ['您名下还没有楼道。请找社区给您排岗。', 'No stairs are yours yet. Ask your community for a post.'], noRound: ['现在没有要扫的楼', 'No round is open'],
    left: ['还差', 'Left'], leftN: ['还差 {n} 户', '{n} left'], allDone: ['都好了', 'All done'], todo: ['{n} 户没敲', '{n} to knock'], againN: ['{n} 户再敲', '{n} again'], done: ['{of} 户里 {n} 户有结果', '{n} of {of} done'],
    before: ['{at} 前', 'by {at}'], today: ['今天', 'today'], until: ['到 {at}', 'to {at}'], floor: ['层', 'F'],
    tap1: ['点一下', 'Tap'], tap2: ['再点或长按', 'Again/hold'], others: ['其他结果', 'others'],
    keptN: ['已存 {n} 条，联网后发送', '{n} saved, sent when online'], sendingN: ['正在发送 {n} 条', 'Sending {n}'], refusedN: ['{n} 条没被收下', '{n} not accepted'], see: ['查看', 'Look'],
    offline: ['没有网，照常可用', 'No network, works as usual'], offlineSince: ['没有网，名单是 {at} 的', 'No network, list of {at}'],
    keptLogin: ['已存 {n} 条，登录后发送', '{n} saved, sent after you sign in'], othersWait: ['另有 {n} 条是别人在这部手机上记的，等他登录后发送。', '{n} more were recorded here by someone else and wait for that person to sign in.'], correct: ['改一下', 'Correct'],
    recorded: ['{room} 记为 {word}', '{room}: {word}'], kept: ['已存在手机里', 'saved on the phone'], sent: ['已送到', 'delivered'], undo: ['撤销', 'Undo'],
    lives: ['住 {n} 人', '{n} live here'], lastAt: ['上次 {at}', 'last {at}'], helpHint: ['点一样，马上记下求助', 'Pick one; it is recorded at once'], openDoor: ['看这一户', 'Open this door'],
    after: { again: ['过几小时再敲', 'knock again in a few hours'], refused: ['转民警、社工联系', 'passed on to staff'], gone: ['转核实', 'to be verified'] },
    againAt: ['{at}再敲', 'again {at}'],
    hints: {
      'knock-long': ['久等', 'wait'], 'cannot-come-down': ['不便下楼', 'upstairs'], sign: ['手语', 'sign'], medicine: ['留心用药', 'mind medicine'], 'regular-trips': ['定期要出门', 'regular trips'], 'sudden-trip': ['可能急出门', 'may need a trip'],
      meals: ['送餐', 'meals'], 'no-phone': ['不用手机', 'no phone'], childcare: ['帮看孩子', 'help with child'], 'greet-daily': ['每天问候', 'greet daily'], company: ['需人陪', 'company'],
    },
    lastContact: ['上次联系', 'Last contact'], hoursAgo: ['小时前', 'hours ago'], daysAgo: ['天前', 'days ago'], justNow: ['刚刚', 'just now'], never: ['还没有联系过', 'Never contacted'],
    dueToday: ['这户到期的事', 'Due at this door'], dueLeft: ['还剩 {n} 件', '{n} left'], dueNone: ['都办了', 'all done'], hand: ['{what}：在{who}手里', '{what}: {who} has it'], handMine: ['{what}：在您手里', '{what}: you have it'],
    greet: { title: ['今日问候', 'Greeting today'], go: ['去问候', 'Greet'], from: ['{at} 起', 'from {at}'], soon: ['还没到时间', 'Not due yet'], due: ['待问候', 'Due'], second: ['请第二位', 'Second asked'], missed: ['没有回音', 'No answer'], greeted: ['已问候', 'Greeted'], ended: ['已停', 'Ended'] }, call: ['打电话', 'Call'], recordVisit: ['记一次联系', 'Record a visit'],
    peopleOffline: ['住 {n} 人。没有网，看不到住户名单；照样可以记。', '{n} live here. Without a network the names are not shown; you can still record.'],
    masked: ['姓名按职责遮盖', 'names masked by role'], age: ['{n} 岁', '{n}'], m: ['男', 'male'], f: ['女', 'female'],
    waiting: ['条等着发送', 'waiting to be sent'], outboxHint: ['每条都等到服务器给了回执才从手机里删。', 'Each stays until the server has given a receipt.'], outboxOffline: ['没有网。记录都在手机里，联网后自动发送。', 'No network. All is kept on this phone and sent when it is back.'],
    sendNow: ['现在发送', 'Send now'], sendingNow: ['正在发送', 'Sending'], tried: ['试过 {n} 次', 'tried {n} times'], allSent: ['都送到了', 'Everything was delivered'],
    export: ['导出成文件', 'Export'], delete: ['删除', 'Delete'], deleteTitle: ['删除这条记录', 'Delete this record'], deleteHint: ['这条还没有送到。删了就没有了，需要重新记。', 'It has not been delivered. Once deleted it must be recorded anew.'],
    outcomes: { 'at-home': ['在家', 'At home'], 'needs-help': ['要帮忙', 'Needs help'], absent: ['没人应', 'No answer'], refused: ['不愿说', 'Refused'], moved: ['搬走了', 'Moved away'], none: ['撤回记录', 'Taken back'] },
    expired: ['登录已过期，记录都还在手机里。', 'Your session ended; all records are still on this phone.'],
    meHint: ['只记录每户的结果，不记录您在哪里、用了多久。', 'Only the outcome of each door is recorded, never where you are or how long you took.'],
    leaveTitle: ['还有 {n} 条没送到', '{n} records are not delivered'], leaveHint: ['退出后它们仍在这部手机里，但要重新登录才会发送。', 'They stay on this phone, but are sent only after you sign in again.'], leaveAnyway: ['仍然退出', 'Sign out anyway'],
  },
  resident: {
    title: ['本楼今天', 'Your house today'], calm: ['一切照常，没有生效中的管控。', 'All is normal: no restriction is in force.'], until: ['到 {at} 为止', 'until {at}'], basis: ['依据：{b}', 'Basis: {b}'], looks: ['谁看过您家的资料', 'Who looked at your data'], noLooks: ['没有人看过', 'Nobody did'], looked: ['因工作查看', 'Looked at for work'], looksMore: ['只列最近 {n} 条，同一人同一用途每小时合为一条', 'the last {n} lines only; one line a person, purpose and hour'], times: ['共 {n} 次，自 {from} 起', '{n} times since {from}'],
    rules: { lockdown: ['请留在家里，东西送到门口。', 'Please stay at home; goods come to your door.'], control: ['请不要走出本区域，按时段在门口取东西。', 'Please stay in the area and fetch goods in your turn.'], precaution: ['可以出门，请不要聚在一起。', 'You may go out; please do not gather.'] },
  },
  care: {
    elderly: ['高龄', 'Old age'], child: ['儿童', 'Child'], pregnant: ['孕产', 'Expecting'], disabled: ['行动不便', 'Limited mobility'], chronic: ['需常用药', 'Regular medicine'], alone: ['常要问候', 'Call often'], unguarded: ['孩子无人看', 'Child alone'], frontline: ['家人在一线', 'Family on duty'], mental: ['多些耐心', 'Be patient'],
  },
} as const satisfies Words
