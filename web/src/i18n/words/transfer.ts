import type { Words } from '../pick'

/** Transfers to central isolation: who goes, what stays behind, who has whom. */
export const transferWords = {
  transfer: {
    title: ['转运', 'Transfers'], one: ['一批', 'One transfer'], new: ['转运这些人', 'Transfer persons'], none: ['还没有转运。', 'No transfer yet.'], notHere: ['这里现行的预案没有集中隔离转运。启动带转运的响应以后，在这里登记。', 'The playbook in force here has no transfers to isolation. Once a response that has them is activated, they are recorded here.'], pick: ['点左边一批，看每个人在谁手里。', 'Choose a transfer to see who has whom.'], persons: ['{n} 人', '{n} persons'],
    who: ['谁去', 'Who goes'], door: ['哪一户', 'Which home'], doorHint: ['输入楼号、门牌，选一户；可以加几户', 'Type building or door and pick it; add more homes the same way'], drop: ['去掉这一户', 'Remove'], noPeople: ['这一户没有登记的人。', 'Nobody is registered here.'],
    stays: ['家里留下什么，谁负责（每样都要答）', 'What stays at home, and who answers for it (answer each)'], answer: ['请回答', 'Answer'], nobody: ['没有', 'None'], minds: ['由谁先负责', 'Who answers for it first'], how: ['怎么去、凭什么', 'How, and on what basis'],
    vehicle: ['车辆（车牌或车号）', 'Vehicle (plate or number)'], seats: ['座位', 'Seats'], driver: ['司机', 'Driver'], site: ['隔离点', 'Site'], basis: ['依据', 'Basis'], until: ['到哪天结束', 'Ends on'], ends: ['到 {at} 结束', 'ends {at}'], send: ['登记这一批：{n} 人', 'Record the transfer: {n} persons'],
    driven: ['司机 {name}', 'driver {name}'], seatsOf: ['{n} 人 / {seats} 座', '{n} persons / {seats} seats'], there: ['人已到隔离点', 'have arrived at the site'], missing: ['{n} 人没按时交接', '{n} persons not handed over in time'],
    person: ['姓名', 'Name'], where: ['到哪一段', 'Leg'], keeper: ['现在由谁负责', 'Who answers'], due: ['几点前交出', 'Hand on by'], offered: ['已交出，没接', 'handed on, not taken'], alarm: ['第 {n} 次报警', 'alarm {n}'], all: ['全选', 'Select all'], chosen: ['选中 {n} 人', '{n} selected'], took: ['对方说接到了', 'They say they have them'],
    code: ['请对方在手机上输入：', 'The other side types:'], staysHere: ['家里留下的', 'What stayed behind'], staysNone: ['每户都答了“没有”。', 'Each home answered “none”.'], see: ['看这件', 'Open'],
  },
} satisfies Words
