import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseNonce } from './chooseNonce.ts'

test.each([
  ['nothing open', 5, 5, [], 5],
  ["the node's pool holds one that is not ours", 5, 6, [], 6],
  ['the node has forgotten ours', 5, 5, [5, 6], 7],
  ['the node knows ours', 5, 7, [5, 6], 7],
  ['a gap is filled first', 5, 5, [6], 5],
  ['the pool lags behind the chain', 5, 3, [], 5],
  ['an absurd pool is not believed', 5, 1_000_000, [], 69],
])('%s', (_name, latest, pending, own, expected) => {
  expect(chooseNonce(latest, pending, own)).toBe(expected)
})

test('is never used up and never taken by an own transaction', () => {
  const nonce = fc.nat({ max: 200 })
  fc.assert(
    fc.property(nonce, nonce, fc.array(nonce), (latest, pending, own) => {
      const chosen = chooseNonce(latest, pending, own)
      expect(chosen).toBeGreaterThanOrEqual(latest)
      expect(own).not.toContain(chosen)
    }),
  )
})
