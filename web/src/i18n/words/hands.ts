import type { Words } from '../pick'

/** Hand-overs: who has a patient, a medicine, a key, and the code that makes two halves one. */
export const handWords = {
  hands: {
    batch: ['整批 {n} 人都接到了', 'I have all {n} of them'],
    out: { name: ['对方姓名', 'Their name'], role: ['职务', 'Their role'], org: ['单位', 'Their unit'] },
    mine: ['我手上的', 'What I have'], mineNote: ['病人、药、样本、钥匙：在您手里的，和要交给您的', 'Patients, medicines, samples, keys: what you have, and what is offered to you'],
    none: ['您手上没有要交接的。', 'You have nothing to hand on.'], keeperNow: ['现在由谁负责', 'Who answers for it now'], you: ['您', 'You'], since: ['{at} 起', 'since {at}'], due: ['{at} 前要交出', 'to be handed on by {at}'], lateBy: ['应于 {at} 前交出', 'was to be handed on by {at}'],
    alarm: ['第 {n} 次报警：已告诉上一级', 'alarm {n}: the desk above was told'], offered: ['{name} 要交给您', '{name} hands it to you'], offering: ['等 {name} 说“接到了”', 'waiting for {name} to say “I have it”'], whoever: ['读到交接码的人', 'whoever reads the code'],
    showCode: ['请对方输入这四位数，或扫码', 'The other side types these digits, or scans'], goodUntil: ['{at} 前有效', 'good until {at}'], tooOld: ['已过时，请再点“交出”', 'too old: hand on again'], readCode: ['对方手机上的四位数', 'The four digits on their phone'], noCode: ['对方没有码也可以接，会注明“没有用码”', 'Without a code it is possible too, and it is marked'],
    toWhom: ['交给谁', 'To whom'], inPerson: ['当面的人，凭交接码', 'Whoever is here, by the code'], people: ['有账号的', 'With an account'], outside: ['没有账号的（由您代记）', 'Without an account (you note it)'], forWhom: ['替谁记', 'Noted for'], self: ['我自己', 'Myself'], leg: ['接下来', 'What comes next'], proof: ['凭证号', 'Proof no.'], why: ['理由', 'Reason'], how: ['怎样结束', 'How it ended'],
    proofs: { certificate: ['证明编号', 'Certificate no.'], receipt: ['单据号', 'Receipt no.'], photo: ['照片编号', 'Photo no.'] },
    whole: ['双方已签', 'signed by both'], coded: ['双方已签 · 凭码', 'signed by both, by code'], bare: ['双方已说 · 没有用码', 'said by both, without a code'], half: ['只有接的一方说了', 'only the taker said so'], named: ['由办事处指明', 'named by the desk'],
    kept: ['已存在手机里，有信号就发：', 'Kept on this phone, sent when there is a signal: '], refusedAs: ['没有被接受：', 'Not accepted: '], again: ['再发一次', 'Send again'], drop: ['删掉', 'Delete'], stale: ['没有信号，这是 {at} 的情形', 'No signal: this is how it stood at {at}'],
    takeTitle: ['有人要交给您', 'Somebody hands you something'], takeNote: ['输入对方手机上的四位数，点“接到了”：从这一刻起由您负责。', 'Type the four digits on their phone and press “I have it”: from that moment you answer for it.'],
    next: ['还要经过', 'Still to come'], ended: ['已结束', 'Ended'], more: ['更多', 'More'],
  },
} satisfies Words
