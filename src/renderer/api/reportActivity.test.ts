// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { reportActivity } from './reportActivity.ts'

it('tells of use at once, then at most every fifteen seconds, and nothing of idleness', () => {
  let nowMs = 0
  let told = 0
  const api = {
    app: {
      async noteActivity() {
        told += 1
      },
    },
  }
  const stop = reportActivity(window, api, () => nowMs)
  expect(told).toBe(0)
  window.dispatchEvent(new Event('keydown'))
  expect(told).toBe(1)
  nowMs = 14_999
  window.dispatchEvent(new Event('pointermove'))
  expect(told).toBe(1)
  nowMs = 15_000
  window.dispatchEvent(new Event('wheel'))
  expect(told).toBe(2)
  stop()
  nowMs = 60_000
  window.dispatchEvent(new Event('keydown'))
  expect(told).toBe(2)
})
