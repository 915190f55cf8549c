// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useArmed } from './useArmed.ts'

describe('useArmed', () => {
  let hasFocus = true
  beforeEach(() => {
    hasFocus = true
    vi.useFakeTimers()
    vi.spyOn(document, 'hasFocus').mockImplementation(() => hasFocus)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
  const advance = (ms: number) => act(() => vi.advanceTimersByTime(ms))
  const fire = (name: 'focus' | 'blur', focus: boolean) =>
    act(() => {
      hasFocus = focus
      window.dispatchEvent(new Event(name))
    })

  it('arms only after the whole delay', () => {
    const { result } = renderHook(() => useArmed('a', 600))
    expect(result.current).toBe('arming')
    advance(599)
    expect(result.current).toBe('arming')
    advance(1)
    expect(result.current).toBe('armed')
  })

  it('does not arm without the focus, and starts anew when it comes', () => {
    hasFocus = false
    const { result } = renderHook(() => useArmed('a', 600))
    advance(10_000)
    expect(result.current).toBe('unfocused')
    fire('focus', true)
    advance(599)
    expect(result.current).toBe('arming')
    advance(1)
    expect(result.current).toBe('armed')
  })

  it('disarms when the focus goes', () => {
    const { result } = renderHook(() => useArmed('a', 600))
    advance(600)
    fire('blur', false)
    expect(result.current).toBe('unfocused')
    fire('focus', true)
    expect(result.current).toBe('arming')
  })

  it('starts anew for another request, without a moment in which that one is armed', () => {
    const seen: string[] = []
    const { rerender } = renderHook(
      ({ key }: { readonly key: string }) => {
        const state = useArmed(key, 600)
        seen.push(`${key} ${state}`)
        return state
      },
      { initialProps: { key: 'a' } },
    )
    advance(600)
    expect(seen.at(-1)).toBe('a armed')
    rerender({ key: 'b' })
    expect(seen.filter((entry) => entry.startsWith('b'))).not.toContain('b armed')
    advance(599)
    expect(seen.at(-1)).toBe('b arming')
    advance(1)
    expect(seen.at(-1)).toBe('b armed')
  })
})
