// A QR code of a short address, drawn here: no server and no other site learns of
// it. Byte mode, correction level M, versions 1 to 6: up to 106 bytes.

/** whole codewords, correction codewords of a block, blocks; by version */
const sizes = [[26, 10, 1], [44, 16, 1], [70, 26, 1], [100, 18, 2], [134, 24, 2], [172, 16, 4]]

const exp: number[] = [], log: number[] = []
for (let i = 0, x = 1; i < 255; i++, x = x & 128 ? (x << 1) ^ 0x11d : x << 1) {
  exp[i] = x
  log[x] = i
}
const times = (a: number, b: number) => (a && b ? exp[(log[a] + log[b]) % 255] : 0)

/** correction is the remainder of Reed and Solomon's division, n codewords long. */
function correction(data: number[], n: number): number[] {
  let by = [1]
  for (let i = 0; i < n; i++) by = [...by, 0].map((c, k) => c ^ (k ? times(by[k - 1], exp[i]) : 0))
  const left = [...data, ...new Array<number>(n).fill(0)]
  for (let i = 0; i < data.length; i++) {
    const lead = left[i]
    for (let k = 0; k <= n; k++) left[i + k] ^= times(by[k], lead)
  }
  return left.slice(-n)
}

function codewords(bytes: Uint8Array, version: number): number[] {
  const [whole, ec, blocks] = sizes[version - 1]
  const room = whole - ec * blocks
  const bits = [4, bytes.length, ...bytes].flatMap((v, i) => Array.from({ length: i ? 8 : 4 }, (_, k) => (v >> ((i ? 7 : 3) - k)) & 1))
  bits.push(...new Array<number>(Math.min(4, room * 8 - bits.length)).fill(0))
  while (bits.length % 8) bits.push(0)
  const data = Array.from({ length: bits.length / 8 }, (_, i) => parseInt(bits.slice(i * 8, i * 8 + 8).join(''), 2))
  for (let i = 0; data.length < room; i++) data.push(i % 2 ? 0x11 : 0xec)
  const each = room / blocks
  const parts = Array.from({ length: blocks }, (_, b) => data.slice(b * each, (b + 1) * each))
  const checks = parts.map((p) => correction(p, ec))
  return [...Array.from({ length: each }, (_, i) => parts.map((p) => p[i])), ...Array.from({ length: ec }, (_, i) => checks.map((c) => c[i]))].flat()
}

const masks = [
  (y: number, x: number) => (y + x) % 2, (y: number) => y % 2, (_: number, x: number) => x % 3, (y: number, x: number) => (y + x) % 3,
  (y: number, x: number) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2, (y: number, x: number) => ((y * x) % 2) + ((y * x) % 3), (y: number, x: number) => (((y * x) % 2) + ((y * x) % 3)) % 2, (y: number, x: number) => (((y + x) % 2) + ((y * x) % 3)) % 2,
]

/** qr is the code as rows of dark (true) and light squares, without its quiet zone; null when the text is too long. */
export function qr(text: string, mask = 3): boolean[][] | null {
  const bytes = new TextEncoder().encode(text)
  const version = sizes.findIndex(([whole, ec, blocks]) => bytes.length + 2 <= whole - ec * blocks) + 1
  if (!version) return null
  const n = 17 + 4 * version
  const dark = Array.from({ length: n }, () => new Array<boolean>(n).fill(false))
  const fixed = Array.from({ length: n }, () => new Array<boolean>(n).fill(false))
  const set = (y: number, x: number, on: boolean) => {
    if (y < 0 || x < 0 || y >= n || x >= n) return
    dark[y][x] = on
    fixed[y][x] = true
  }
  const ring = (cy: number, cx: number, r: number, light: number[]) => {
    for (let y = -r; y <= r; y++) for (let x = -r; x <= r; x++) set(cy + y, cx + x, !light.includes(Math.max(Math.abs(y), Math.abs(x))))
  }
  for (let i = 0; i < n; i++) {
    set(6, i, i % 2 === 0)
    set(i, 6, i % 2 === 0)
  }
  for (const [y, x] of [[3, 3], [3, n - 4], [n - 4, 3]]) ring(y, x, 4, [2, 4])
  if (version > 1) ring(n - 7, n - 7, 2, [1])
  // Which level and mask this is, twice, with its own check bits.
  let check = mask << 10
  for (let i = 14; i >= 10; i--) if ((check >> i) & 1) check ^= 0x537 << (i - 10)
  const format = ((mask << 10) | check) ^ 0x5412
  for (let i = 0; i < 15; i++) {
    const on = ((format >> i) & 1) === 1
    set(i < 6 ? i : i < 8 ? i + 1 : n - 15 + i, 8, on)
    set(8, i < 8 ? n - 1 - i : i < 9 ? 7 : 14 - i, on)
  }
  set(n - 8, 8, true)
  const bits = codewords(bytes, version).flatMap((v) => Array.from({ length: 8 }, (_, k) => (v >> (7 - k)) & 1))
  let at = 0
  for (let right = n - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up) {
    for (let i = 0; i < n; i++) {
      for (const x of [right, right - 1]) {
        const y = up ? n - 1 - i : i
        if (!fixed[y][x]) dark[y][x] = (bits[at++] === 1) !== (masks[mask](y, x) === 0)
      }
    }
  }
  return dark
}

/** qrPath is the code as one SVG path, a square a unit. */
export const qrPath = (rows: boolean[][]) => rows.map((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('')
