import type { Words } from '../pick'

/** The common operating picture. */
export const situationWords = {
  sit: {
    zones: ['分区与岗位', 'Zones and posts'], byDoor: ['按楼栋画区', 'by building'], communities: ['社区一览', 'Communities'], calmNote: ['地图只到社区一级', 'map to community level'],
    dataOf: ['数据 {at}', 'data of {at}'], onMap: ['地图上标什么', 'What the map shows'], asList: ['看列表', 'As a list'],
    empty: ['空岗', 'Empty'], posts: ['岗', 'Posts'], missing: ['未扫', 'Not done'], doors: ['户', 'Doors'], people: ['人', 'People'],
    mapLabel: ['本辖区地图；左边的列表是同样的数据', 'Map of the area; the list beside it holds the same data'],
    mapKeys: ['地图缩放和移动（先选中地图）', 'Zoom and move the map (when it has focus)'],
    zoneTotals: ['三区合计', 'Totals of the zones'], gap: ['差 {n} 人', '{n} people short'], stated: ['上报口径 {n}', 'stated {n}'], seeGap: ['看差额', 'See the parts'],
    oldest: ['等得最久', 'Waiting longest'], oldestNote: ['{n} 件 · 按已等时间', '{n} items, oldest first'], waited: ['等 {span}', '{span}'], nothingWaits: ['没有等着的事', 'Nothing is waiting'],
    log: ['事件记录', 'Event log'], logNote: ['只增不改 · 复盘即用此表', 'only grows'], older: ['看更早的', 'Earlier lines'],
  },
  wait: {
    todo: ['待办', 'To do'], half: ['进行', 'In hand'], ok: ['完成', 'Done'], again: ['再敲', 'Again'], help: ['求助', 'Help'], blocked: ['受阻', 'Blocked'],
    refused: ['不愿', 'Refused'], late: ['超时', 'Overdue'], overdue: ['超时', 'Overdue'], doing: ['进行', 'In hand'], empty: ['空缺', 'Empty'],
  },
  verb: {
    incident: ['响应', 'Response'], round: ['扫楼', 'Sweep'], target: ['扫楼', 'Sweep'], post: ['岗位', 'Post'], import: ['导入', 'Import'], place: ['地点', 'Place'], helper: ['人员', 'Helper'],
    measure: ['措施', 'Measure'], zone: ['分区', 'Zone'], plan: ['方案', 'Plan'], person: ['户情', 'Register'], resident: ['户情', 'Register'], register: ['户情', 'Register'], session: ['登录', 'Session'], account: ['账号', 'Account'],
    token: ['令牌', 'Token'], people: ['人员', 'Helpers'], territory: ['地点', 'Places'], look: ['查看', 'Look'], access: ['权限', 'Access'], key: ['密钥', 'Key'], demo: ['演示', 'Demo'], system: ['系统', 'System'], playbook: ['预案', 'Playbook'],
  },
  figure: {
    'empty-posts': ['空缺岗位', 'Posts empty'], missing: ['本轮未扫', 'Not yet visited'], help: ['需要帮助', 'Need help'], zoned: ['管住的户', 'Doors in zones'], ending: ['快到期的措施', 'Measures ending soon'],
    unverified: ['待核实', 'To be verified'], helpers: ['在册人员', 'Helpers on record'], doors: ['户', 'Doors'], residents: ['在册居民', 'Residents on record'],
    unit: { 'empty-posts': ['岗', 'posts'], missing: ['户', 'doors'], help: ['户', 'doors'], zoned: ['户', 'doors'], ending: ['项', 'items'], helpers: ['人', 'people'], residents: ['人', 'people'], doors: ['', ''] },
  },
} as const satisfies Words
