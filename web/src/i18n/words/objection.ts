import type { Words } from '../pick'

/** Objections: what a measure's opponents say, and what is decided about it. */
export const objectionWords = {
  objection: {
    title: ['对措施的异议', 'Objection to a measure'], about: ['针对的措施', 'The measure objected to'], over: ['已不在有效期', 'no longer in force'],
    event: ['为什么', 'Why'], basis: ['依据', 'Basis'], author: ['谁定的', 'Ordered by'], time: ['期限', 'In force'], decide: ['作出决定', 'Decide'],
    do: { upheld: ['维持', 'Uphold'], eased: ['对这一户放宽', 'Let this household off'], lifted: ['解除这项措施', 'Lift the measure'] },
    effect: {
      upheld: ['措施不变。理由会给居民看。', 'The measure stays. The resident reads the reason.'],
      eased: ['立即生效：这一户到措施结束前不受它限制，记入豁免，门岗查得到。', 'At once: this household is let off until the measure ends; it stands among the exemptions and the gate can look it up.'],
      lifted: ['立即生效：{place} 的这项措施对所有人结束。', 'At once: this measure ends for everybody at {place}.'],
    },
    verdict: { upheld: ['维持措施', 'The measure stays'], eased: ['对这一户放宽', 'This household is let off'], lifted: ['解除措施', 'The measure is lifted'], over: ['措施已经结束', 'The measure had ended'] },
    reason: ['理由（给居民看）', 'Reason (the resident reads it)'], barred: ['这项措施是您定的，要由别人来决定；可以转给上级。', 'You ordered this measure, so somebody else decides; you may pass it on.'],
    wider: ['异议来自一栋楼或一个小区，不是一户：可以维持，也可以整项解除。', 'The objection comes from a house or an estate, not from one household: uphold, or lift the whole.'],
  },
} satisfies Words
