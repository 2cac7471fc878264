import { Problem } from './problem'
import { deviceId, newId } from './device'
import { root } from './root'

export interface CallOptions {
  query?: Record<string, string | number | boolean | undefined | null>
  body?: unknown
  file?: File
  signal?: AbortSignal
}

const base = root + '/api/v1'
let language = 'zh-CN'
let onUnauthenticated: () => void = () => undefined

/** speak sets the language that problem sentences come back in. */
export function speak(tag: string) {
  language = tag
}

/** whenSignedOut sets what happens when the server no longer knows the session. */
export function whenSignedOut(act: () => void) {
  onUnauthenticated = act
}

/** address puts a path and its query together; empty values are left out. */
export function address(path: string, query: CallOptions['query'] = {}): string {
  const q = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') q.set(key, String(value))
  const tail = q.toString()
  return base + path + (tail ? '?' + tail : '')
}

/** call is the one way to the server. Writes carry an operation id, so that a repeat does no harm. */
export async function call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options: CallOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language }
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: options.signal }
  if (method !== 'GET') {
    headers['Operation-Id'] = newId()
    headers['Device-Id'] = deviceId()
  }
  if (options.file) {
    headers['File-Name'] = encodeURIComponent(options.file.name)
    headers['Content-Type'] = options.file.type || 'application/octet-stream'
    init.body = options.file
  } else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(options.body)
  }
  let response: Response
  try {
    response = await fetch(address(path, options.query), init)
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') throw e
    throw new Problem('NET-0000', '', '', 0)
  }
  if (response.status === 204) return undefined as T
  const isJson = (response.headers.get('Content-Type') ?? '').includes('json')
  const body = isJson ? await response.json().catch(() => null) : null
  if (response.ok && body !== null) return body as T
  if (response.ok && !isJson && method === 'DELETE') return undefined as T
  if (response.status === 401) onUnauthenticated()
  // An answer that is no JSON comes from something between us and the server.
  if (!isJson && (response.ok || response.status >= 502)) throw new Problem('NET-0001', '', '', 0)
  throw Problem.from(body, response.status)
}

export const get = <T>(path: string, query?: CallOptions['query'], signal?: AbortSignal) => call<T>('GET', path, { query, signal })
export const post = <T>(path: string, body?: unknown, query?: CallOptions['query']) => call<T>('POST', path, { body: body ?? {}, query })
export const put = <T>(path: string, body: unknown) => call<T>('PUT', path, { body })
