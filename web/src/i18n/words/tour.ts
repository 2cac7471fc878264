import type { Words } from '../pick'

/** The tour of five steps. */
export const tourWords = {
  tour: {
    title: ['五步走一遍', 'Five steps'], go: ['去这一步', 'Go there'], skip: ['跳过', 'Skip'], leave: ['收起，可在“？”里接着走', 'Leave; go on from “?”'], less: ['折叠', 'Fold'], more: ['展开', 'Unfold'],
    end: ['五步走完了。每一步都在事件记录里。', 'All five steps. Each is in the log.'],
    step: { look: ['看一屏态势', 'Look at the situation'], bring: ['导入或查户情', 'Import, or look into the register'], start: ['开一次演练或响应', 'Start a drill or a response'], sweep: ['用手机扫一个楼道', 'Sweep a stairwell on the phone'], print: ['打印一张单子', 'Print a sheet'] },
    how: {
      look: ['大数字、地图、事件记录都在这一页。', 'Big numbers, map and log are on this page.'],
      bring: ['导入一张表（有示例），或打开户情查一户。', 'Import a sheet (a sample is there), or open the register.'],
      start: ['演练在副本里，不动真实数据；真的响应要第二人应用。', 'A drill runs in a copy; a real response needs a second person.'],
      sweep: ['换微网格长的身份，手机扫码打开：', 'As a micro-grid lead, open on the phone:'],
      print: ['在排查页按“打印”，没手机的人照着敲门。', 'Print from the rounds page, for those without a phone.'],
    },
  },
} as const satisfies Words
