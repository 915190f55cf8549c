import { expect, test } from 'vitest'
import { describeExit } from './describeExit.ts'

test.each([
  [0, null, { exitCode: 0, reason: 'clean-exit' }],
  [7, null, { exitCode: 7, reason: 'abnormal-exit' }],
  [null, 'SIGTERM', { exitCode: 15, reason: 'killed' }],
  [null, 'SIGKILL', { exitCode: 9, reason: 'killed' }],
  [null, 'SIGSEGV', { exitCode: 11, reason: 'crashed' }],
  [null, 'SIGABRT', { exitCode: 6, reason: 'crashed' }],
] as const)('code %s, signal %s', (code, signal, outcome) => {
  expect(describeExit(code, signal)).toEqual(outcome)
})
