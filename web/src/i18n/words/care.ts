import type { Words } from '../pick'

/** What is done for helpers: their own calendar, gear and meals, thanks, rest; and the organisations that send people. */
export const careWords = {
  cal: {
    title: ['放进我的日历', 'In my own calendar'], what: ['班次、培训和要完成的任务自动进手机自带的日历；换了班会跟着改。只写岗位、地点和时间，不写别人。', 'Shifts, trainings and rounds in the calendar of your phone; a change follows. It says post, place and time, and nobody else.'],
    make: ['生成我的日历地址', 'Make my calendar address'], copy: ['拷贝地址', 'Copy address'], copied: ['✓ 已拷贝', '✓ Copied'], reset: ['换一个地址', 'Change the address'],
    how: ['在手机日历里选“添加订阅日历”，粘贴这个地址。谁有这个地址谁就看得到，别转发。', 'In your calendar app choose "subscribe" and paste this address. Whoever has it can read it: do not pass it on.'],
    resetAsk: ['旧地址马上停用，已经订阅的日历要重新添加。', 'The old address stops at once; calendars that follow it have to be added anew.'],
  },
  care: {
    title: ['关怀', 'Care'], note: ['谁该歇一歇、东西够不够、饭订几份', 'who needs rest, whether gear suffices, how many meals'], mine: ['领用、保险和感谢', 'Gear, insurance and thanks'],
    tabs: { rest: ['作息', 'Rest'], gear: ['领用', 'Gear'], meals: ['用餐', 'Meals'], hours: ['时数核对', 'Hours'], thanks: ['感谢', 'Thanks'] },
    band: { rested: ['歇好了', 'Rested'], busy: ['在忙', 'Busy'], tired: ['该歇了', 'Needs rest'], away: ['来不了', 'Away'] },
    why: { hours: ['一昼夜已满 10 小时', 'ten hours within a day and night'], nights: ['七天里值了 3 夜以上', 'three nights or more of seven'], days: ['连着 6 天没有休息', 'six days without a day off'], 'coming-hours': ['照现在排的班，三天内会满一昼夜 10 小时', 'with the shifts planned: ten hours within a day and night, within three days'], 'coming-nights': ['照现在排的班，三天内会到 3 夜', 'with the shifts planned: three nights of seven, within three days'], 'coming-days': ['照现在排的班，三天内会连上 6 天', 'with the shifts planned: six days in a row, within three days'], served: ['一天内当过班', 'on duty within the last day'], coming: ['一天内有班', 'on duty within the next day'] },
    people: ['忙的人和该歇的人', 'Who is busy, who needs rest'], peopleNote: ['按姓名排，不按做了多少排', 'by name, not by how much anybody did'], parts: ['各片', 'By part'], part: ['地点', 'Place'], noTired: ['现在没有人超过该歇的限度。', 'Nobody is beyond the limits of rest.'], only: ['只看该歇的', 'Only who needs rest'], all: ['都看', 'All'], roster: ['去排班', 'To the roster'],
    protect: ['只为让累的人歇下来；不比较人，不排先后。', 'To let the tired rest; compares nobody, orders nobody.'],
    stock: ['库存', 'Stock'], kind: ['物品', 'Gear'], inn: ['在库', 'In store'], out: ['在外', 'Out'], gone: ['用掉或报失', 'Used or lost'], want: ['还要发', 'To hand out'], short: ['不够', 'Short'], unknown: ['没登记库存', 'no stock kept'], who: ['姓名', 'Name'], when: ['几时上岗', 'On duty from'], give: ['发放', 'Hand out'], back: ['已归还', 'Brought back'], lost: ['报失', 'Write off'], take: ['入库', 'Take in'], count: ['件数', 'Number'],
    wants: ['今明两天上岗、还没领到的', 'On duty today and tomorrow, without their gear'], noWants: ['上岗的人都领到了。', 'Everybody on duty has their gear.'], outs: ['谁手上有什么', 'Who holds what'], noOuts: ['没有在外面的物品。', 'Nothing is out.'], cannot: ['▲ 不够发', '▲ not enough'], since: ['{at} 领', 'since {at}'],
    meals: ['订餐', 'Meals'], mealsNote: ['按排班和岗位算，一人一餐一份', 'by roster and posts: one a person and meal'], day: ['日期', 'Day'], meal: ['餐次', 'Meal'], place: ['送到', 'Where'], n: ['份数', 'Portions'], sum: ['合计', 'All'], diets: ['其中', 'Of those'], dietNote: ['只报份数，不报人；每算一次有记录', 'numbers only, never who; each count is recorded'], noMeals: ['这两天没有管饭的班。', 'No shift on these days comes with a meal.'],
    insured: ['保险', 'Insurance'], uninsured: ['这几天上岗、没有保险的', 'On duty these days and not insured'], allInsured: ['上岗的人都有保险。', 'Everybody on duty is insured.'], insuredTo: ['{by}，保到 {at}', '{by}, until {at}'], notInsured: ['没有登记保险', 'no insurance is on record'], by: ['谁承保', 'Insured by'], until: ['到哪天', 'Until'], lodged: ['不能回家、住在外面的', 'May not go home, sleep elsewhere'], noLodged: ['没有。', 'Nobody.'], lodging: ['住处', 'Where'], write: ['登记保险', 'Note insurance'], save: ['记下', 'Save'], lodgingTo: ['{at}，到 {until}', '{at}, until {until}'],
    thanks: ['感谢', 'Thanks'], thanksNote: ['志愿者在手机上看得到；不记分，不比较', 'helpers read them on the phone; no points, no comparison'], thank: ['写一句感谢', 'Write thanks'], words: ['写给大家的话', 'Words to all who serve here'], from: ['落款', 'Signed'], show: ['给志愿者看', 'Show to helpers'], hide: ['不显示', 'Do not show'], waits: ['等您看过', 'waits for your look'], shown: ['已给志愿者看', 'shown to helpers'], hidden: ['没有显示', 'not shown'], byDoor: ['居民写的', 'by a resident'], to: ['给 {name}', 'to {name}'], toAll: ['给这里的全体志愿者', 'to all who serve here'], noThanks: ['还没有感谢。', 'No thanks yet.'], send: ['发出', 'Send'],
    holds: ['我领的东西', 'What I was handed'], noHolds: ['手上没有要归还的东西。', 'Nothing to bring back.'], gear: ['领：', 'Pick up: '], fed: ['管饭：', 'Meals: '],
  },
  org: {
    title: ['双报到', 'Check-ins'], note: ['单位在驻地报到，党员和职工在住处报到，做了什么两边都看得到', 'organisations check in where they are stationed, members where they live; both see what was done'], mine: ['双报到', 'Checking in beside my organisation'],
    kind: { party: ['党组织', 'Party branch'], agency: ['机关事业单位', 'Public agency'], company: ['企业', 'Company'], social: ['社会组织', 'Association'] }, how: { lives: ['住在这里', 'lives here'], stationed: ['单位在这里', 'is stationed here'] },
    add: ['登记单位', 'Check in an organisation'], name: ['单位名称', 'Name'], sort: ['类别', 'Kind'], offers: ['能提供什么', 'What it offers'], contact: ['联络人（志愿者）', 'Contact (a helper)'], nobody: ['还没有联络人', 'no contact yet'], contactIs: ['联络人 {name}', 'contact: {name}'], save: ['登记', 'Check in'], end: ['不在这里了', 'No longer here'], ended: ['已不在这里', 'no longer here'],
    members: ['报到的人', 'Members checked in'], none: ['还没有单位报到。', 'No organisation has checked in.'], noMembers: ['还没有人报到。', 'Nobody has checked in.'], deeds: ['做了什么', 'What they did'], noDeeds: ['还没有记录', 'nothing on record yet'], shares: ['本人同意单位看到', 'shared with the organisation'], keeps: ['不给单位看', 'not shared'],
    fair: ['按姓名排。同一件事一个月只写一次，不写几次、多久，不比较。', 'By name. The same thing stands once a month, never how often or how long; nobody is compared.'],
    join: ['报到', 'Check in'], leave: ['撤回报到', 'Withdraw'], change: ['改', 'Change'], here: ['已报到：{how}', 'Checked in: {how}'], ask: ['让单位看到我在这里做了什么', 'Let my organisation see what I do here'], askNote: ['单位联络人会看到：您的姓名、在哪个社区、哪个月做了什么。看不到时数、次数、住址、电话。随时可以取消，取消后马上看不到。每次查看都有记录。', 'Its contact will see your name, the community, and what you did in which month; never hours, how often, address or telephone. You may stop it any time, at once. Each look is recorded.'],
    noUnits: ['您所在的街道还没有单位报到。请单位联系社区登记。', 'No organisation has checked in in your subdistrict. Ask yours to contact the community.'], shared: ['成员同意您看到的', 'What members share with you'], noShared: ['还没有成员同意单位查看。', 'No member shares anything yet.'],
  },
} satisfies Words
