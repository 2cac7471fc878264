import { afterEach, describe, expect, it, vi } from 'vitest'

const at = async (pathname: string) => {
  vi.resetModules()
  vi.stubGlobal('location', { pathname })
  return { ...(await import('@/client/root')), ...(await import('@/client/http')) }
}
afterEach(() => vi.unstubAllGlobals())

describe('where a window is', () => {
  it('keeps a drill apart from the real world', async () => {
    const drill = await at('/drill/01abc/console/places')
    expect(drill.root).toBe('/drill/01abc')
    expect(drill.address('/me')).toBe('/drill/01abc/api/v1/me')
    expect(drill.inRoot('/print/x')).toBe('/drill/01abc/print/x')
    expect(drill.keyed('shouwang.me')).toBe('shouwang.me@01abc')
    const other = await at('/drill/02def')
    expect(other.keyed('shouwang.me')).not.toBe(drill.keyed('shouwang.me'))
  })
  it('changes nothing outside of one', async () => {
    for (const path of ['/console/drills', '/', '/m/drill/x', '/drill/']) {
      const real = await at(path)
      expect(real.root).toBe('')
      expect(real.address('/me')).toBe('/api/v1/me')
      expect(real.keyed('shouwang.me')).toBe('shouwang.me')
    }
  })
})
