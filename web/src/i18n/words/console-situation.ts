import type { Words } from '../pick'

/** The common operating picture. */
export const situationWords = {
  sit: {
    zones: ['分区与岗位', 'Zones and posts'], byDoor: ['按楼栋画区', 'by building'], communities: ['社区一览', 'Communities'], calmNote: ['地图只到社区一级', 'map to community level'],
    dataOf: ['数据 {at}', 'data of {at}'], onMap: ['地图上标什么', 'What the map shows'], asList: ['看列表', 'As a list'],
    empty: ['空岗', 'Empty'], posts: ['岗', 'Posts'], missing: ['未扫', 'Not done'], doors: ['户', 'Doors'], people: ['人', 'People'],
    mapLabel: ['本辖区地图；左边的列表是同样的数据', 'Map of the area; the list beside it holds the same data'],
    mapKeys: ['地图缩放和移动（先选中地图）', 'Zoom and move the map (when it has focus)'],
    zoneTotals: ['各区合计', 'Totals of the zones'], gap: ['差 {n} 人', '{n} people short'], stated: ['上报口径 {n}', 'stated {n}'], seeGap: ['看差额', 'See the parts'],
    oldest: ['等得最久', 'Waiting longest'], oldestNote: ['{n} 件 · 按已等时间', '{n} items, oldest first'], oldestCap: ['{total} 件 · 列出最久的 {n} 件', '{total} in all, the oldest {n}'], waited: ['等 {span}', '{span}'], nothingWaits: ['没有等着的事', 'Nothing is waiting'],
    log: ['事件记录', 'Event log'], logNote: ['只增不改 · 复盘即用此表', 'only grows'], older: ['看更早的', 'Earlier lines'],
  },
  wait: {
    todo: ['待办', 'To do'], half: ['进行', 'In hand'], ok: ['完成', 'Done'], again: ['再敲', 'Again'], help: ['要帮忙', 'Help'], blocked: ['受阻', 'Blocked'],
    refused: ['不愿', 'Refused'], late: ['超时', 'Overdue'], overdue: ['超时', 'Overdue'], doing: ['进行', 'In hand'], empty: ['空缺', 'Empty'],
  },
  verb: {
    call: ['召令', 'Call'], push: ['提醒', 'Push'], ask: ['答复', 'Answer'], notice: ['通知', 'Notice'],
    lead: ['网格长', 'Lead'], code: ['验证码', 'Code'], card: ['住户卡', 'Household card'], contact: ['联系卡', 'Contact'], drill: ['演练', 'Drill'], exemption: ['豁免', 'Exemption'], fact: ['事实', 'Fact'], ground: ['区划', 'Ground'], job: ['定时', 'Clock'], override: ['预案', 'Playbook'], qr: ['二维码', 'Codes'], sheet: ['打印', 'Print'], grant: ['权限', 'Rights'],
    door: ['查看', 'Look'], needs: ['查看', 'Look'],
    incident: ['响应', 'Response'], round: ['扫楼', 'Sweep'], target: ['扫楼', 'Sweep'], post: ['岗位', 'Post'], import: ['导入', 'Import'], place: ['地点', 'Place'], helper: ['人员', 'Helper'],
    measure: ['措施', 'Measure'], zone: ['分区', 'Zone'], plan: ['方案', 'Plan'], person: ['户情', 'Register'], resident: ['户情', 'Register'], register: ['户情', 'Register'], session: ['登录', 'Session'], account: ['账号', 'Account'],
    residents: ['户情', 'Register'], helpers: ['人员', 'Helpers'], places: ['地点', 'Places'],
    token: ['令牌', 'Token'], people: ['人员', 'Helpers'], territory: ['地点', 'Places'], look: ['查看', 'Look'], access: ['权限', 'Access'], key: ['密钥', 'Key'], demo: ['演示', 'Demo'], system: ['系统', 'System'], playbook: ['预案', 'Playbook'],
  },
  outcome: { none: ['还没有人去过', 'Not visited yet'], 'at-home': ['在家', 'At home'], 'needs-help': ['要帮忙', 'Needs help'], absent: ['没人应，该再敲', 'No answer, try again'], refused: ['不愿说', 'Refused'], moved: ['搬走了', 'Moved away'] },
  log: {
    account_created: ['开账号', 'Account opened'], account_granted: ['给权限', 'Right given'], contact_set: ['改联系卡', 'Contact card changed'],
    drill_started: ['开始演练', 'Drill started'], drill_stopped: ['演练停下', 'Drill stopped'], drill_failed: ['演练没走完', 'Drill failed'], drill_ended: ['演练结束', 'Drill ended'], drill_deleted: ['删除演练', 'Drill deleted'], drill_copied: ['演练用的副本', 'Copy for a drill'],
    exemption_requested: ['申请豁免', 'Exemption asked for'], exemption_granted: ['准予豁免', 'Exemption granted'], exemption_refused: ['不予豁免', 'Exemption refused'], exemption_revoked: ['收回豁免', 'Exemption revoked'], exemption_checked: ['卡口查了豁免', 'Exemption checked at a gate'], exemption_read: ['看了一件豁免', 'Exemption looked at'],
    fact_recorded: ['记一条事实', 'Fact recorded'], fact_withdrawn: ['撤回一条事实', 'Fact withdrawn'], ground_planned: ['算出区划方案', 'Division reckoned'], helper_away: ['到岗情况', 'Whereabouts of a helper'],
    push_set: ['要在设备上提醒', 'Device to be told'], push_ended: ['设备不再提醒', 'Device no more told'], call_sent: ['发出召令', 'Mobilisation call sent'], call_withdrawn: ['撤回召令', 'Call withdrawn'], ask_answered: ['答复召集', 'Call answered'], ask_read: ['打开通知', 'Notice opened'], notice_asked: ['轮到询问', 'Turn to be asked'], notice_handed: ['通知送出', 'Notices handed out'], notice_closed: ['通知结束', 'Notice closed'],
    incident_lapsed: ['单人启动到期失效', 'Start by one person lapsed'], job_done: ['按时办理', 'Done by the clock'],
    override_made: ['社区改预案', 'Playbook changed by a place'], override_approved: ['上级同意改动', 'Change consented to'], override_refused: ['上级不同意', 'Change refused'], override_ended: ['改动收回', 'Change taken back'], playbook_adopted: ['采用新版预案', 'New playbook version adopted'],
    person_added: ['新增居民', 'Resident added'], resident_imported: ['导入居民', 'Resident imported'], place_added: ['新增地点', 'Place added'], place_drawn: ['画边界', 'Boundary drawn'], place_divided: ['划分微网格', 'Divided into micro-grids'], place_merged: ['合并', 'Merged'], place_moved: ['调整区划', 'Moved'], place_split: ['拆分', 'Split'], place_restored: ['恢复原区划', 'Former division restored'],
    post_acknowledged: ['岗位知晓改动', 'Change acknowledged'], post_briefed: ['告知岗位改动', 'Post told of a change'], post_arrived: ['到岗', 'Arrived at the post'], post_handed: ['交岗', 'Handed the post over'],
    qr_issued: ['发二维码', 'Codes issued'], qr_finished: ['发完二维码', 'Codes issued'], qr_listed: ['看二维码清单', 'Codes looked at'], qr_replaced: ['换二维码', 'Code replaced'], sheet_printed: ['打印', 'Printed'],
    residents_edited: ['改了户情表', 'Register edited'], residents_imported: ['导入居民台账', 'Register imported'], helpers_imported: ['导入人员名册', 'Helpers imported'], places_imported: ['导入地点台账', 'Places imported'],
    incident_declared: ['拟定响应（草稿）', 'Response drafted'], incident_applied: ['应用方案，响应生效', 'Plan applied, response in force'], incident_confirmed: ['第二人确认', 'Confirmed by a second person'], incident_demobilized: ['解除响应', 'Response ended'],
    measure_drawn: ['划区', 'Zone drawn'], measure_lifted: ['解除分区', 'Zone lifted'], measure_lapsed: ['措施到期失效', 'Measure lapsed'], measure_began: ['措施开始', 'Measure began'], measure_prolonged: ['措施延长', 'Measure prolonged'],
    plan_made: ['算出方案', 'Plan computed'], playbook_kept: ['预案留档', 'Playbook kept'], post_opened: ['开岗', 'Post opened'], post_closed: ['撤岗', 'Post closed'], post_changed: ['换岗', 'Post changed'], post_chosen: ['人定一个岗', 'Post chosen by hand'], post_overridden: ['破例派岗', 'Exception made for a post'], lead_chosen: ['选定网格长', 'Lead chosen'], helper_added: ['登记一名志愿者', 'Helper added'], helper_changed: ['改了志愿者登记', 'Helper’s file changed'], helper_corrected: ['本人更正登记', 'Helper corrected their own file'], helper_left: ['志愿者退出，私人信息已销毁', 'Helper left; what was private is destroyed'], helper_revealed: ['按用途看了志愿者的一项私人信息', 'A helper’s sealed field seen for a purpose'], helper_joined: ['本人报名成为志愿者', 'Signed up as a helper'], code_made: ['发出一次验证码', 'One-time code made'], code_refused: ['验证码填错', 'Wrong one-time code'], code_used: ['验证码已用', 'One-time code used'], card_made: ['制了一张住户卡', 'Household card made'], helpers_weighed: ['按本人说明的限制核对可派的人', 'Helpers’ limits read by the gate'],
    round_opened: ['打开排查', 'Round opened'], round_changed: ['排查对象变动', 'Round changed'], round_closed: ['结束排查', 'Round closed'], target_recorded: ['记一户', 'Door recorded'], account_opened: ['开账号', 'Account opened'], ground_mended: ['改正地点归属', 'Places put right'], account_password: ['改密码', 'Password changed'], account_disabled: ['停用账号', 'Account disabled'], account_enabled: ['恢复账号', 'Account enabled'], grant_given: ['给权限', 'Right given'], grant_ended: ['收回权限', 'Right ended'], incident_erased: ['到期删除资料', 'Data erased'], session_opened: ['登录', 'Signed in'], session_ended: ['退出', 'Signed out'], session_expired: ['登录到期', 'Session expired'],
    resident_revealed: ['看了一项原文', 'A field seen in clear'], resident_read: ['看了一个人', 'A resident looked at'], resident_listed: ['看了一份名单', 'A list looked at'], door_read: ['看了一户', 'A door looked at'], needs_read: ['看了照护提示', 'Care hints looked at'],
  },
  noted: { rows: ['{n} 行', '{n} rows'], count: ['{n} 件', '{n}'], households: ['{n} 户', '{n} doors'], people: ['{n} 人', '{n} people'], posts: ['{n} 岗', '{n} posts'], inserted: ['新增 {n}', '{n} new'], updated: ['更新 {n}', '{n} updated'], rejected: ['退回 {n}', '{n} rejected'] },
  figure: {
    empty_posts: ['空缺岗位', 'Posts empty'], missing: ['本轮未扫', 'Not yet visited'], help: ['需要帮助', 'Need help'], refused: ['不愿开或再敲', 'Refused or again'], covered: ['区内户数', 'Doors covered'],
    everyday_posts: ['常态岗位空缺', 'Everyday posts empty'], buildings: ['楼栋', 'Buildings'], households: ['有人登记的户', 'Households on record'], doors: ['户', 'Doors'], residents: ['在册居民', 'Residents on record'],
    unit: { empty_posts: ['岗', 'posts'], missing: ['户', 'doors'], help: ['户', 'doors'], refused: ['户', 'doors'], covered: ['户', 'doors'], everyday_posts: ['岗', 'posts'], buildings: ['栋', ' '], households: ['户', 'doors'], residents: ['人', 'people'] },
    part: { filled: ['有人', 'filled'], empty: ['空缺', 'empty'], done: ['有结果', 'done'], missing: ['没结果', 'missing'], refused: ['不愿开', 'refused'], again: ['再敲', 'again'], covered: ['区内', 'covered'], normal: ['常态', 'normal'] },
  },
} as const satisfies Words
