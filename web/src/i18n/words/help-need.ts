import type { HelpPage } from './help'

/** How the pages of needs are used: cases, transfers, greetings, warnings. */
export const needHelp: Record<string, HelpPage> = {
  '/console/transfers/:id?': {
    for: ['送集中隔离：一批人、一辆车、一个隔离点，家里留下的每一样都有人负责。', 'To central isolation: some persons, one vehicle, one site, and somebody by name for all that stays at home.'],
    steps: [
      ['点“转运这些人”，选户、选人，家里留下什么逐样回答；写明依据和到哪天结束。', 'Press Transfer persons, pick homes and persons, answer what stays at home; say the basis and the end.'],
      ['选中几个人，一起“交出”；到了隔离点，对方点一个名记一个“接到了”，写单据号。', 'Select some and hand them on together; at the site record each one received, with the receipt number.'],
      ['没点到名的人到时报警。回家也在这里一段一段交。', 'Whoever is missing at the count raises an alarm. The way home is handed on here too.'],
    ],
    doc: 'howto/custody',
  },
  '/console/doses': {
    for: ['长期吃药的人，药吃到哪天、谁核对处方；到日子前自动开代配药，不用等人来催。', 'Who takes medicine for long: until when it lasts and who looks at the prescription; its errand is opened in time.'],
    steps: [
      ['选户、选人，写药名和吃到哪天，选核对处方的人。药名密封，只有您这样有资格的人看得到。', 'Pick home and person, write the medicine and its last day, choose who looks at the prescription. The name is sealed.'],
      ['提前几天由预案定；到时开一件“请人代配药”，先在核对的人手里。', 'The playbook says how many days before; then an errand is opened, first with that person.'],
      ['拿到新药就写新的日期：旧的作废，不会再开。不吃了点“停用”。', 'With the new supply enter its day: the old one opens nothing any more. End it when it is no longer taken.'],
    ],
    doc: 'howto/doses',
  },
  '/console/responses/:id?': {
    for: ['小区里出了险情：先打什么电话，里面谁在赶来，外面联系到哪一步，交给谁结束。', 'Danger inside the estate: whom to telephone, who comes from inside, who outside was told, and to whom it is handed over.'],
    steps: [
      ['先打红框里的电话，照着“这样说”说。按 T 接手；没人接手，两分钟后告诉上级。', 'Telephone the number in the red box and say what stands there. T takes it; after two minutes the desk above is told.'],
      ['左边看最近的谁在赶来；不够按 M 再叫一批。绝不做的事也写在他们手机上。', 'On the left see who nearby is coming; M asks more. What they never do stands on their phones too.'],
      ['每打一次电话按 L 记一条：几分钟到、走哪个门、谁去开。', 'After each call press L: when they are there, by which gate, who opens it.'],
      ['外面的人到了按 H：写带队的姓名、职务、单位，交接就结束；虚惊要写看到了什么。', 'When the crew is there press H and write its leader, role and unit: that ends it. A false alarm says what was seen.'],
    ],
    doc: 'howto/respond',
  },
  '/console/cases/:id?': {
    for: ['居民的一件事从登记到居民说好，全在这里：谁接手，几点前答复，没动静会怎样。', 'A resident’s need from its recording to their own yes: who has it, by when, and what silence does.'],
    steps: [
      ['来电来人按 N，右边写着该问什么，登记后报号码。用键盘派件的键写在屏幕最下面。', 'For a call or a visit press N: what to ask stands beside, then read out the number. The keys for assigning stand at the foot.'],
      ['“接手”以后它就是您的；不归您管就“转办”，对方不回音到时算转成。', 'Take makes it yours; Transfer what belongs elsewhere: silence grants it.'],
      ['“答复”写明做了什么、谁办成的、凭据。居民说好才办结；没凭据的答复不会自动办结。', 'An answer says what was done, who met it and the proof. The resident’s yes closes it; without proof nothing closes by itself.'],
      ['就医、送药看“在谁手里”：每一刻都有一个人负责，没按时交接会报警。', 'For trips and medicines see who has it: somebody answers at every moment, a late hand-over raises an alarm.'],
    ],
    doc: 'howto/cases',
  },
  '/console/greetings': {
    for: ['独居老人每天有人问候：今天谁问到了、谁没有回音、谁还没有人问候。', 'Elderly people living alone are greeted every day: who was reached, who gave no answer, who has no pair.'],
    steps: [
      ['右边的人还没有人问候：先问本人愿不愿意，再点“定下两位”。', 'Those on the right have nobody: ask them first, then choose a pair.'],
      ['左边没有回音的在前：点“看办件”，看谁去上门。', 'On the left those without an answer come first: see the case and who knocks.'],
      ['第一位不在了或本人不愿意，点“换人”“停止”。', 'Change the pair, or end it when they object.'],
    ],
    doc: 'howto/greetings',
  },
  '/console/patrol': {
    for: ['公共地方的巡查点：这一次谁还没去到，哪里有情况，哪里过了时间没人去。', 'Points on shared ground: which are left this turn, what was found, and where nobody came in time.'],
    steps: [
      ['右边设巡查点：在哪里、看什么、多久一次、几点到几点。住户门上不设。', 'Declare a point on the right: where, what to look at, how often, in which hours. Never at somebody’s door.'],
      ['手机“我的 → 巡查”按次序去看，点结果；有情况就开成办件。', 'On the phone under Me, Patrol, they are walked in order; a finding opens its case.'],
      ['写“到时没人去”的，派人去看一眼；去过就消。这里不记谁去过。', 'Where nobody came in time send somebody; a visit clears it. Who went is not listed here.'],
    ],
    doc: 'howto/patrol',
  },
  '/console/warnings': {
    for: ['台账里看得出该去看看的事，每条写明理由和依据。只说事，不评人。', 'What the records show to be worth a look, each with its reason and basis. It speaks of a state and judges nobody.'],
    steps: [
      ['先看理由里的数字；能一键开办件的，点一下就开好、派好。', 'Read the figures in the reason; where one tap opens a case, it is opened at its desk at once.'],
      ['办了点“办了”；不对点“不是这样”，选哪里不对。答复后它会静默一段日子；情况没了，它自己消。', 'Press Done, or Not so with what is wrong. An answer lets it rest for a while; what is no longer true goes by itself.'],
      ['右边看每条规则有没有用；常说“不是这样”的，点“改规则”，先用今天的台账试一试，再保存。', 'On the right see how useful each rule is; change one that is often not so: try it on today’s records first, then save.'],
    ],
    doc: 'howto/warnings',
  },
  '/console/outside': {
    for: ['给市热线、物业这类系统签发密钥，看每把用过什么，不用了就吊销。', 'Issue keys to systems such as a city hotline, see what each did, revoke those no longer used.'],
    steps: [
      ['点“签发密钥”：哪家系统、哪些地点、哪些事项、到哪天。密钥只显示一次，当面或用可靠的办法交给对方。', 'Press Issue a key: which system, places, items and last day. It is shown once: hand it over in person or by a safe way.'],
      ['点一把，右边是近 30 天的每一次使用；被拒的写着编号，照编号查原因。', 'Choose one: each use of 30 days stands on the right; a refused one bears its code.'],
      ['不用了、疑心泄露，写明理由点“吊销”，当即失效。已提的需求照办。', 'If it is no longer used or may have leaked, give a reason and revoke it: it stops at once. Needs already told go on.'],
    ],
    doc: 'howto/open311',
  },
  '/console/met': {
    for: ['从被服务到自治：居民的事每周是谁办成的，邻居、志愿者、居民自己办成的占多少。', 'From served to self-governing: who met the needs each week, and how many were met among residents.'],
    steps: [
      ['答复时写明“谁办成的”，办结后才算进来；撤回的、保密的不算。', 'Answers say who met a need; it counts once closed. Withdrawn and confidential ones do not.'],
      ['一周不足五件时不分谁办的，免得认出是谁家。', 'With fewer than five a week nothing is told apart, so that nobody is recognized.'],
      ['解除应急时，报告里有这期间的同一张表。', 'The report at the end of an emergency has the same table for its days.'],
      ['下面“办得怎样”按条线、按地点看办结率、按时率、满意率；怎么算的点开看。', 'Below, how they went by line and by place: closed, on time, satisfied; open how it is reckoned.'],
    ],
    doc: 'howto/cases',
  },
}
