import type { Words } from '../pick'

/** Texts of the pages before the door: entry, sign-in, demo. */
export const open = {
  code: {
    byCode: ['手机验证码登录', 'Sign in by a code'], byPassword: ['用密码登录', 'Use a password'], phone: ['手机号', 'Phone'], send: ['发验证码', 'Send me the code'], code: ['验证码', 'Code'], again: ['换号码或重发', 'Another number, or send again'],
    sent: ['这个号码登记过的话，验证码已发出，10 分钟内有效。', 'If this number is registered, a code is on its way, good for 10 minutes.'], hint: ['扫公告报名的志愿者用这个。验证码只填自己手机收到的。', 'For helpers who signed up by a notice. Only the code your own phone received.'],
  },
  open: {
    pickRole: ['选一个身份进去看看', 'Pick a role and look round'],
    pickHint: ['不用密码。同一件事在不同人手里是不同的样子；可以同时开几个窗口，看它们一起变。', 'No password. The same event looks different in different hands; open several windows and watch them change together.'],
    tryFirst: ['先试这件事', 'Try this first'],
    byCode: ['用手机打开', 'Open on a phone'], onPhone: ['手机', 'Phone'],
    onConsole: ['指挥台', 'Console'],
    onResident: ['居民页', 'Resident'],
    loginHint: ['账号由上一级开设。忘记密码请找给您开账号的人。', 'Accounts are opened by the level above. If you forgot the password, ask whoever opened yours.'],
    noDemo: ['这台服务器不是演示，没有可选的身份', 'This server is no demo, there are no roles to pick'],
    phoneTip: ['用手机看：在同一网络打开 {url}', 'On a phone in the same network open {url}'],
    motto: ['守望相助，每一户都有人照看', 'Neighbours keep watch: someone looks after every door'],
    calm: ['平时，它记得每一户由谁照看、缺什么、上次是谁来过。', 'In calm times it knows who looks after each door, what is needed there and who came last.'],
    struck: ['出事时，几分钟内定好哪些楼、哪些岗、敲哪些门、告诉了谁；先看方案，第二人同意才生效。', 'When something strikes it settles within minutes which buildings, which posts, which doors and who was told; the plan is seen first and a second person agrees.'],
    after: ['过后一件一件交还，没人被忘记，没有理由的数据不留。', 'Afterwards everything is handed back by name, nobody is forgotten, and no data are kept without a reason.'],
    tree: ['从街道到户', 'From the subdistrict to the door'],
    resident: ['我是居民', 'I live here'], residentWay: ['扫门口或通知上的二维码：这里现在怎么定、到几时、为什么、不同意找谁。不用账号，关掉脚本也能看。', 'Scan the code at your door or on the notice: what holds here, until when, why, and whom to ask if you disagree. No account, no script needed.'],
    residentDemo: ['看一张居民页', 'See such a page'], residentNo: ['没有码？请打社区电话，或问上门的微网格长。', 'No code? Call the community, or ask the micro-grid lead who comes by.'],
    worker: ['我来值守', 'I am on duty'], workerWay: ['指挥部、社工、网格员、微网格长、民警、部门：登录后直接到自己的那一页。', 'Command, community, grid workers, leads, police, departments: sign in and land on your own page.'],
    look: ['我先看看', 'I am looking round'], lookWay: ['一个虚构的街道，17 个社区、51,438 户，谁也联系不到。换着身份看同一件事。', 'An invented subdistrict of 17 communities and 51,438 doors that can reach nobody. See one event with different eyes.'],
    lookNo: ['这台是真实的服务器。想先试，在自己的电脑上运行：', 'This server is a real one. To try first, run on your own machine:'],
    neverTitle: ['它从来不做的事', 'What it never does'],
    never: {
      rank: ['不比谁高谁低，也不打分。', 'It sets nobody above another and scores nobody.'], time: ['不记谁在线多久；签到只在应急时有，应急一过就没了。', 'It does not count how long anybody was online; check-in exists only while an emergency is in force.'],
      track: ['不要行踪，照片从来可以不传。', 'No tracks of movement; a photo is always optional.'], basis: ['没有依据、没有截止的限制不会生效；到时自己失效。', 'No restriction without basis and end; each lapses by itself.'],
      look: ['谁看过敏感信息都有记录，被看的人自己查得到。', 'Every look at a sensitive fact is recorded, and whom it concerns can see it.'],
    },
    noFace: ['请选择要去的地方', 'Choose where to go'],
  },
} as const satisfies Words
