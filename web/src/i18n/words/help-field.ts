import type { HelpPage } from './help'

/** How each page of the phone is used. */
export const fieldHelp: Record<string, HelpPage> = {
  '/m/learn': {
    for: ['我要看的卡、我的培训、我现在可以做什么到哪天。', 'My cards, my sessions, what I may do and until when.'],
    steps: [['逐张看须知卡，看懂了再点“我看懂了”。', 'Read each card, then press that you understood it.'], ['步骤做完后由带教人通过，自己不能通过。', 'A trainer passes you when all steps are done.']],
    doc: 'howto/train',
  },
  '/m/shifts': {
    for: ['我的班、能报的空班；来不了按一下。', 'Your shifts, and open ones for you; one press if you cannot come.'],
    steps: [
      ['按“报名”就是您的班。', 'Press Take it and the shift is yours.'],
      ['来不了按“我来不了”，十分钟内、没人接班前可以反悔。', 'Press I cannot come; for ten minutes it can be undone.'],
      ['在最下面拷贝日历地址，班次就进自己的日历；地址传出去了就换一个。', 'Copy the calendar address at the bottom to have shifts in your own calendar; change it if it got about.'],
    ],
    doc: 'howto/roster',
  },
  '/m/units': {
    for: ['在住处或驻地报到；做了什么，由您决定给不给单位看。联络人在这里看成员同意给看的内容。', 'Check in where you live or are stationed; you decide whether your organisation sees what you do. Contacts read here what members share.'],
    steps: [['选您的单位，选住在这里还是单位在这里。', 'Choose your organisation, and whether you live or are stationed here.'], ['愿意让单位看到的，勾上；随时可以取消。', 'Tick if your organisation may see it; you may stop any time.']],
    doc: 'howto/units',
  },
  '/m/care': {
    for: ['您领了什么、有没有保险、住在哪里，还有大家的感谢。', 'What you were handed, whether you are insured, where you sleep, and thanks.'],
    steps: [['东西用完交回社区，请他们点“已归还”。', 'Bring things back and have the community note it.'], ['没有登记保险的，上岗前找社区问清楚。', 'If no insurance is on record, ask before you go on duty.']],
    doc: 'howto/care',
  },
  '/m/service': {
    for: ['您服务了哪些时间、有哪些证明。只记做了什么，不与任何人比较。', 'When you served and which certificates you have. Nobody is compared.'],
    steps: [['记得不对，点“记得不对”告诉社区。', 'Press "Not right" and tell the community.'], ['证明可以打印，别人扫码能核真伪。', 'A certificate can be printed; anybody may verify it by its code.']],
    doc: 'howto/service',
  },
  '/m': {
    for: ['扫楼：一个楼道一屏，一户一格。', 'The sweep: one stairwell on a screen, one cell a door.'],
    steps: [['点一户，记结果；点错了，撤回。', 'Press a door and record the result; undo a slip.'], ['没有信号照样记，有信号自动传。', 'Record without signal too; it is sent by itself later.'], ['数是“还剩几户”，不比快慢。', 'The number says how many are left; speed is not compared.']],
    doc: 'tutorial/ten-minutes',
  },
  '/m/doors/:id': { for: ['一户：上次结果、要注意什么、这次结果。', 'One door: last result, what to mind, this result.'], steps: [['选一个结果；要帮忙的，再选缺什么。', 'Choose a result; for help, choose what is needed.'], ['记完自动到下一户。', 'It goes on to the next door by itself.']], doc: 'tutorial/ten-minutes' },
  '/m/sheet/:round/:unit': { for: ['纸上记的，照表录进来。', 'Copy in what was written on paper.'], steps: [['一行一户，选结果。', 'One line a door; choose the result.'], ['录完一次送出；重复录不会记两遍。', 'Send once at the end; a repeat does not count twice.']], doc: 'howto/print' },
  '/m/progress': { for: ['自己这一片还剩几户。', 'How many doors of your own are left.'], steps: [['点一个楼道接着扫。', 'Press a stairwell to go on.']], doc: 'tutorial/ten-minutes' },
  '/m/outbox': { for: ['还没传到服务器的记录。', 'Records not yet at the server.'], steps: [['有信号会自动传；也可以按“现在传”。', 'They are sent when there is signal, or at once with the button.'], ['被退回的写着原因，改好再传。', 'What was refused says why; mend and send again.']], doc: 'tutorial/ten-minutes' },
  '/m/gate': { for: ['门口查验：这一户现在让不让过，到几时。', 'At the gate: is this household let through now, and until when.'], steps: [['输房号或编码，或扫门上的码。', 'Enter number or code, or scan the sheet on the door.'], ['只看有效或无效；为什么，不在这里。', 'It says valid or not; the purpose is not here.']], doc: 'howto/exempt' },
  '/m/hands/:id?': {
    for: ['您手里的病人、药、样本、钥匙，和要交给您的；没有信号也能交接。', 'The patients, medicines, samples and keys that you have or are offered; it works without a signal.'],
    steps: [['交出：点“交出”，对方照您手机上的四位数输入，或扫码。', 'To hand on: press “Hand on”; the other side types the four digits or scans.'], ['接：输入对方手机上的四位数，点“接到了”。', 'To take: type the digits on their phone and press “I have it”.']],
    doc: 'howto/custody',
  },
  '/m/cases/:id?': {
    for: ['您接的、您这里没人接的办件。', 'The cases you took, and those here that nobody has.'],
    steps: [['点一件看居民怎么说、几点前答复。', 'Press a case for the words and the time.'], ['“接手”就是您负责；办好点“答复”。', 'Take it and it is yours; Answer when it is done.'], ['替不会用手机的人点“登记一件”。', 'New case for somebody without a phone.']],
    doc: 'howto/cases',
  },
  '/m/greetings': { for: ['今天由您问候的人；网格长还看到没有回音、要上门的。', 'Whom you greet today; a lead also sees where nobody answered.'], steps: [['点“打电话”或上门，问问好不好。', 'Call or go to the door and ask how they are.'], ['点结果。没有回音就点“没有回音”，马上有人上门。', 'Press how it went; No answer sends somebody at once.']], doc: 'howto/greetings' },
  '/m/patrol': { for: ['您这一片要去看的公共地方，照次序排好。', 'The shared places of yours to look at, in walking order.'], steps: [['走到一个点，没事就点“正常”。', 'At a point press In order when all is well.'], ['有情况点“有情况”，选一样，可写一句；会开成办件。没有信号也能记。', 'Otherwise press Something is wrong and choose what; it opens a case. It works without a signal.']], doc: 'howto/patrol' },
  '/m/warnings': { for: ['您这一片今天该去看看的事，和为什么。', 'What is worth a look among your own doors today, and why.'], steps: [['点蓝色的按钮：开好办件，或打开这一户。', 'Press the blue button: it opens the case or the household.'], ['办了、不是这样，都点一下，它就不再提。', 'Press Done or Not so, and it rests.']], doc: 'howto/warnings' },
  '/m/asks': {
    for: ['别人找您帮忙的事都在这里。来不来由您。', 'What you are asked to help with. Coming is your own choice.'],
    steps: [['点“能来”“来不了”“再说”，改主意了再点一次。', 'Press coming, cannot or not sure; press again to change it.'], ['写着“不用来了”的，就是人够了。', 'Where it says you need not come, enough people have.']],
    doc: 'howto/call',
  },
  '/m/phone': { for: ['换自己登记的手机号：验证码发到新号，原来的号会收到通知。', 'Change your own number: a code goes to the new one, and the old one is told.'], steps: [['填新号，点“发验证码”，填新号收到的 6 位数。', 'Type the new number, send a code, type its six digits.'], ['不是自己换的，却收到通知，马上打社区电话。', 'Told of a change you did not make? Call your community at once.']], doc: 'howto/recruit' },
  '/m/me': { for: ['您的岗位、负责的地方，和这部手机上的显示设置。', 'Your posts and places, and how this phone displays.'], steps: [['看不清，打开“大字”。', 'Hard to read: switch large type on.'], ['应急时到了岗位点“我到岗了”，离开点“交岗”；平时没有这个按钮。', 'In an emergency tap “I am here” at your post and “Hand over” when you leave; there is no such button in ordinary times.'], ['交班前看一眼“待传”是不是空的。', 'Before handing over, see that nothing waits to be sent.']], doc: 'tutorial/ten-minutes' },
}
