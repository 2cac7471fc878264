import type { Words } from '../pick'

/** Texts of the pages before the door: entry, sign-in, demo. */
export const open = {
  open: {
    pickRole: ['选一个身份进去看看', 'Pick a role and look round'],
    pickHint: ['不用密码。同一件事在不同人手里是不同的样子；可以同时开几个窗口，看它们一起变。', 'No password. The same event looks different in different hands; open several windows and watch them change together.'],
    tryFirst: ['先试这件事', 'Try this first'],
    onPhone: ['手机', 'Phone'],
    onConsole: ['指挥台', 'Console'],
    onResident: ['居民页', 'Resident'],
    loginHint: ['账号由上一级开设。忘记密码请找给您开账号的人。', 'Accounts are opened by the level above. If you forgot the password, ask whoever opened yours.'],
    noDemo: ['这台服务器不是演示，没有可选的身份', 'This server is no demo, there are no roles to pick'],
    phoneTip: ['用手机看：在同一网络打开 {url}', 'On a phone in the same network open {url}'],
    noFace: ['请选择要去的地方', 'Choose where to go'],
  },
} as const satisfies Words
