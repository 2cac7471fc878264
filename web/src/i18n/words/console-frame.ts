import type { Words } from '../pick'

/** The frame round every console screen. */
export const frameWords = {
  rail: {
    label: ['主菜单', 'Main menu'],
    situation: ['态势', 'Situation'], incidents: ['响应', 'Response'], places: ['地点', 'Places'], register: ['户情', 'Register'],
    training: ['培训', 'Training'], calls: ['召令', 'Calls'], helpers: ['人员', 'Helpers'], posts: ['岗位', 'Posts'], targets: ['排查', 'Rounds'], import: ['导入', 'Import'], playbooks: ['预案', 'Playbooks'], drills: ['演练', 'Drills'], accounts: ['账号', 'Accounts'],
    gaps: ['{n} 个岗位空缺', '{n} posts empty'],
  },
  mode: {
    normal: ['常态', 'Normal'], real: ['应急 · 实战', 'Emergency · real'], drill: ['演练 · 演练 · 演练', 'DRILL · DRILL · DRILL'], drillNote: ['在副本上运行，不发任何真实消息，不动真实名册', 'Runs in a copy: sends no real message, touches no real register'], drillClock: ['演练时钟 {at}', 'Drill clock {at}'], drillSpeed: ['（{n} 倍速）', '({n}×)'], drillOver: ['（已停）', '(stopped)'], drillLeave: ['结束或离开演练', 'End or leave the drill'], draft: ['准备启动', 'Draft'],
    coversOne: ['覆盖 {n} 个社区 · {d} 户', '{n} community · {d} doors'], allCalmOne: ['{n} 个社区为常态', 'The one community in normal mode ({n})'],
    covers: ['覆盖 {n} 个社区 · {d} 户', 'Communities: {n} · doors: {d}'],
    waits: ['{name}拟的方案等您复核', 'A plan by {name} waits for you'], allCalm: ['{n} 个社区全部为常态', 'Normal mode in all communities ({n})'],
    confirm: ['单人启动，{left}后失效，等您确认', 'Started by one person, lapses in {left}: confirm'], lapses: ['单人启动，{left}后自动失效', 'Started by one person, lapses in {left}'],
    none: ['没有生效中的应急响应', 'No emergency in force'],
    since: ['{at} 启动 · 已 {span}', 'since {at} · {span}'],
    rest: ['其余 {n} 个社区 ○ 常态', 'other {n} ○ normal'],
    change: ['调整或解除', 'Change or end'],
    start: ['启动响应…', 'Activate…'],
    draftNote: ['应用前一切照旧，此页只是草稿', 'A draft: nothing changes until it is applied'],
  },
  top: {
    place: ['看哪里', 'Place in sight'], filter: ['输入名称', 'Filter by name'], allOfOne: ['{name} {n} 个社区', '{name}, {n} community'], allOf: ['{name} 全部 {n} 个社区', '{name}, all {n} communities'],
    find: ['查 地点、门牌、姓名', 'Find place, door, name'], findPeople: ['在户情里找“{q}”', 'Find “{q}” in the register'], keys: ['全部快捷键', 'Keyboard shortcuts'],
  },
  keys: {
    everywhere: ['每一页', 'On every page'], here: ['这一页', 'On this page'],
    find: ['查找', 'Find'], sheet: ['打开这张表', 'Open this sheet'], close: ['关闭、退出', 'Close'], next: ['下一处', 'Next control'],
    updown: ['上下', 'Up and down'], open: ['打开', 'Open'],
  },
  map: {
    in: ['放大', 'Zoom in'], out: ['缩小', 'Zoom out'], fit: ['全图', 'Fit'], derived: ['（推算）', ' (derived)'], north: ['北', 'N'], metres: ['{n} 米', '{n} m'], legend: ['图例', 'Legend'],
  },
} as const satisfies Words
