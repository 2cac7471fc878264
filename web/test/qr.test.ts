import { expect, test } from 'vitest'
import { qr } from '@/ui/qr'

// Drawn by another maker of codes (go-qrcode, level M); a row is written in hexadecimal.
const drawn: [text: string, rows: string][] = [
  ['https://a.test', '1fc27f 105441 174f5d 174b5d 17595d 104241 1fd57f e00 154712 8d71 2cb97 8d12 ac528 15b3 1fcbd7 1040b3 17530a 17435a 175715 104e12 1fd39b'],
  ['https://shouwang.test/m', '1fd387f 105c841 175a85d 1748b5d 175245d 1044441 1fd557f 4b00 13fe797 101423e 164dea9 9356cf d65141 153cb12 1dcbe9f 109a5ad 17c8ff6 17916 1fde151 1055b12 17517f3 1758ec3 174d01f 104c677 1fd1d49'],
  ['https://shouwang.example.test/console/m', '1fd01f7f 105e0d41 174ec25d 175e895d 1747fa5d 10444741 1fd5557f 1a3c00 16e8784b 9179f71 1a641486 e86f2a1 dd2382c 114fe47 14d75677 3ac9422 86e26ba 1b4a12e 15d93154 1193c74 dcdbffc 15d11f 1fd8935a 105a351a 174c69f4 17537cb9 17578525 1045152a 1fd2a1ea'],
  ['https://shouwang.example.test/console/incidents/some', '1fc88b27f 104ae9441 1756bda5d 17537255d 1750a4e5d 105ff5841 1fd55557f 1165c00 17c1f847c 83c17a6f 8db35c56 3a4089d 86c245bb ba07b647 650415da fa1d58dc 10d39a4b1 2089faed fddb80f6 ea27ce7f 1dc9323bb 103ba7a69 125a7140a 13b663dcc 154c2f3f2 1bd7115 1fc065756 105bb1f1f 1755a45f8 175efb59b 175689464 104f1681c 1fd6d87e2'],
  ['https://shouwang.example.test/console/incidents/some/more/of/it/still', '1fcf6e4c7f 1056fecd41 175a83955d 1756eabf5d 174837795d 1047b44c41 1fd555557f 13c30700 1054075cce 996496f3a 1a5009df6f 1d3c7001b9 1e73933341 14b0bfa328 1afb39dffb 13a63e45ef 1378b2aa57 170bcd232a 18e929ab8d 11a6c77679 41ea5ed4 138b26aa14 eee655fbb 1d333297b9 195e5ea261 1431d02b20 17e68103b7 1221e12697 105f0c6dff 16ff6b10 1fc362ed51 1048cf4713 174492bff4 174edc33c9 174ffad087 104c830599 1fda317161'],
]

test.each(drawn)('%s is drawn as another maker draws it', (text, rows) => {
  // The mask is free; which one the other took stands in the code itself.
  const same = [0, 1, 2, 3, 4, 5, 6, 7].filter((mask) => qr(text, mask)!.map((r) => BigInt('0b' + r.map(Number).join('')).toString(16)).join(' ') === rows)
  expect(same).toHaveLength(1)
})

test('what does not fit is not drawn', () => {
  expect(qr('x'.repeat(106))).not.toBeNull()
  expect(qr('x'.repeat(107))).toBeNull()
})
