import fc from 'fast-check'
import type { Address } from 'viem'
import { describe, expect, test } from 'vitest'
import { arrangeBlock } from './arrangeBlock.ts'
import { computeEffectiveTip, type PoolTransaction } from './decodeTransaction.ts'
import { inventTransaction } from './inventTransaction.ts'

const baseFeePerGas = 50n

const transactions = fc.array(
  fc
    .record({
      sender: fc.integer({ min: 0, max: 4 }),
      nonce: fc.integer({ min: 0, max: 4 }),
      gas: fc.bigInt({ min: 21_000n, max: 60_000n }),
      maxFeePerGas: fc.bigInt({ min: 30n, max: 200n }),
      maxPriorityFeePerGas: fc.bigInt({ min: 0n, max: 30n }),
    })
    .map(({ sender, nonce, ...terms }) => inventTransaction(sender, nonce, terms)),
  { maxLength: 40 },
)

const nonces: ReadonlyMap<Address, number> = new Map(
  [0, 1, 2, 3, 4].map((sender) => [inventTransaction(sender, 0).from, 0]),
)

function arrange(
  privateTransactions: PoolTransaction[],
  publicTransactions: PoolTransaction[],
  gasLimit: bigint,
) {
  const excluded = new Set<never>()
  const offers = {
    bundles: [],
    privateTransactions,
    publicTransactions,
    nonces,
    baseFeePerGas,
    gasLimit,
    excluded,
  }
  return arrangeBlock(offers).map(({ transaction }) => transaction)
}

describe('arrangeBlock', () => {
  test("keeps every sender's nonces without gap or repetition, every fee cap and the gas limit", () => {
    fc.assert(
      fc.property(
        transactions,
        transactions,
        fc.bigInt({ min: 0n, max: 600_000n }),
        (hidden, open, gasLimit) => {
          const placed = arrange(hidden, open, gasLimit)
          const next = new Map(nonces)
          for (const { from, nonce, maxFeePerGas } of placed) {
            expect(nonce).toBe(next.get(from))
            expect(maxFeePerGas).toBeGreaterThanOrEqual(baseFeePerGas)
            next.set(from, nonce + 1)
          }
          expect(placed.reduce((sum, { gas }) => sum + gas, 0n)).toBeLessThanOrEqual(gasLimit)
        },
      ),
      { seed: 7 },
    )
  })

  test('prefers the higher effective tip unless a nonce stands in the way', () => {
    fc.assert(
      fc.property(transactions, (open) => {
        const placed = arrange([], open, 10n ** 9n)
        for (const [index, earlier] of placed.entries()) {
          const later = placed[index + 1]
          if (later === undefined || later.from === earlier.from) continue
          expect(computeEffectiveTip(earlier, baseFeePerGas)).toBeGreaterThanOrEqual(
            computeEffectiveTip(later, baseFeePerGas),
          )
        }
      }),
      { seed: 7 },
    )
  })
})
