import type { Words } from '../pick'

/** Until when medicines last, so that their errand is opened in time. */
export const doseWords = {
  dose: {
    title: ['续药日期', 'Next supplies'], note: ['到日子前 {n} 天开代配药；停用 {k} 天后药名销毁', 'the errand opens {n} days before; {k} days after its end the medicine is forgotten'], none: ['还没有登记。右边选一户、一个人。', 'Nothing entered yet. Pick a home and a person on the right.'],
    name: ['谁', 'Who'], medicine: ['药名和用量', 'Medicine and how it is taken'], until: ['药吃到哪天', 'Lasts until'], opens: ['哪天开代配药', 'Errand opens'], reviewer: ['谁核对处方', 'Who looks at the prescription'], errand: ['代配药', 'Errand'], see: ['看这件', 'Open'], page: ['家里看的页面', 'Their page'], waits: ['还没到日子', 'not yet'], end: ['停用', 'End'], sure: ['确定停用', 'End it'],
    add: ['登记或改日期', 'Enter or change a date'], door: ['哪一户', 'Which home'], doorHint: ['输入楼号、门牌，选一户', 'Type building or door and pick it'], person: ['哪一位', 'Which person'], choose: ['请选', 'Choose'], nobody: ['这一户没有登记的人。', 'Nobody is registered here.'], save: ['记下', 'Enter it'], sealed: ['药名密封保存，名单、统计、日志里都没有；看一次记一次。', 'The medicine is sealed: in no list, figure or log of others; each look is recorded.'],
  },
} satisfies Words
