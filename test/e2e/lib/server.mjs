// The product under test: the real binary with a demo world of one community in
// a folder of its own. Killing it is part of the tests, so it can be started
// again on the same port and data. It only ever ends the process it started.
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import assert from 'node:assert/strict'
import { find } from './canary.mjs'

export const binary = process.env.SHOUWANG_BIN ?? fileURLToPath(new URL('../../../bin/shouwang', import.meta.url))

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export class Server {
  /** create starts a server; more are further flags of serve. */
  static async create(...more) {
    return Server.at(await mkdtemp(join(tmpdir(), 'shouwang-e2e-')), more)
  }

  /**
   * timed starts the twin of the binary that is built for tests alone: its clock can be put
   * ahead. The product has no such way.
   */
  static async timed() {
    const dir = await mkdtemp(join(tmpdir(), 'shouwang-e2e-'))
    const twin = join(dir, 'twin')
    await promisify(execFile)('go', ['build', '-trimpath', '-buildvcs=false', '-tags', 'planted', '-o', twin, './cmd/shouwang'],
      { cwd: fileURLToPath(new URL('../../../', import.meta.url)), env: { ...process.env, CGO_ENABLED: '0' } })
    const clock = join(dir, 'clock')
    await writeFile(clock, '0')
    const server = await Server.at(dir, [], { binary: twin, env: { SHOUWANG_PLANTED_CLOCK: clock } })
    server.clock = clock
    server.gone = 0
    return server
  }

  /** now is the time in the server's world. */
  now() { return new Date(Date.now() + (this.gone ?? 0) * 1000) }

  /** pass puts the clock of a timed server ahead by some seconds. */
  async pass(seconds) {
    this.gone += Math.ceil(seconds)
    await writeFile(this.clock, String(this.gone))
  }

  /** until puts it ahead to the next time that a clock on the wall there shows, HH:MM. */
  async until(wall) {
    const [h, m] = wall.split(':').map(Number)
    const day = 86_400_000
    const there = this.now().getTime() + 8 * 3600e3 // one zone for every place
    const wanted = Math.floor(there / day) * day + h * 3600e3 + m * 60e3
    await this.pass(((wanted - there + day) % day) / 1000 + 1)
  }

  static async at(dir, more, twin = {}) {
    const server = Object.assign(new Server(), twin)
    server.more = more
    server.dir = dir
    server.port = await freePort()
    server.url = `${more.includes('--https') ? 'https' : 'http'}://127.0.0.1:${server.port}`
    server.said = ''
    await server.start()
    return server
  }

  async start() {
    this.ended = null
    const child = spawn(
      this.binary ?? binary,
      ['serve', '--demo', '--demo-size', 'community', '--data', join(this.dir, 'data'), '--addr', `127.0.0.1:${this.port}`, ...this.more],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...this.env } },
    )
    this.process = child
    this.said += `— started, pid ${child.pid}\n`
    this.leaked ??= []
    const hear = (chunk) => {
      this.leaked.push(...find(chunk))
      this.said = (this.said + chunk).slice(-12_000)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (error) => { this.ended = error.message })
    child.on('exit', (code, signal) => {
      hear(`— ended: ${code ?? signal}\n`)
      if (this.process === child) this.ended = `exit ${code ?? signal}`
    })
    await this.ready()
  }

  // Waits until the world is there; says what the server said when it is not.
  async ready(limit = 120_000) {
    for (const start = Date.now(); Date.now() - start < limit; await pause(50)) {
      if (this.ended) break
      try {
        const answer = await fetch(this.url + '/readyz', { signal: AbortSignal.timeout(2000) })
        if (answer.ok) return
      } catch { /* not listening yet */ }
    }
    throw new Error(`the server did not get ready (${this.ended ?? 'no answer'})\n${this.said}`)
  }

  // SIGKILL: no goodbye, no flush, as when the power goes.
  async kill(signal = 'SIGKILL') {
    if (!this.process || this.ended) return
    const gone = new Promise((resolve) => this.process.once('exit', resolve))
    this.process.kill(signal)
    await gone
  }

  async stop() {
    await this.kill('SIGTERM')
    await rm(this.dir, { recursive: true, force: true })
    assert.deepEqual(this.leaked, [], 'people in what the server said')
  }
}
