import type { Words } from '../pick'

/** Keys by which systems outside of ours tell needs (Open311). */
export const outsideWords = {
  outside: {
    title: ['外部系统', 'Outside systems'], note: ['市热线、物业等系统按 Open311 提需求、查进展；一家一把密钥，限地点、事项和到期日', 'A city hotline or property system tells and follows needs by Open311: one key each, for places, items and until a day'],
    issue: ['签发密钥', 'Issue a key'], none: ['还没有给哪家系统签发过密钥。', 'No key was issued to any system yet.'], pick: ['左边选一把密钥，这里看它用过什么、到期或吊销。', 'Choose a key on the left: what it did, its end, and revoking it.'],
    name: ['系统', 'System'], nameHint: ['是哪家的什么系统', 'Whose system it is'], places: ['地点', 'Places'], place: ['加一个地点', 'Add a place'], placeHint: ['输入地点名称或编码，选一个；以下各处都算在内', 'Name or code of a place; all below counts'], whole: ['整个{name}', 'All of {name}'], drop: ['去掉 {name}', 'Take {name} off'],
    items: ['事项', 'Items'], itemsHint: ['居民自己能提的；保密的从不在内', 'What residents may ask for themselves; never what is told in confidence'], all: ['全选', 'All'], nItems: ['{n} 样', '{n}'], until: ['到期日', 'Last day'], untilHint: ['到这一天结束时失效，最长一年', 'It ends with this day, a year at most'],
    state: { open: ['有效', 'In force'], ended: ['已到期', 'Ended'], revoked: ['已吊销', 'Revoked'] }, last: ['最近使用', 'Last use'], never: ['近 30 天没用过', 'not in 30 days'], uses: ['近 30 天', '30 days'], used: ['{n} 次', '{n} calls'], refused: ['拒 {n}', '{n} refused'], opened: ['开 {n} 件', '{n} opened'],
    issued: ['签发', 'Issued'], by: ['{at}，{name}', '{at} by {name}'], base: ['对方调用的地址', 'Address they call'], revokedAt: ['{at} 吊销：{why}', 'Revoked {at}: {why}'],
    each: ['每次使用', 'Each use'], eachNote: ['近 30 天，最近的 200 次', '30 days, the latest 200'], noUse: ['近 30 天没有用过。', 'Not used in 30 days.'], at: ['时间', 'When'], did: ['做了什么', 'What'], came: ['结果', 'Outcome'], fine: ['成', 'Done'], made: ['开了 {n}', 'opened {n}'],
    what: { services: ['查事项', 'Listed services'], post: ['提需求', 'Told a need'], read: ['查一件', 'Read one'], list: ['查清单', 'Listed requests'], token: ['按自己的编号查', 'Asked by reference'] },
    revoke: ['吊销', 'Revoke'], revokeHint: ['当即失效，不能恢复；要用另发一把。已提的需求照办。', 'It stops at once and for ever; issue another if need be. Needs already told go on.'], why: ['为什么吊销', 'Why'],
    once: ['{name} 的密钥', 'Key of {name}'],
  },
} satisfies Words
