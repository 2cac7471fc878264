import { fieldHelp } from './help-field'
import { needHelp } from './help-need'

/** Both languages of one sentence. */
export type Both = readonly [zh: string, en: string]

/** HelpPage is how one page is used: what it is for, what one does there, where more is written. */
export interface HelpPage {
  for: Both
  steps: readonly Both[]
  /** page under docs/, without its ending */
  doc: string
}

/** helpPages has one entry for each route; a test fails when a route has none. */
export const helpPages: Record<string, HelpPage> = {
  '/console': {
    for: ['一屏看清：现在是常态还是应急，缺多少人，多少户还没扫到。', 'One screen: normal or emergency, how many posts are empty, how many doors not yet visited.'],
    steps: [
      ['点一个大数字，看它数的是哪些人、哪些户。', 'Press a big number to see which people and doors it counts.'],
      ['点地图上一块地方，看这一处的数；再点一次进去。', 'Press a place on the map for its figures; once more to go in.'],
      ['事件记录一行是一件发生过的事，只增不改。', 'Each line of the log is a thing that happened; none is ever changed.'],
    ],
    doc: 'reference/numbers',
  },
  '/console/activate': {
    for: ['启动一次应急响应的第一步：什么事、用哪套预案。这时还只是草稿，什么都没有改变。', 'First step of a response: what happened and which playbook. It is a draft; nothing changes yet.'],
    steps: [['选预案，写名称。', 'Choose a playbook and give it a name.'], ['上级或部门报的数抄在“上报口径”里，以后能对账。', 'Copy the figures stated from above, so that they can be compared later.'], ['下一步选区域。', 'Next: the area.']],
    doc: 'howto/activate',
  },
  '/console/activate/:id': {
    for: ['划区：哪几栋封控、哪几栋管控，依据什么，到哪天。', 'Draw zones: which buildings, on what basis, until when.'],
    steps: [
      ['在地图上点楼，或贴一段地址，让系统认出楼栋。', 'Press buildings on the map, or paste addresses and let them be recognised.'],
      ['选“划为”哪个区；同一栋楼后划的算数。', 'Choose the zone to mark them as; the last mark counts.'],
      ['每个区写依据和结束日，没有这两样不能往下走。', 'Each zone needs a basis and a last day; without them there is no next step.'],
      ['合计在右边随点随算。', 'Totals on the right follow each press.'],
    ],
    doc: 'howto/activate',
  },
  '/console/plans/:id': {
    for: ['应用之前看清后果：开多少岗、谁上岗、哪些岗空着、为什么。', 'See the consequences before applying: posts, people, gaps and why.'],
    steps: [
      ['看“空缺”，每岗写明原因；点候选人就定下他，以后重算不会改。', 'Each gap says why; press a candidate to choose the person, later plans leave it alone.'],
      ['把链接发给另一位指挥员，应用必须由第二人。', 'Send the link to another command officer: a second person applies.'],
      ['等够预案写的分钟数仍无人应答，拟案人可单人启动，最多两小时，没人确认就自动失效。', 'If nobody answers for the playbook\'s minutes, the author may start alone for two hours at most; unconfirmed, it lapses.'],
    ],
    doc: 'howto/activate',
  },
  '/console/incidents': {
    for: ['草稿、生效中和已解除的响应都在这里。', 'Every response: drafts, in force, ended.'],
    steps: [['点一行进去看分区、岗位、排查。', 'Open a line for its zones, posts and rounds.'], ['没有内容时，到顶上“启动响应”拟一份，或先做一次演练。', 'When it is empty, draft one with “Activate” at the top, or run a drill first.']],
    doc: 'howto/activate',
  },
  '/console/incidents/:id': {
    for: ['一次响应的现在：各区户数和人数、空缺岗位、扫楼进度、对不上的数。', 'One response as it stands: doors and people by zone, empty posts, rounds, figures that differ.'],
    steps: [
      ['“调整分区”回到地图改；改动还要第二人应用。', '“Change zones” goes back to the map; a second person applies the change.'],
      ['单人启动的响应在这里由另一位指挥员确认。', 'A start by one person is confirmed here by another officer.'],
      ['“解除”先列出会结束什么、交回给谁，确认后开始删除倒计时。', '“End” first lists what closes and who takes over; then the deletion clock starts.'],
    ],
    doc: 'howto/activate',
  },
  '/console/places': {
    for: ['从市到户的地点：找一个地方，看它下面有什么。', 'Places from city to door: find one, see what is inside.'],
    steps: [
      ['输入名称、门牌或编码查找；点一行进去。', 'Search by name, number or code; open a line.'],
      ['“联系卡”写居民该打给谁。', '“Contact card” says whom residents call.'],
      ['“划分微网格”“调整区划”先预览，另有人看过再应用。', '“Divide” and “Change” show a preview first.'],
      ['这里没有内容，是还没有导入地点台账：到“导入”，先下载示例表。', 'Nothing here: the places are not imported yet. Go to Import and download the sample first.'],
    ],
    doc: 'howto/divide',
  },
  '/console/ground/divide/:place': {
    for: ['把一个社区或网格划成每格约若干户的微网格：相连，单元不拆。', 'Divide a community or grid into micro-grids of about so many doors: connected, no stairwell cut.'],
    steps: [['填每格多少户，看预览是否均衡。', 'Say how many doors each; look whether the preview is even.'], ['看哪些户换格，满意再应用；应用后可以撤回。', 'See which doors change; apply when content. It can be taken back.']],
    doc: 'howto/divide',
  },
  '/console/ground/:id': {
    for: ['一次区划调整的预览：哪些地点变，影响哪些户、岗位和分区。', 'The preview of a change of borders: which places, doors, posts and zones it touches.'],
    steps: [['核对清单，再应用。', 'Check the list, then apply.'], ['旧编码一直查得到；分区不会因划界悄悄改变。', 'Old codes are found for ever; zones never change silently.']],
    doc: 'howto/divide',
  },
  '/console/buildings/:id': {
    for: ['一栋楼的户情板：一格一户，横着是层，竖着是单元。', 'The board of a building: one cell a door, floors across, stairwells down.'],
    steps: [['点一格看这一户；姓名和电话要有用途才看得全，看过留痕。', 'Press a cell for a door; names and phones in full need a purpose and leave a trace.'], ['右下记结果；替别人记，先在“代录”选替谁、谁告诉的。', 'Record at the lower right; for somebody else choose first on whose behalf, and who told it.'], ['“打印”里有看板、扫楼单和二维码。', 'Print has the board, sweep sheets and codes.']],
    doc: 'howto/print',
  },
  '/console/doors/:id': { for: ['这一户所在的楼。', 'The building of this door.'], steps: [['看完用浏览器的返回。', 'Go back with the browser.']], doc: 'howto/print' },
  '/console/register': {
    for: ['居民台账：谁住在哪一户，要什么照护；可以逐格改，也可以整块粘贴。', 'The register: who lives behind which door and needs what care; typed in cell by cell or pasted as a block.'],
    steps: [
      ['按姓名、门牌查找，没有人就先“导入”；默认遮盖，点“看这个人”选用途才看全，居民看得到谁看过。', 'Search by name or door (empty: Import first); fields are masked, “This person” shows them for a purpose, and residents see who looked.'],
      ['方向键走格，F2 或打字修改；从表格软件连同表头一起复制，Ctrl+V 贴进来。', 'Arrows move, F2 or typing edits; copy from a spreadsheet with its heading row and press Ctrl+V.'],
      ['错处在格里，上面写明原因；有改法的按回车采用，F8 到下一个，Ctrl+Z 撤销。', 'Errors stand in their cells, the reason above; Enter takes an offered fix, F8 goes to the next, Ctrl+Z takes back.'],
      ['按“提交”之前什么都不写入；别人同时改过的格两边都给看，选一边。', 'Nothing is written before Submit; a cell somebody else changed shows both sides, choose one.'],
    ],
    doc: 'howto/register',
  },
  '/console/import': {
    for: ['把一张表导进来：地点、居民、人员名册、排班或办件。先试跑，不会写坏。', 'Bring in a sheet: places, residents, helpers, a roster or cases. It runs dry first.'],
    steps: [
      ['选哪一种表，拖进文件或选文件；没有表，先下载示例照着填。', 'Choose the kind and drop a file; without one, download the sample and fill it in.'],
      ['看试跑：新增、更新、不变、退回各几行；退回的写明行、列、原因。', 'Look at the dry run: new, updated, same, rejected, with row, column and reason.'],
      ['改好退回的行再导；同一张表导两次不会重复。', 'Mend the rejected rows and import again; the same sheet twice changes nothing.'],
    ],
    doc: 'howto/import',
  },
  '/console/accounts': {
    for: ['谁能登录，凭什么职责看哪里。', 'Who signs in, with which role at which place.'],
    steps: [['新建账号，密码只显示一次，当面交给本人。', 'Make an account; the password shows once, hand it over in person.'], ['给权限可以写起止日期，过期自动失效。', 'A right may have a first and last day; then it lapses.'], ['人走了，停用账号；记过的账一条不删。', 'Who left is disabled; no record is removed.']],
    doc: 'howto/accounts',
  },
  '/console/helpers': {
    for: ['能上岗的人：志愿者、物业、社工、民警、医护。', 'Who can fill a post: volunteers, property, community workers, police, health.'],
    steps: [['按职业、专长、资格、缺什么筛选；点姓名看登记。', 'Narrow by kind, skill, training or what is missing; press a name for the file.'], ['“登记一人”当面登记；“招募公告”打印带码的公告；“导出名册”要选用途，有记录。', 'Add somebody at the desk, print the recruiting notice, or export the roll for a purpose; it is recorded.'], ['手机号、限制、监护人写明用途才能看，每次有记录。', 'Phone, limits and guardian show for a purpose only; each look is recorded.']],
    doc: 'howto/recruit',
  },
  '/console/leads': {
    for: ['哪些微网格没有网格长、没有副手，一张单子看清。', 'Which micro-grids have no lead or no deputy, in one list.'],
    steps: [['点“选人”，看候选人各条分数从哪来。', 'Press Choose to see where each candidate’s score comes from.'], ['“全部”里能看到理由和老网格长。', 'All shows the reasons and the former leads.']],
    doc: 'howto/recruit',
  },
  '/console/leads/:place': {
    for: ['给一个微网格选网格长和副手。分数只供选人时参考，由人来定。', 'Choose lead and deputy of one micro-grid. Scores only inform; people choose.'],
    steps: [
      ['每条分数写明依据；带 ▲ 的还不够格或已在别处任职。', 'Each line says why; a ▲ marks who does not qualify or serves elsewhere.'],
      ['点“任网格长”“任副手”各一人，写一句理由。', 'Pick one as lead, one as deputy, and write a reason.'],
      ['老网格长愿意的，勾上留作顾问，管纸上的活。', 'Tick to keep the former lead as adviser with paper duties.'],
    ],
    doc: 'howto/recruit',
  },
  '/console/training': {
    for: ['谁要学什么、排课、记结果、由带教人通过。', 'Who needs what, sessions, what came of them, and passes by a trainer.'],
    steps: [
      ['看“只差培训”的人数，给缺人的资格排一场。', 'See who lacks only training and plan a session for it.'],
      ['带教人要自己有这项资格；学员不能是他自己。', 'The trainer holds the qualification and is not the trainee.'],
      ['开始后逐个点来了、做得对、再来一次、没来。', 'Once it has begun tap what came of it for each person.'],
      ['步骤都做完的人出现“通过”，点了才有资格。', 'Who has done all steps shows Pass; only that gives it.'],
    ],
    doc: 'howto/train',
  },
  '/console/roster/:place?': {
    for: ['排班：谁在哪天站哪一班，哪里还缺人、为什么。', 'Rosters: who stands which shift on which day, what is open and why.'],
    steps: [
      ['选起始日、天数和岗位，点“排班”，先看草案和排不满的原因。', 'Choose first day, days and posts, press Plan, and read the draft.'],
      ['看过变化再发布；班次有变的人都会收到通知。', 'Publish after reading the changes; everybody concerned is told.'],
      ['点一个班再点人，或拖到人那一行；不能排的会写明原因。', 'Press a shift, then a person, or drag it; where it cannot be, it says why.'],
      ['有人来不了：点班，选“打电话说来不了”，会依次去问。', 'Somebody cannot come: press the shift; others are asked in turn.'],
    ],
    doc: 'howto/roster',
  },
  '/console/surge/:place?': {
    for: ['突击队：单位派来的队补到哪里，本地人、突击队各补多少，还缺多少；本地人接上后放谁回去。', 'Squads that organisations send: where they fill in, how much own people and squads cover, what is open, and who goes home as own people take over.'],
    steps: [
      ['导入名单或登记一支；每队写单位、类别、人数、驻地、联络岗位和可用的日子。', 'Import a sheet or enter a squad: organisation, kind, people, place, contact post, days.'],
      ['岗位缺口自动算进需要；岗位以外的在右边写，整队要去哪里也可以人定。', 'Gaps at posts count as needs by themselves; state more on the right, or send a squad by hand.'],
      ['拟方案，看谁去哪里、为什么、补不上什么；由另一位指挥员应用，可以撤回。', 'Plan and read who goes where, why, and what stays open; another officer applies it; it can be taken back.'],
      ['“可放回”里有建议时，写上工时放回，把谢意发给单位。', 'Where somebody may go home, release them with their hours and send the thanks to the organisation.'],
    ],
    doc: 'howto/surge',
  },
  '/console/calls': {
    for: ['一个召令：一次告诉一个地点的全部帮手，看谁能来、谁没联系上。', 'One call tells all helpers of a place and shows who comes and who was not reached.'],
    steps: [
      ['写清时间、地点、带什么；不写居民的姓名和病情。', 'Say when, where and what to bring; never a resident’s name or illness.'],
      ['发出前先看会发给几个人、几个人没有联系方式。', 'Before sending, see how many it goes to and how many have no address.'],
      ['点一条召令看答复；没联系上的要有人打电话或上门。', 'Open a call to see the answers; somebody calls or visits those not reached.'],
    ],
    doc: 'howto/call',
  },
  '/console/helpers/:id/service': {
    for: ['一位志愿者服务了哪些时间：从到岗到交岗，路上不算。记错的写原因更正，本人看得到，也可以不同意。', 'When one helper served: from arrival to hand-over. What is wrong is put right with a reason that the helper reads and may object to.'],
    steps: [
      ['写着“等核对”的多半是忘了交岗：点更正，写实际时间和原因。', 'To be checked mostly means a forgotten hand-over: put right, with the true times and a reason.'],
      ['没有手机的人，按纸面签到补记一段。', 'For whoever has no phone, add a stretch from the paper sheet.'],
      ['选起止日期，开一份证明，打印盖章。', 'Choose the days, make a certificate, print and seal it.'],
    ],
    doc: 'howto/service',
  },
  '/console/units': {
    for: ['双报到：哪些单位在这里报到、联络人是谁、哪些党员和职工在这里报到、做了什么。', 'Which organisations checked in here, who their contact is, which members did, and what they did.'],
    steps: [
      ['登记单位，选一位志愿者作联络人；联络人只看得到成员自己同意给看的。', 'Check an organisation in and choose a helper as its contact, who sees only what members agree to share.'],
      ['党员和职工在自己手机“我的 → 双报到”报到。', 'Members check in on their own phones under Me.'],
    ],
    doc: 'howto/units',
  },
  '/console/care': {
    for: ['照顾好来帮忙的人：谁该歇一歇、谁还没领到东西、饭订几份、时数核对、感谢。', 'Looking after those who help: who needs rest, who lacks gear, how many meals, hours to check, thanks.'],
    steps: [
      ['“作息”里写着该歇了的，点姓名看原因，到排班里给他换下来。', 'Under Rest, press a name to see why, and let them off in the roster.'],
      ['“领用”里发放、归还、入库；写着不够发的，先去调货。', 'Under Gear hand out, take back, take in; where there is not enough, get more first.'],
      ['“用餐”照着份数订饭；“时数核对”逐条看；写一句感谢给大家。', 'Order by the numbers under Meals, check the hours, and write a word of thanks.'],
    ],
    doc: 'howto/care',
  },
  '/console/teams': {
    for: ['队伍：哪些岗位站在一起、谁带队、还缺什么、能找谁。队伍按在岗的人算，岗位变了队伍就变。', 'Teams: which posts stand together, who leads, what is lacking and who could be asked. They follow the posts.'],
    steps: [
      ['左边点一种编组，右边是这里的每一支队伍。', 'Press a form on the left; its teams here stand on the right.'],
      ['展开一支队伍，看每个岗位是谁、缺什么、可以找谁。', 'Open a team for each post: holder, lack, whom to ask.'],
      ['写着“没有打开”的，在预案里给社区打开这些岗位。', 'Where it says switched off, open the posts for the community in the playbook.'],
    ],
    doc: 'howto/service',
  },
  '/console/calls/:id': {
    for: ['一次召令的答复：能来、来不了、再说、没答复、没联系上，加起来等于发出的人数。', 'How a call stands: coming, cannot, not sure, no answer, not reached; they add up.'],
    steps: [
      ['点一个数看名单，点社区名只看这个社区。', 'Press a figure for its list, a community for its part.'],
      ['打通电话后，在名单里替他记下；日志里写明是谁代记的。', 'After a phone call note the answer for them; the log says who noted it.'],
      ['弄错了就撤回，写一句原因，收到的人会看到。', 'Withdraw a mistake with a reason; its receivers read it.'],
    ],
    doc: 'howto/call',
  },
  '/console/posts': {
    for: ['每个岗位：谁在岗，谁顶替，哪些空着。', 'Every post: who is on it, who is deputy, which are empty.'],
    steps: [['先看空缺；每个写着为什么空。', 'Look at the empty ones first; each says why.'], ['换人在方案里定，应用后生效。', 'People are changed in a plan, and hold once applied.']],
    doc: 'howto/activate',
  },
  '/console/targets': {
    for: ['这一轮扫楼的每一户：敲过没有，结果如何。', 'Every door of the round: visited or not, with which result.'],
    steps: [['点“没结果”，看还差哪些户。', 'Press “no result” for the doors that are left.'], ['没带手机的人记在纸上，回来由您代录。', 'Who had no phone writes on paper; you record it afterwards.'], ['没有内容，是没有排查在进行：启动响应或演练才会打开。', 'Nothing here: no round is open. A response or a drill opens one.']],
    doc: 'howto/print',
  },
  '/console/drills': {
    for: ['演练：照真的做一遍，人、门牌和时间都另开一份，真的数据一行不动。', 'Drills: the real thing once through, in a copy of its own; not a row of the real data moves.'],
    steps: [['新开一次演练，进去启动响应、派人、扫楼。', 'Begin a drill, go in, start a response, post people, sweep.'], ['演练里每一页顶上都写着“演练”。', 'Every page of it says “drill” at the top.'], ['做完看复盘。', 'Look at the review when done.']],
    doc: 'tutorial/ten-minutes',
  },
  '/console/catalogue': {
    for: ['居民会有什么需要、归谁接、多久有回音、怎样算办完：在这里看，也在这里改。', 'What people may need, who gets it, in which time and when it is over: read it here and change it here.'],
    steps: [
      ['选地点；想看某套预案启用后的目录，选“假如启用”。', 'Choose a place; to see what a playbook would bring, choose “As if used”.'],
      ['点一项看全；要改时限，写新值和理由，先看差异再发布。', 'Press an item for all of it; to change a time write it with a reason, look at the difference, publish.'],
      ['放宽自己的时限要上一级同意；没同意前仍按原来的办。', 'Allowing yourself more time needs the consent of the level above; until then the old time holds.'],
    ],
    doc: 'howto/catalogue',
  },
  '/console/playbooks': {
    for: ['预案：平时和每种应急时，谁做什么、隔多久、凭什么。', 'Playbooks: who does what, how often and on what ground.'],
    steps: [['点一条看它的理由和能改的范围。', 'Open a rule for its reason and how far it may be changed.'], ['本地改动先试算，看会多几岗、多几户，再送人批。', 'A local change is tried first: how many posts and doors more; then somebody approves.']],
    doc: 'howto/playbook',
  },
  '/': { for: ['入口：选演示，或登录。', 'The way in: the demo, or sign in.'], steps: [['第一次来，先进演示看看，都是虚构的。', 'First time: look round in the demo; all of it is invented.']], doc: 'tutorial/ten-minutes' },
  '/login': { for: ['用登录名和密码进入。', 'Sign in with login and password.'], steps: [['忘了密码，请管账号的人当面换一个。', 'A lost password is replaced by the keeper of accounts, in person.']], doc: 'howto/accounts' },
  '/demo': { for: ['选一个身份看看，不用密码，人和门牌都是虚构的。', 'Look round in a role, without password; people and doors are invented.'], steps: [['先用“街道指挥部”启动，再用“副”复核，最后用“微网格长”扫一个楼道。', 'Start as command officer, review as the second, then sweep a stairwell as lead.']], doc: 'tutorial/ten-minutes' },
  '/my': { for: ['居民自己的一页：这里现在怎样，打给谁，谁看过我家的资料。', 'A resident\'s own page: how it stands, whom to call, who looked at our record.'], steps: [['不认同措施，按页上写的去申诉。', 'To object to a measure, appeal as the page says.']], doc: 'explain/journal-and-erasure' },
  '/wall': { for: ['挂墙的大屏：只有数，没有人名。', 'For the wall: figures only, no names.'], steps: [['按 F11 全屏；数自己刷新。', 'Press F11 for the full screen; figures refresh by themselves.']], doc: 'reference/numbers' },
  '/:rest(.*)*': {
    for: ['这个地址没有页面。什么都没有改动，没有丢数据。', 'There is no page at this address. Nothing was changed and nothing is lost.'],
    steps: [['核对地址，或从首页重新进去。', 'Check the address, or start again from the home page.'], ['扫码来的：码可能已经换新，请找社区要新的。', 'From a code at a door: it may have been replaced; ask the community for the new one.']],
    doc: 'howto/qr',
  },
  ...needHelp,
  ...fieldHelp,
}
