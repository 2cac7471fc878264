import { expect, test } from 'vitest'
import { spell, whole } from './spell'

test.each([
  ['长塘里6、7、8号楼', ['长塘里6号楼', '长塘里7号楼', '长塘里8号楼']],
  ['长塘里6-8幢', ['长塘里6幢', '长塘里7号楼', '长塘里8栋']],
  ['长塘里 １２ 号', ['长塘里12号楼']],
  ['金桂公寓', ['金桂公寓']],
])('%s is read', (line, names) => {
  for (const name of names) expect(spell(line)).toContain(name)
})

test('a mistyped range does not run away', () => {
  expect(spell('里1-99999号楼').length).toBeLessThan(700)
})

test('a part knows the building it belongs to', () => {
  expect(whole('长塘里3号楼（1单元）')).toBe('长塘里3号楼')
  expect(whole('金桂公寓（北区）')).toBe('金桂公寓（北区）')
})
