// The product under test: the real binary with a demo world of one community in
// a folder of its own. Killing it is part of the tests, so it can be started
// again on the same port and data. It only ever ends the process it started.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
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
    const server = new Server()
    server.more = more
    server.dir = await mkdtemp(join(tmpdir(), 'shouwang-e2e-'))
    server.port = await freePort()
    server.url = `${more.includes('--https') ? 'https' : 'http'}://127.0.0.1:${server.port}`
    server.said = ''
    await server.start()
    return server
  }

  async start() {
    this.ended = null
    const child = spawn(
      binary,
      ['serve', '--demo', '--demo-size', 'community', '--data', join(this.dir, 'data'), '--addr', `127.0.0.1:${this.port}`, ...this.more],
      { stdio: ['ignore', 'pipe', 'pipe'] },
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
