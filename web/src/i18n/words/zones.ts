import type { Words } from '../pick'

/** What holds at a place and its clock, exemptions, gaps and lapses. */
export const zoneWords = {
  clock: {
    title: ['解封时钟', 'Release clocks'],
    note: ['时钟只提议，解除由指挥人员决定；到期自动失效', 'A clock proposes and an officer releases; only the declared end comes by itself'],
    may: ['可提议解除', 'May be released'],
    mayN: ['{n} 处条件已满足，请决定是否解除', '{n} have met their conditions: decide whether to release'],
    none: ['没有生效的措施', 'No measure holds'],
    earliest: ['最早可解除', 'Earliest release'],
    unknown: ['还说不准', 'Cannot be said yet'],
    byHand: ['由人决定', 'By a person'],
    afterRound: ['排查做完后', 'after the rounds'],
    until: ['最迟', 'Until'],
    doors: ['户', 'Doors'],
    missing: ['还缺什么', 'What is missing'],
    why: ['为什么', 'Why'],
    first: ['以此为准', 'Followed first'],
    also: ['同时还有', 'Also'],
    holds: ['此处生效的措施', 'What holds here'],
    calm: ['此处没有管控措施', 'No measure holds here'],
    lift: ['解除', 'Release'],
    liftSure: ['解除{place}的{zone}？立即生效，并记入日志。', 'Release the {zone} at {place}? It takes effect at once and is on record.'],
    rule: ['规则', 'Rule'], basis: ['依据', 'Basis'],
    short: ['最早 {at}', 'Earliest {at}'],
  },
  fact: {
    title: ['登记的事实', 'Facts on record'], note: ['写来源和时间，不写任何人的姓名、病情', 'Source and time; never a name or an illness'],
    add: ['登记事实', 'Record a fact'], name: ['事实', 'Fact'], place: ['地点编码', 'Place code'], at: ['发生时间', 'When it happened'], source: ['来源', 'Source'],
    holds: ['从那时起是这样', 'Holds from then on'], no: ['不再是这样', 'No longer'], save: ['登记', 'Record'], cancel: ['取消', 'Cancel'],
    withdraw: ['撤回', 'Withdraw'], withdrawn: ['已撤回', 'Withdrawn'], none: ['还没有登记任何事实', 'No fact is on record yet'], by: ['登记人', 'By'],
  },
  exempt: {
    title: ['豁免申请', 'Exemptions'], note: ['由指定的人限时决定；到时不答复，转上级', 'Decided by a named person in time; silence goes to the level above'],
    none: ['没有豁免申请', 'No request for exemption'], decider: ['审批人', 'Decider'], age: ['已等', 'Waiting'], due: ['应答复', 'Answer due'], state: ['状态', 'State'],
    open: ['查看理由并决定', 'Read why and decide'], grant: ['同意', 'Grant'], refuse: ['不同意', 'Refuse'], revoke: ['撤销', 'Revoke'], reason: ['写明理由（申请人会看到结果）', 'Your reason (the applicant sees the answer)'],
    purposeIs: ['用途', 'Purpose'], need: ['申请理由', 'Why'], verdict: ['答复', 'Answer'], sealed: ['理由只有审批人可看，查看会留记录', 'Only the decider reads why, and each look is recorded'],
    above: ['指挥部', 'Command'], period: ['起止', 'From–until'], who: ['申请人', 'Asked by'],
    is: { waiting: ['等待答复', 'Waiting'], overdue: ['超时未答', 'Overdue'], refused: ['不同意', 'Refused'], coming: ['未到开始', 'Not begun'], valid: ['有效', 'Valid'], over: ['已过期', 'Over'], revoked: ['已撤销', 'Revoked'] },
    purpose: { treatment: ['定期治疗', 'Regular treatment'], birth: ['生育', 'Birth'], care: ['照护家人', 'Care of family'], exam: ['考试', 'Exam'], funeral: ['丧事', 'Funeral'], work: ['必要工作', 'Essential work'], travel: ['出行', 'Travel'], other: ['其他', 'Other'] },
  },
  perim: {
    title: ['三道门', 'Three doors'], note: ['入口、进楼、入户：哪里还没有守住', 'Entrance, house, home: where the perimeter is open'], none: ['没有缺口', 'No gap'],
    entrance: ['入口', 'Entrance'], house: ['进楼', 'House'], home: ['入户', 'Home'], kind: ['类型', 'Kind'], all: ['总数', 'All'], gaps: ['缺口', 'Gaps'], list: ['清单', 'List'], where: ['地点', 'Place'], what: ['缺什么', 'What is missing'], more: ['另有 {n} 处', '{n} more'], noClosed: ['没有封闭的分区', 'No closed zone'],
  },
  flag: { title: ['错管 · 多管 · 漏管', 'Wrong, excess and missed control'], note: ['逐条核对，由人改正', 'Looked at one by one; a person mends them'], wrong: ['错管', 'Wrong'], excess: ['多管', 'Excess'], missed: ['漏管', 'Missed'], none: ['没有发现错管、多管、漏管', 'Nothing wrong, excessive or missed was found'] },
  lapse: { title: ['到期失效', 'Lapsed'], note: ['自动失效的措施、时间和已告知的人', 'Measures that ended by themselves, when, and who was told'], none: ['还没有到期失效的措施', 'No measure has lapsed'], ended: ['失效时间', 'Ended'], told: ['已告知', 'Told'], notYet: ['尚未告知', 'Not told yet'] },
} as const satisfies Words
