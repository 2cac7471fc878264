import type { Words } from '../pick'

/** Relatives whom a household lets act for it, at its door on the board. */
export const kinWords = {
  kinBox: {
    title: ['家人代办', 'Relatives who act'], note: ['外地的家人拿一个专用网址，替这一户求助、看进展。住户口头同意再办。每看一次，这一户都看得到。', 'A relative elsewhere gets an address of their own to ask for this home and follow it. Only on the word of the household, who sees each look.'],
    none: ['现在没有家人代办。', 'Nobody acts for this home now.'], until: ['到 {at}', 'until {at}'], byDoor: ['这一户在门口请的', 'let in by the household at its door'], byDesk: ['由{who}记下', 'written down by {who}'], confirms: ['能说“办好了”', 'may say it is done'], follows: ['也看得到这一户自己提的', 'also follows what the household asked'],
    over: ['停了或到期的 {n} 位', '{n} ended'],
    let: ['请一位家人…', 'Let a relative in…'], name: ['怎么称呼', 'Name'], relation: ['是这一户的', 'Is their'], choose: ['请选', 'Choose'],
    is: { daughter: ['女儿', 'daughter'], son: ['儿子', 'son'], spouse: ['爱人', 'husband or wife'], sibling: ['兄弟姐妹', 'brother or sister'], grandchild: ['孙辈', 'grandchild'], other: ['别的亲人', 'other relative'] },
    purpose: ['做什么', 'What for'], usual: ['替家里求助、看进展', 'Ask for them and follow it'], last: ['最后一天', 'Last day'], confirm: ['能替这一户说“办好了”', 'May say for them that it is done'], follow: ['今天起，这一户自己提的事也看得到办到哪一步', 'From today also sees how far what the household asks is'],
    make: ['给网址', 'Make the address'], cancel: ['取消', 'Cancel'],
    once: ['{name} 的网址', 'Address of {name}'], onceHint: ['请发给本人，别发给别人：谁打开它，谁就能替这一户求助。关掉后查不到，只能停掉重给。', 'Send it to them and to nobody else: whoever opens it can ask for this home. After closing it cannot be looked up; end it and make another.'],
    end: ['停掉', 'End'], endOf: ['停掉 {name} 的代办', 'End the leave of {name}'], sure: ['确定停掉 {name}？网址马上打不开；已经提的事照办。', 'End the leave of {name}? The address stops at once; what was asked goes on.'], yes: ['确定停掉', 'End it'], ended: ['已停掉 {name} 的代办，那个网址打不开了。', 'The leave of {name} has ended; the address no longer opens.'],
  },
} satisfies Words
