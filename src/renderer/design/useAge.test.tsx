// @vitest-environment happy-dom
import { renderHook } from '@testing-library/react'
import { createElement, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { afterEach, expect, test, vi } from 'vitest'
import { useAge } from './useAge.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('what is newer than the last tick of the clock was now, not in four seconds', () => {
  vi.useFakeTimers({ now: 100_000 })
  const wrapper = ({ children }: { children: ReactNode }) =>
    createElement(IntlProvider, { locale: 'en', messages: {}, timeZone: 'UTC', children })
  const { result } = renderHook(() => useAge(), { wrapper })
  expect(result.current(104_000)).toBe('now')
  expect(result.current(96_000)).toBe('4 seconds ago')
})
