import type { Words } from '../pick'

/** Courses, sessions, passes and cards. */
export const trainingWords = {
  train: {
    one: ['培训记录', 'Record'], oneOf: ['看一个人', 'Look at somebody'], none1: ['还没有通过任何资格。', 'No qualification passed yet.'], moreDue: ['另有 {n} 人', '{n} more'], leaveIt: ['不了', 'No'],
    cancel: ['取消这一场', 'Call it off'], cancelWhy: ['为什么取消（留档）', 'Why it is called off (kept)'], revoke: ['收回', 'Take back'], revokeWhy: ['为什么收回（留档，本人看得到）', 'Why (kept; they read it)'],
    readOut: ['念给没有手机的人听', 'Read out to somebody without a phone'], readOutNote: ['逐条念完，本人说懂了再点；记下是您念的。', 'Read each line; press once they say it is clear. It is kept that you read it.'], readDone: ['念完了，{name}说懂了', 'Read out; {name} understood'],
    first: ['指定第一位带教人', 'Name a first trainer'], firstNote: ['这里还没有人有这项资格时用，由街道指挥部指定，要有期限和理由。', 'For when nobody here holds it yet: by the command, with an end and a reason.'], firstWhy: ['凭什么（留档）', 'On what ground (kept)'], firstDo: ['指定', 'Name them'], lastDay: ['最后一天', 'Last day'],
    title: ['培训', 'Training'], needs: ['谁要学什么', 'Who needs what'], needsNote: ['岗位要的资格', 'what posts ask for'], qualification: ['资格', 'Qualification'], empty: ['空岗', 'Empty posts'], holders: ['有资格', 'Hold it'], lacking: ['只差培训', 'Lack only training'], due: ['要复训', 'To refresh'],
    sessions: ['培训场次', 'Sessions'], sessionsNote: ['近 30 天和以后', 'last 30 days and coming'], none: ['还没有排培训。', 'No session is planned.'], plan: ['排一场', 'Plan a session'], planNote: ['带教人要自己有资格', 'the trainer holds the qualification'], course: ['课程', 'Course'], step: ['哪一步', 'Step'], trainer: ['带教人', 'Trainer'], noTrainer: ['这里没有人有这项资格，请指挥部先指定一位', 'Nobody here holds it; the command names a first trainer'], from: ['开始', 'From'], until: ['结束', 'Until'], places: ['名额', 'Places'],
    invite: ['邀请', 'Invite'], inviteWho: ['邀请谁', 'Whom to invite'], choose: ['请选', 'Choose'], full: ['名额已满', 'No places left'], fast: ['两天快速班', 'Two-day fast track'], people: ['{n} 人，{of} 个名额', '{n} people, {of} places'], pass: ['通过', 'Pass'], passes: ['有效', 'Valid'], holds: ['已有资格', 'Holds it'],
    outcome: { came: ['来了', 'Came'], passed: ['做得对', 'Did it right'], again: ['再来一次', 'Once more'], absent: ['没来', 'Absent'] },
    state: { coming: ['未开始', 'Coming'], now: ['正在上', 'Now'], 'to-note': ['待记结果', 'To be noted'], noted: ['已记', 'Noted'], cancelled: ['已取消', 'Called off'] },
    mine: ['我的培训', 'My training'], may: ['我现在可以做', 'What I may do now'], mayNone: ['还没有资格。先看卡、上课，由带教人通过。', 'Nothing yet. Read the cards, come to the lessons, then a trainer passes you.'], till: ['到 {at}', 'until {at}'], noEnd: ['没有期限', 'without end'], by: ['{name} 带教通过', 'passed by {name}'], refresh: ['该复训了', 'due for a refresher'], ended: ['已失效', 'no longer holds'],
    cards: ['须知卡', 'Cards'], cardsLeft: ['还有 {n} 张没看', '{n} not read yet'], read: ['我看懂了', 'I have understood it'], wasRead: ['已看懂', 'understood'], mySessions: ['我的场次', 'My sessions'], myNone: ['还没有邀请您的培训。', 'You are not invited to a session yet.'], courses: ['课程', 'Courses'], done: ['{done}/{of}', '{done} of {of}'], ready: ['只差带教人通过', 'only the trainer’s pass is missing'], with: ['带教 {name}', 'with {name}'],
  },
} satisfies Words
