import type { Words } from '../pick'

/** How the cases of a place went, by line and by place. */
export const wentWords = {
  went: {
    title: ['办得怎样', 'How they went'], note: ['这段时间登记的事，到现在怎样；只按条线和地点合计，不按人', 'What was told in this time, as it stands now; by line and place, never by person'],
    lines: ['按条线', 'By line'], places: ['按地点', 'By place'], line: ['条线', 'Line'], place: ['地点', 'Place'], told: ['登记', 'Told'], closed: ['办结率', 'Closed'], onTime: ['按时率', 'On time'], good: ['满意率', 'Satisfied'], all: ['合计', 'All'],
    few: ['件数太少，不显示', 'too few: not shown'], none: ['这段时间没有登记的事。', 'Nothing was told in this time.'], dash: ['不足五件', 'fewer than five'],
    hushed: ['保密的事：{n} 件以上（只有这个约数）', 'Told in confidence: {n} or more; nothing else is said of them'],
    how: ['怎么算的', 'How it is reckoned'],
    defs: ['登记：不含居民撤回的、到时自己撤下的。办结率：其中已办结的。按时率：已答复的和过了时限的里面，按时答复的；暂停的不算超时。满意率：居民评过的里面，“办好了，满意”的。不足五件不显示；只藏一行就能减出来时，再藏最小的一行。保密的事不在其中。', 'Told: without what was withdrawn or lapsed. Closed: of these. On time: answered by their time, of those answered or past it; a pause is not late. Satisfied: “done, and well” of those rated. Fewer than five are not shown; where subtraction would tell, the smallest other row is hidden too. What is told in confidence is not in it.'],
  },
} satisfies Words
