import type { Words } from '../pick'

/** What is done for helpers: their own calendar, gear and meals, thanks, rest. */
export const careWords = {
  cal: {
    title: ['放进我的日历', 'In my own calendar'], what: ['班次、培训和要完成的任务自动进手机自带的日历；换了班会跟着改。只写岗位、地点和时间，不写别人。', 'Shifts, trainings and rounds in the calendar of your phone; a change follows. It says post, place and time, and nobody else.'],
    make: ['生成我的日历地址', 'Make my calendar address'], copy: ['拷贝地址', 'Copy address'], copied: ['✓ 已拷贝', '✓ Copied'], reset: ['换一个地址', 'Change the address'],
    how: ['在手机日历里选“添加订阅日历”，粘贴这个地址。谁有这个地址谁就看得到，别转发。', 'In your calendar app choose "subscribe" and paste this address. Whoever has it can read it: do not pass it on.'],
    resetAsk: ['旧地址马上停用，已经订阅的日历要重新添加。', 'The old address stops at once; calendars that follow it have to be added anew.'],
  },
} satisfies Words
