import { expect, it } from 'vitest'
import { named } from './named'

it('reads the sheet on a door and a typed number alike', () => {
  const token = 'AbCdEfGhIjKlMnOpQrStU_'
  expect(named(` https://town.example/r/${token}?lang=en\n`)).toBe(token)
  expect(named(`http://10.0.0.1:8080/base/r/${token}`)).toBe(token)
  expect(named(' 990203008001-B001a-1-101 ')).toBe('990203008001-B001a-1-101')
  expect(named(`https://town.example/r/${token}x`)).toBe(`https://town.example/r/${token}x`)
})
