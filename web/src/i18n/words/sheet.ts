import type { Words } from '../pick'

/** Texts of printing and of typing a printed sheet in. */
export const sheet = {
  print: ['打印', 'Print'], board: ['看板', 'Board'], sweepWord: ['扫楼单', 'Sweep sheets'], codes: ['二维码', 'Codes'], poster: ['求助海报', 'Poster to ask by'], sweep: ['打印扫楼单', 'Print sweep sheets'], posts: ['打印岗位表', 'Print posts'], places: ['打印地点表', 'Print places'], labels: ['打印二维码', 'Print codes'], notices: ['打印告居民书', 'Print notices'],
  title: ['录纸单', 'Type in a sheet'], open: ['录纸单', 'Type in'],
  who: ['纸上是谁记的', 'Who filled the sheet in'], myself: ['我自己', 'Myself'], someone: ['别人，写名字', 'Somebody else'], name: ['名字', 'Name'],
  whoHint: ['记录里写两个人：敲门的和录入的。', 'The record names two: who knocked and who typed.'],
  left: ['还差', 'Left'], leftOf: ['{n} 户里录了 {done} 户', '{done} of {n} typed in'], help: ['要帮忙，是几号', 'Help: which number'],
  keys: ['键盘：1–{n} 记结果，要帮忙再按号；↑↓ 换户；退格撤回', 'Keys: 1–{n} record, then the number for help; ↑↓ move; Backspace takes back'],
  none: ['纸上空着就跳过，不用点。', 'Leave out what is blank on the sheet.'],
  rest: ['现住人数和名册外的人，交给社区核对名册。', 'How many live there, and people not on the register: hand to the community.'],
  all: ['这张录完了。纸交回，录好即销毁。', 'This sheet is in. Hand the paper back; it is destroyed.'],
  already: ['以前记过', 'recorded before'],
} as const satisfies Words
