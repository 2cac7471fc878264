import type { Words } from '../pick'

/** One's own number, changed by oneself. */
export const ownPhoneWords = { ownPhone: {
  title: ['我的手机号', 'My number'], now: ['现在登记的', 'Registered now'], ends: ['尾号 {n}', 'ends in {n}'], none: ['还没有登记', 'none yet'],
  new: ['新手机号', 'New number'], send: ['发验证码', 'Send a code'], sent: ['验证码发到新号了，10 分钟内有效。', 'A code went to the new number; it is good for 10 minutes.'], code: ['新号收到的 6 位数', 'The 6 digits sent to it'], change: ['换成这个号', 'Change to it'], again: ['换一个号重发', 'Another number'],
  told: ['已换成尾号 {n}，也告诉了原来的号。', 'Changed; it now ends in {n}, and the old number was told.'], done: ['已换成尾号 {n}。', 'Changed; it now ends in {n}.'],
  noSms: ['这里还不能发短信。要换号，请到社区当面改。', 'No text can be sent from here; the community changes it at the desk.'],
  note: ['只有您自己能看到和改；社区要看，得写明用途，每看一次有记录。', 'Only you see and change it; the community needs a purpose, and each look is recorded.'],
} } as const satisfies Words
