// A slow line to the server: whatever goes through it pays the round trips and
// the bandwidth of the profile "3G" (1.6 Mbps, 300 ms). The browser's own
// throttling forgets the hand-shakes and the service worker; a line does not.
import { connect, createServer } from 'node:net'

export const profile = { trip: 300, down: 1_600_000 / 8, up: 750_000 / 8 }

export class Line {
  /** to opens a line to a port of this machine; through() is its own port. */
  static async to(port) {
    const line = Object.assign(new Line(), { bytes: 0, free: { up: 0, down: 0 }, sockets: new Set() })
    line.server = createServer((near) => line.join(near, port))
    await new Promise((resolve) => line.server.listen(0, '127.0.0.1', resolve))
    line.port = line.server.address().port
    return line
  }

  join(near, port) {
    const far = connect(port, '127.0.0.1')
    for (const s of [near, far]) {
      this.sockets.add(s)
      s.setNoDelay(true)
      s.on('error', () => { near.destroy(); far.destroy() })
      s.on('close', () => this.sockets.delete(s))
    }
    // The three-way hand-shake of TCP takes one round trip before the first byte goes out.
    this.carry(near, far, 'up', Date.now() + profile.trip)
    this.carry(far, near, 'down', 0)
  }

  /** carry sends each piece half a round trip later, no faster than the line is wide. */
  carry(from, to, way, notBefore) {
    let last = Promise.resolve()
    const pass = (act, size = 0) => {
      const start = Math.max(Date.now(), notBefore, this.free[way])
      const end = start + size / profile[way] * 1000
      this.free[way] = end
      const at = end + profile.trip / 2
      last = last.then(() => new Promise((done) => setTimeout(() => { act(); done() }, Math.max(0, at - Date.now()))))
    }
    from.on('data', (piece) => {
      if (way === 'down') this.bytes += piece.length
      // Small pieces, so that one large answer does not hold up the others.
      for (let i = 0; i < piece.length; i += 4096) {
        const part = piece.subarray(i, i + 4096)
        pass(() => to.destroyed || to.write(part), part.length)
      }
    })
    from.on('end', () => pass(() => to.end()))
  }

  close() {
    for (const s of this.sockets) s.destroy()
    return new Promise((resolve) => this.server.close(resolve))
  }
}
