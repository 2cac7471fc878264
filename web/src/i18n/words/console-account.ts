import type { Words } from '../pick'

/** Accounts, rights and tokens; the contact card of a place; a start by one person and who confirms it. */
export const accountWords = {
  card: {
    title: ['联系卡', 'Contact card'], note: ['居民页、门口的码和告示上写的电话都出自这里。', 'The phones on residents\' pages, door codes and notices come from here.'], above: ['本处还没有自己的卡，下面是上一级的；保存后本处有自己的一张。', 'This place has no card of its own; below is the one from above. Saving makes its own.'],
    phone: ['值班电话', 'Desk phone'], english: ['讲英语的电话', 'Phone for English'], complaints: ['投诉建议电话', 'Complaints'], updates: ['每天几点通报（几个时间用空格隔开）', 'Times of daily updates, spaces between'],
    hours: ['值班时间', 'Hours'], address: ['地址', 'Address'], appeal_to: ['申诉找谁（不能是措施的拟定人）', 'Who decides appeals, never the author'], appeal_address: ['申诉地址', 'Address for appeals'],
    appeal_phone: ['申诉电话', 'Phone for appeals'], appeal_days: ['几天内答复', 'Answered within days'], workers: ['公开网格员、微网格长的工作电话', 'Show work phones of grid worker and lead'], inEnglish: ['{what}（英文）', '{what} (English)'], saved: ['已保存，居民页随即更新', 'Saved; residents see it at once'],
  },
  alone: {
    wait: ['无人复核时可单人启动，还要等 {left}', 'If nobody reviews, you may start alone in {left}'], start: ['单人启动', 'Start alone'], title: ['单人启动响应', 'Start the response alone'],
    warn: ['这是一个人的决定，只在没有第二人应答时用。最多生效 {term}，届时自动失效。', 'This is one person\'s decision, for when no second person answers. It holds for {term} at most and then lapses by itself.'],
    lapse: ['没有另一人确认，{at} 全部分区、岗位和措施自动失效', 'Unless somebody else confirms, all zones, posts and measures lapse at {at}'],
    told: ['可确认的人：{names}', 'Who may confirm: {names}'], others: ['另一位指挥员', 'another command officer'],
    logged: ['谁启动、谁确认、何时失效，都记入日志', 'Who started, who confirmed and when it lapsed are in the journal'],
    understood: ['我找过第二人，没有应答', 'I have asked a second person and nobody answered'], yes: ['单人启动 {term}', 'Start alone for {term}'],
    running: ['{name}单人启动，{at} 自动失效', 'Started by {name} alone, lapses at {at}'], left: ['还有 {span}', '{span} left'], over: ['已失效', 'Lapsed'],
    confirm: ['确认，使它继续有效', 'Confirm, so that it holds'], confirmHint: ['请先看分区、措施和岗位；确认后不再自动失效，由您和启动人共同负责。', 'Look at zones, measures and posts first. Once confirmed it does not lapse; you and who started it answer for it together.'],
    waitHint: ['要由另一位指挥员确认；启动人自己不能确认。', 'Another command officer confirms; who started it cannot.'],
  },
  acct: {
    note: ['管账号的看不到居民资料', 'Whoever keeps accounts sees nobody\'s data'],
    find: ['登录名或姓名', 'Login or name'], make: ['新建账号', 'New account'], makeToken: ['发令牌', 'New token'], list: ['账号', 'Accounts'],
    login: ['登录名', 'Login'], name: ['姓名', 'Name'], rights: ['职责与范围', 'Roles and places'], state: ['状态', 'State'],
    on: ['可以登录', 'Signs in'], off: ['已停用', 'Disabled'], program: ['程序（令牌）', 'Program (token)'], none: ['没有密码', 'No password'], mine: ['本人', 'You'],
    from: ['自', 'From'], until: ['至', 'Until'], always: ['长期', 'No end'], byPost: ['随岗位，撤岗即收回', 'With a post; ends with it'], ended: ['已结束', 'Ended'],
    pick: ['左边选一个账号，这里办它的密码、权限和停用。', 'Choose an account on the left: its password, rights and disabling are here.'],
    role: ['职责', 'Role'], place: ['在哪里', 'Where'], findPlace: ['输入地点名称或编码', 'Name or code of a place'], change: ['换一个', 'Another'],
    helper: ['人员名册里的编号（选填）', 'Number in the roster of helpers (optional)'], helperHint: ['填了，本人上岗时权限自动给、撤岗自动收。', 'With it, rights come and go with the posts of this person.'],
    password: ['换密码', 'New password'], passwordHint: ['密码由系统生成，只显示一次；这个账号已登录的浏览器会退出。', 'The server makes the password and shows it once; browsers signed in with the account are signed out.'],
    give: ['给权限', 'Give a right'], end: ['收回', 'End'], endSure: ['确定收回', 'End it'], disable: ['停用账号', 'Disable'], disableSure: ['确定停用', 'Disable it'], enable: ['恢复账号', 'Enable'],
    disableHint: ['停用后立即退出登录，令牌同时作废；记过的账一条不删。', 'Disabling signs out at once and ends the tokens; no record is removed.'],
    ownHint: ['自己的账号由另一位管理员管；这里不能停用，也不能加减权限。', 'Your own account is kept by another keeper: no disabling and no rights here.'],
    fromHint: ['开始的一天（空：立即）', 'First day (empty: at once)'], untilHint: ['最后一天（空：长期）', 'Last day (empty: no end)'],
    once: ['只显示这一次', 'Shown this once'], onceHint: ['请当面交给本人。关掉这个窗口后，谁也查不到它，只能再换一次。', 'Hand it over in person. After this window closes nobody can look it up; it can only be replaced.'],
    copy: ['复制', 'Copy'], copied: ['已复制', 'Copied'], madeFor: ['{login} 的密码', 'Password of {login}'], tokenFor: ['{name} 的令牌', 'Token of {name}'],
    tokens: ['令牌', 'Tokens'], expires: ['{at} 到期', 'ends {at}'], tokenName: ['给什么程序用', 'What it is for'], tokenHint: ['令牌给程序用，只有所选职责在所选地点的权限，90 天到期；停用账号即作废。', 'A token is for a program. It has the rights of the role at the place, ends after 90 days and with its account.'],
    done: ['已办好，记入日志', 'Done; it is in the journal'], cannot: ['管账号和审计的职责不与别的职责同给一个账号。', 'Keeping accounts and auditing go with no other role in one account.'],
  },
} as const satisfies Words
