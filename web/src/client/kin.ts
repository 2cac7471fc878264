import { tongue } from '@/i18n'

// How a person stands to the head of the household, as registers commonly write it.
// What is not in the list is shown as it was written.
const words: Record<string, string> = {
  户主: 'head', 本人: 'head', 配偶: 'spouse', 夫: 'husband', 妻: 'wife', 丈夫: 'husband', 妻子: 'wife', 子: 'son', 女: 'daughter', 儿子: 'son', 女儿: 'daughter', 子女: 'child',
  长子: 'eldest son', 次子: 'second son', 长女: 'eldest daughter', 次女: 'second daughter', 独生子: 'only son', 独生女: 'only daughter', 儿媳: 'daughter-in-law', 女婿: 'son-in-law',
  父母: 'parent', 父亲: 'father', 母亲: 'mother', 父: 'father', 母: 'mother', 岳父: 'father-in-law', 岳母: 'mother-in-law', 公公: 'father-in-law', 婆婆: 'mother-in-law',
  孙子女: 'grandchild', 孙子: 'grandson', 孙女: 'granddaughter', 外孙: 'grandson', 外孙女: 'granddaughter', 祖父母: 'grandparent', 祖父: 'grandfather', 祖母: 'grandmother',
  兄弟姐妹: 'sibling', 兄弟: 'brother', 姐妹: 'sister', 合租: 'flatmate', 租户: 'tenant', 保姆: 'live-in help', 亲属: 'relative', 其他: 'other', 非亲属: 'not related',
}

/** kin says a relation to the head of the household in the language of the screen. */
export const kin = (relation: string): string => (tongue() === 'en' ? words[relation.trim()] ?? relation : relation)
