import type { Words } from '../pick'

/** Drills: the first hour of a playbook, run in a copy. */
export const drillWords = {
  drl: {
    new: ['开一次演练', 'Start a drill'], newNote: ['在副本里走预案的第一个小时，不动任何真实数据', 'The first hour of a playbook, in a copy; nothing real is touched'],
    book: ['预案', 'Playbook'], place: ['地点', 'Place'], speed: ['倍速', 'Speed'], speeds: { s0: ['尽快（约几秒）', 'as fast as it goes'], s60: ['60 倍（一分钟走完）', '60× (one minute)'], s10: ['10 倍（六分钟走完）', '10× (six minutes)'], s1: ['真实速度（一小时）', 'real time (one hour)'] },
    seed: ['种子', 'Seed'], seedNote: ['同一种子走出同一场，便于改了预案再比', 'The same seed gives the same drill: change the playbook and compare'],
    start: ['开始演练', 'Start the drill'], list: ['演练', 'Drills'], listNote: ['只比预案，不比人', 'Playbooks are compared, never people'], never: ['还没有演练过', 'No drill yet'],
    shows: ['走一遍能看到什么', 'What a run shows'], shown: {
    w1: ['一步一步：几分启动、几分到岗、几分问到第一户', 'Each step: when it starts, when people are there, when the first door answers'],
    w2: ['得分：满编用时、首答用时、没问到的户，对着预案写的目标', 'A score against the playbook’s own goals: full teams, first answer, doors unreached'],
    w3: ['预案的短板：哪一条来不及、哪一区没人管', 'The playbook’s weak spots: which item is too late, which zone nobody minds'],
    w4: ['走完可以进演练世界看每一页；真的名册、消息、日志一概不动', 'Afterwards you may enter the drill’s world and look at every page; the real register, messages and journal stay as they are'],
  },
  state: { running: ['进行中', 'Running'], ended: ['走完', 'Ended'], stopped: ['已停', 'Stopped'], failed: ['没走完', 'Failed'] },
    enter: ['进入演练的世界', "Enter the drill's world"], stop: ['停止演练', 'Stop the drill'], stopSure: ['停下这次演练？不会有成绩。', 'Stop this drill? It will have no score.'], remove: ['删除', 'Delete'], removeSure: ['删除这次演练和它的副本？', 'Delete this drill and its copy?'],
    steps: ['剧本', 'Script'], minute: ['{n} 分', '{n} min'], at: ['进行到第 {n} / {of} 分钟', 'Minute {n} of {of}'],
    posts: ['到岗', 'Posts present'], doors: ['有回音的户', 'Doors answered'],
    score: ['成绩', 'Score'], what: ['看什么', 'What'], seen: ['实际', 'Seen'], goal: ['目标', 'Goal'], met: ['✓ 达到', '✓ met'], missed: ['✗ 没达到', '✗ missed'], neverSo: ['没有做到', 'never'], minutes: ['第 {n} 分钟', 'minute {n}'],
    teams: ['人到齐', 'Full teams'], answer: ['第一户回音', 'First answer'], unreached: ['没有回音的户', 'Doors unreached'],
    sums: ['岗位 {p}，到岗 {a}，空缺 {e}；户 {d}，有回音 {r}，没敲到 {u}，敲了没人应 {n}', '{p} posts, {a} present, {e} empty; {d} doors, {r} answered, {u} not knocked at, {n} without an answer'],
    weak: ['预案的短板', "The playbook's weak spots"], weakNote: ['指到预案的条目', 'each names its item'], noWeak: ['没有看到短板', 'No weak spot was seen'],
    meta: ['{book} · {place} · {speed} · 种子 {seed}', '{book} · {place} · {speed} · seed {seed}'], times: ['{n} 倍速', '{n}×'], fast: ['尽快', 'as fast as it goes'],
  },
} as const satisfies Words
