import type { Words } from '../pick'

/** Activation, plan, incident, demobilization. */
export const responseWords = {
  wiz: {
    steps: ['启动步骤', 'Steps'], step1: ['事由与预案', 'Reason and playbook'], step2: ['选区域', 'Area'], step3: ['方案与缺口', 'Plan and gaps'], step4: ['第二人应用', 'Second person applies'],
    drafting: ['拟启动响应', 'Drafting a response'], template: ['预案', 'Playbook'], version: ['第 {v} 版 · {h}', 'version {v} · {h}'], zones: ['分区', 'Zones'], opens: ['启动后会开', 'It will open'],
    reason: ['事由', 'Reason'], title: ['名称', 'Title'], stated: ['外面报的人数（可不填）', 'A figure stated elsewhere (optional)'], statedPeople: ['人数', 'People'], statedSource: ['出自哪里', 'Source'],
    statedHint: ['只放在旁边对照，不会替代我们的数；差多少、差在哪会一直显示。', 'It stands beside our figure and never in its place; the difference stays in sight.'],
    toArea: ['下一步：选区域', 'Next: area'], prev: ['上一步', 'Back'], toPlan: ['算方案', 'Compute the plan'], computing: ['正在算', 'Computing'],
    choosable: ['{n} 栋可选 · 数字为楼号', '{n} buildings to choose from'], mapLabel: ['选楼的地图；右边的列表能做同样的事', 'Map to choose buildings; the list on the right does the same'],
    tools: ['选楼工具', 'Tools'], pick: ['点选', 'Pick'], lasso: ['圈选', 'Lasso'], radius: ['按半径', 'Radius'], centre: ['圆心（楼名，或在图上点）', 'Centre (a building, or a point on the map)'], centreHint: ['楼名', 'Building'], within: ['半径', 'Within'], metres: ['米', 'm'], aPoint: ['图上一点', 'a point'], nowIn: ['圈到的现在属', 'Caught, now in'], centreUnknown: ['没有这个名字的楼，请从列表里选。', 'No building of that name; choose from the list.'], radiusHint: ['在图上点圆心；用键盘：方向键移图，回车以图心为圆心。', 'Click the centre. By keyboard: arrows move the map, Enter takes its middle.'], paste: ['贴地址', 'Paste'], unset: ['未划', 'Unset'],
    selected: ['已选 {n} 栋 · {d} 户', '{n} selected · {d} doors'], markAs: ['划为', 'Mark as'], markN: ['把已选 {n} 栋划为', 'Mark the {n} as'],
    totals: ['各区合计', 'Totals of the zones'], totalsNote: ['随选随算', 'counted as you go'], zone: ['分区', 'Zone'], buildings: ['楼', 'Buildings'], until: ['到哪天为止', 'Until'], basis: ['依据', 'Basis'],
    gap: ['与上报口径差 {n} 人', '{n} people differ from the stated figure'], gapHow: ['上报 {a} − 分项合计 {b}。', 'stated {a} − ours {b}.'],
    list: ['楼栋列表', 'Buildings'], listNote: ['{n} 栋 · 与地图同一选择', '{n}, as on the map'], filter: ['查楼名', 'Find'], takeAll: ['全选', 'Take all'], form: ['形制', 'Kind'], noDoors: ['未登记到户', 'no doors'],
    checks: ['本步检查：', 'Checks:'], okZones: ['已划区', 'zones drawn'], noZones: ['还没有划区', 'no zone yet'], flags: ['{n} 处未登记到户，可先继续', '{n} without doors, you may go on'], okTerms: ['每区都有依据与结束日', 'every zone has basis and end'], lacks: ['有的区缺依据或结束日', 'a zone lacks basis or end'],
    saving: ['正在存草稿', 'Saving the draft'], saved: ['草稿已存 {at} · 尚未对任何人生效', 'Draft saved {at} · nobody is bound yet'], notInForce: ['尚未对任何人生效', 'Nobody is bound yet'],
    notSent: ['改动还在本页，算方案时才提交', 'Changes stay on this page until the plan is computed'], releaseTitle: ['立即解除 {n} 栋', 'Release {n} buildings at once'], releaseHint: ['这次响应正在生效。划为“不划”的楼会马上解除管控，不用第二人；其余改动等第二人应用。', 'This response is in force. Buildings set to none are released at once, without a second person; other changes wait for one.'], releaseYes: ['立即解除，并算方案', 'Release and compute'],
    keyTools: ['点选、圈选、贴地址', 'Pick, lasso, paste'], keyZones: ['把已选划为封控、管控、防范、不划', 'Mark the selection'], keyNone: ['放弃选择', 'Drop the selection'],
    pasteHint: ['每行一个地址或编码；“长塘里6、7、8号楼”“6-8幢”都认；社区、微网格的编码等于其中所有楼', 'One address or code a line; ranges are read; a code of a community or micro-grid means all its buildings'],
    pasteExample: ['长塘里6、7、8号楼\n990203008002-B017', 'one address or code a line'], pasteFind: ['认一认', 'Look up'], pasteTake: ['选中 {n} 栋', 'Select {n}'], pasteNone: ['没找到，或不止一处', 'not found, or more than one'], pasteMissing: ['{n} 行没认出来，仍留在上面，请改一改再认', '{n} lines not found; they stay above to be mended'],
  },
  plan: {
    saw: ['方案 {id} · 依据 {at} 的数据', 'Plan {id} · data of {at}'], create: ['新建', 'Create'], keep: ['保留', 'Keep'], change: ['改变', 'Change'], close: ['关闭', 'Close'],
    empty: ['岗位空缺', 'Posts empty'], filled: ['已有人', 'filled'], teams: ['组', 'teams'], measures: ['措施', 'Measures'], measure: ['措施', 'Measure'], rounds: ['排查', 'rounds'], round: ['将打开的排查', 'Rounds to open'], openWork: ['未办结', 'open work'],
    byPlace: ['按社区', 'By community'], byPlaceNote: ['各区户数，队伍和岗位数', 'doors by zone, teams, posts'], measuresNote: ['无依据或无结束日不能建', 'none without basis and end'], places: ['{n} 处', '{n} places'], targets: ['对象', 'Targets'], due: ['限时', 'Due'], hours: ['{n} 小时', '{n} h'],
    lapse: ['到期自动失效，服务器停了也不会延长', 'They lapse by themselves; a stopped server prolongs nothing'],
    gaps: ['空缺 {n} 岗', '{n} posts empty'], gapsNote: ['每岗写明原因，点候选即定', 'each says why; a click pins a person'], noGaps: ['每个岗都有人', 'Every post is filled'], slot: ['组 · 岗', 'Team · post'], why: ['为什么空', 'Why'], candidates: ['三位候选（点选即定，人定的不会被改）', 'Three candidates (a click pins one; pins stay)'], nobody: ['没有可问的人', 'nobody to ask'], moreGaps: ['再看 {n} 岗', '{n} more'],
    apply: ['应用', 'Apply'], copy: ['复制链接给第二人', 'Copy the link'], copied: ['已复制', 'Copied'], second: ['应用须由第二人', 'A second person must apply it'], who: ['可应用：{names}', 'May apply: {names}'], youMay: ['您可以应用这份方案。请先核对上面的数。', 'You may apply this plan. Check the figures first.'],
    applied: ['已应用', 'Applied'], expired: ['数据已变，这份方案过期了，不能应用', 'The data have changed: this plan is out of date'], again: ['重新算', 'Compute again'],
    confirmTitle: ['应用方案', 'Apply the plan'], confirm: ['涉及 {d} 户 {p} 人，开 {n} 个岗，其中 {e} 个暂空。', '{d} doors, {p} people, {n} posts, {e} of them empty.'], confirmReal: ['这是实战，不是演练：措施立即生效', 'This is real, not a drill: measures take force at once'], confirmYes: ['应用，立即生效', 'Apply now'],
  },
  inc: {
    list: ['历次响应', 'Responses'], listNote: ['草稿、生效中、已解除', 'drafts, in force, ended'], never: ['还没有启动过响应', 'No response yet'], state: ['状态', 'State'], place: ['范围', 'Place'], author: ['拟案', 'Author'], declared: ['拟定', 'Drafted'], started: ['启动', 'Started'], ended: ['解除', 'Ended'], seePlan: ['看方案', 'See the plan'], waits: ['{name} 拟好的方案等第二人复核', 'A plan by {name} waits for a second person'], review: ['去复核', 'Review it'],
    is: { draft: ['草稿', 'Draft'], running: ['生效中', 'In force'], ended: ['已解除', 'Ended'] },
    by: ['{name} 拟于 {at}', 'by {name}, {at}'], startedAt: ['{at} 启动', 'started {at}'], endedAt: ['{at} 解除', 'ended {at}'], changeZone: ['调整分区', 'Change zones'], goOn: ['继续画区', 'Go on'], end: ['解除响应', 'Demobilize'],
    people: ['涉及人数', 'People'], dueAt: ['{at} 前', 'due {at}'], emptyPosts: ['空缺岗位', 'Empty posts'], emptyNote: ['{n} 岗', '{n}'],
    difference: ['对不上的数', 'Figures that differ'], statedBy: ['上报口径', 'Stated'], ours: ['我们的分项合计', 'Our total'], gap: ['差', 'Difference'], mayBe: ['没有登记到户，可能在其中：{names}。', 'Without doors on record, perhaps part of it: {names}.'], unexplained: ['具体多少还没有人说明。', 'How much of it is not yet explained.'],
    endWhat: ['解除“{title}”，{d} 户恢复常态。', 'End “{title}”; {d} doors go back to normal.'], endPosts: ['应急岗位全部结束，常态岗位照旧', 'Emergency posts end; everyday posts go on'], endWork: ['没办完的事按名字交给常态微网格长、网格员', 'Unfinished work is handed over by name'], endData: ['应急期间的个人资料到期删除，日期会写明', 'Personal data of the emergency are deleted on a stated day'],
    would: ['将关闭 {p} 个岗、{m} 项措施、{r} 轮排查，移交 {n} 件', 'Will close {p} posts, {m} measures, {r} rounds and hand over {n}'], takes: ['接 {n} 户', 'takes {n}'], andMore: ['其余 {n} 户', '{n} more'], noOne: ['暂无人接', 'nobody yet'], unclaimed: ['{n} 件暂时没有人接，请先安排', '{n} have nobody to take them; arrange it first'],
    endYes: ['解除，恢复常态', 'Demobilize'], ended2: ['已解除：关闭 {p} 个岗、{m} 项措施、{r} 轮排查', 'Ended: {p} posts, {m} measures, {r} rounds closed'], handed: ['移交 {n} 件', '{n} handed over'], nothingOpen: ['没有未办结的事', 'Nothing was open'], deleteAfter: ['应急期间的个人资料在 {at} 后删除。', 'Personal data of the emergency are deleted after {at}.'],
  },
} as const satisfies Words
