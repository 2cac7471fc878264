// Packs a PNG of Chromium's smaller: alpha that says nothing is dropped and the
// rows are filtered and deflated as well as zlib can.
import { deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

/**
 * pack returns the same picture in fewer bytes; eight bits a channel, not
 * interlaced. Where that is still more than limit, each channel keeps its upper
 * six bits, a difference that nobody sees.
 */
export function pack(png, limit) {
  const whole = parse(png)
  const packed = squeeze(whole, png)
  if (packed.length <= limit) return packed
  for (let i = 0; i < whole.data.length; i++) whole.data[i] = Math.min(255, (whole.data[i] + 2) & ~3 | (whole.data[i] > 251 ? 255 : 0))
  return squeeze(whole, packed)
}

function squeeze({ width, height, channels, data }, former) {
  const { pixels, bytes } = opaque(data, width * height, channels)
  const tries = [0, 1, 2, 'least'].map((how) => deflateSync(filtered(pixels, width * bytes, height, bytes, how), { level: 9, memLevel: 9 }))
  const best = tries.reduce((a, b) => (b.length < a.length ? b : a))
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, bytes === 3 ? 2 : 6, 0, 0, 0], 8)
  const packed = Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', best), chunk('IEND', Buffer.alloc(0))])
  return packed.length < former.length ? packed : former
}

function parse(png) {
  const parts = []
  let width = 0, height = 0, channels = 0
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    const name = png.toString('latin1', at + 4, at + 8)
    const body = png.subarray(at + 8, at + 8 + length)
    if (name === 'IHDR') {
      width = body.readUInt32BE(0)
      height = body.readUInt32BE(4)
      channels = { 2: 3, 6: 4 }[body[9]] ?? 0
      if (body[8] !== 8 || !channels || body[12]) throw new Error('a PNG of eight bits, RGB or RGBA, not interlaced, was expected')
    } else if (name === 'IDAT') parts.push(body)
    at += length + 12
  }
  return { width, height, channels, data: unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels) }
}

/** opaque drops an alpha channel that is full everywhere. */
function opaque(data, count, channels) {
  if (channels === 3) return { pixels: data, bytes: 3 }
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return { pixels: data, bytes: 4 }
  const pixels = Buffer.alloc(count * 3)
  for (let i = 0; i < count; i++) data.copy(pixels, i * 3, i * 4, i * 4 + 3)
  return { pixels, bytes: 3 }
}

/** guess is the value that a filter expects at a place: left, above, their mean, or Paeth's choice. */
function guess(kind, left, up, corner) {
  if (kind < 3) return [0, left, up][kind]
  if (kind === 3) return (left + up) >> 1
  const p = left + up - corner
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

function unfiltered(raw, stride, height, bytes) {
  const out = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const kind = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= bytes ? out[at - bytes] : 0
      const up = y ? out[at - stride] : 0
      out[at] = raw[y * (stride + 1) + 1 + x] + guess(kind, left, up, x >= bytes && y ? out[at - stride - bytes] : 0)
    }
  }
  return out
}

/** filtered applies one filter to all rows, or to each row the one with the least sum. */
function filtered(data, stride, height, bytes, how) {
  const out = Buffer.alloc((stride + 1) * height)
  const row = Buffer.alloc(stride)
  for (let y = 0; y < height; y++) {
    let least = Infinity
    for (const kind of how === 'least' ? [0, 1, 2, 3, 4] : [how]) {
      let sum = 0
      for (let x = 0; x < stride; x++) {
        const at = y * stride + x
        const left = x >= bytes ? data[at - bytes] : 0
        const up = y ? data[at - stride] : 0
        const d = (data[at] - guess(kind, left, up, x >= bytes && y ? data[at - stride - bytes] : 0)) & 255
        row[x] = d
        sum += d < 128 ? d : 256 - d
      }
      if (sum >= least) continue
      least = sum
      out[y * (stride + 1)] = kind
      row.copy(out, y * (stride + 1) + 1)
    }
  }
  return out
}

const table = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n >>> 0
})

function chunk(name, body) {
  const out = Buffer.alloc(body.length + 12)
  out.writeUInt32BE(body.length, 0)
  out.write(name, 4, 'latin1')
  body.copy(out, 8)
  let crc = 0xffffffff
  for (let i = 4; i < body.length + 8; i++) crc = table[(crc ^ out[i]) & 255] ^ (crc >>> 8)
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 8)
  return out
}
