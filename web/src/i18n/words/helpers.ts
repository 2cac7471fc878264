import type { Words } from '../pick'

/** Texts of helpers: the gate, the roll, one file, choosing leads. */
export const helperWords = { hcard: {
  title: ['住户卡', 'Household card'], note: ['给没有手机的人报名用：门牌编码加 8 位数，用一次，两周内有效。', 'For signing up without a phone: the door’s code and eight digits, good once, for two weeks.'],
  none: ['这一户还没有办过卡。', 'No card was made for this door yet.'], good: ['有一张能用，到 {at}', 'One is good until {at}'], made: ['{at} 办', 'made {at}'],
  is: { used: ['{at} 用过', 'used {at}'], revoked: ['{at} 作废', 'taken back {at}'], ended: ['{at} 过期', 'out of date {at}'] },
  make: ['办一张', 'Make a card'], renew: ['换一张', 'Make another'], print: ['打印', 'Print'], revoke: ['作废', 'Take it back'], yes: ['确定', 'Yes'], no: ['不了', 'No'],
  sure: { make: ['换一张以后，手里这张马上作废。', 'With another one the present card ends at once.'], revoke: ['作废后这张卡打不开任何东西。', 'Taken back it opens nothing any more.'] },
}, hlp: {
  overrideTitle: ['还不够格', 'Not qualified yet'], overrideReason: ['破例的理由', 'Reason for the exception'],
  overrideHint: ['理由随方案保存；谁、何时破例，日志里有一条。', 'The reason is kept with the plan; the journal says who made the exception and when.'],
  leads: ['选网格长', 'Choose leads'], leadsTitle: ['微网格长和副手', 'Leads and deputies'], leadsNote: ['每个微网格一位网格长、一位副手', 'one lead and one deputy each'], without: ['个微网格缺人', 'micro-grids lack one'], grids: ['个微网格', 'micro-grids'],
  show: ['看哪些', 'Which'], onlyMissing: ['缺人的', 'Lacking'], allGrids: ['全部', 'All'], noneMissing: ['每个微网格都有网格长和副手。', 'Every micro-grid has lead and deputy.'],
  grid: ['微网格', 'Micro-grid'], lead: ['网格长', 'Lead'], deputy: ['副手', 'Deputy'], adviser: ['顾问', 'Adviser'], reason: ['理由', 'Reason'], choose: ['选人', 'Choose'], empty: ['空缺', 'Empty'], years: ['{n} 岁', '{n} years'],
  candidates: ['候选 {n} 人（看过 {of} 人）', '{n} candidates of {of} looked at'], scoreNote: ['分数满分 100，只在这次选人里用，逐条有依据', 'out of 100, for this choice only, each line with its ground'],
  busyAt: ['已在 {place} 任职', 'Serves at {place}'], asLead: ['任网格长', 'As lead'], asDeputy: ['任副手', 'As deputy'], decide: ['由人来定', 'People choose'], now: ['现任', 'Now'], noDeputy: ['还没有副手', 'No deputy yet'],
  keepElder: ['{name} 留作顾问（老中青搭班）', 'Keep {name} as adviser, young with old'], reasonHint: ['写给以后的人看：为什么是这一位。留档，不公开。', 'For whoever asks later: why this person. Kept, not published.'], exception: ['确需破例，理由如上', 'Make an exception, for the reason above'], appoint: ['定下来', 'Appoint'],
  import: ['导入名册', 'Import the roll'],
  export: ['导出名册', 'Export the roll'], exportNote: ['这个地点以下在册的人，一人一行，可再导入。谁、为什么、导出了哪些，记一条。', 'Everybody on the roll at this place and below, one line each, fit to be imported again. Who, what for and which fields is recorded.'], exportFor: ['先选用途', 'Choose a purpose first'], exportSealed: ['带上加密的（要有查看的权限）', 'With sealed fields (needs the right to see them)'], exportAs: ['下载 {f}', 'Download {f}'],
  add: ['登记一人', 'Add a helper'], notice: ['招募公告', 'Recruiting notice'], file: ['登记', 'File'], birth: ['出生（年、月或日）', 'Birth (year, month or day)'], workPhone: ['工作电话', 'Work phone'], phone: ['本人手机（加密）', 'Own phone (sealed)'], unchanged: ['留空不变', 'Left blank: unchanged'], mail: ['邮箱（加密，发通知用）', 'E-mail (sealed, for notices)'], mailClear: ['删去已存的邮箱', 'Take the e-mail away'],
  organisation: ['单位', 'Organisation'], limits: ['不方便做的（加密）', 'Not for them (sealed)'], limitsHint: ['只用来不派这样的岗，不给人看清单。', 'Used only to keep such posts from them.'], limitsKept: ['不勾就不改；勾了以这里为准。', 'Nothing ticked leaves them; ticks replace them.'],
  guardian: ['监护人', 'Guardian'], guardianPhone: ['监护人电话', 'Guardian’s phone'], guarded: ['监护人同意', 'The guardian consents'], why: ['为什么改（留档）', 'Why (kept)'], save: ['保存', 'Save'],
  sealed: ['加密保存', 'Sealed'], purpose: ['用途', 'Purpose'], look: ['看', 'Look'], lookNote: ['每看一次记一条，一分钟后收起', 'each look is recorded and hides after a minute'], purposes: { assign: ['派岗联系', 'To post them'], emergency: ['紧急联系', 'Emergency'], correct: ['核对更正', 'To correct it'], guardian: ['联系监护人', 'To reach the guardian'] }, field: { phone: ['手机', 'Phone'], mail: ['邮箱', 'E-mail'], limits: ['限制', 'Limits'], guardian: ['监护人', 'Guardian'] },
  joined: ['{at} 加入', 'joined {at}'], how: { notice: ['扫码报名', 'by the notice'], desk: ['当面登记', 'at the desk'], import: ['导入', 'imported'], organisation: ['单位推荐', 'by an organisation'] }, consented: ['本人同意 {at}', 'consented {at}'], minor: ['未成年', 'Minor'], leftAt: ['{at} 退出', 'left {at}'],
  leave: ['办理退出', 'Leaves'], leaveNote: ['岗位收回，私人信息永远销毁', 'Off every post; what is private is destroyed'], leaveYes: ['确定退出', 'They leave'],
  anySkill: ['全部专长', 'Any skill'], anyMissing: ['登记缺什么', 'What is missing'], missing: { phone: ['缺电话', 'No phone'], birth: ['缺出生年份', 'No birth'], consent: ['本人还没同意', 'No consent'], guardian: ['缺监护人', 'No guardian'], hours: ['缺时间', 'No hours'], skills: ['缺专长', 'No skills'] },
  anyState: ['在册', 'On the roll'], state: { here: ['在位', 'Present'], away: ['不在位', 'Away'], minor: ['未成年', 'Minors'], left: ['已退出', 'Left'] },
  override: ['破例派岗', 'Make an exception'], another: ['另选一人', 'Choose somebody else'],
} } as const satisfies Words
