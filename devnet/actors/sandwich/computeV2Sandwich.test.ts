import fc from 'fast-check'
import { parseEther } from 'viem'
import { describe, expect, test } from 'vitest'
import { runs } from '../../../src/shared/testing/thoroughness.ts'
import { computeV2Output, computeV2Sandwich } from './computeV2Sandwich.ts'

const feePips = 3000n
const amounts = fc.bigInt({ min: 10n ** 12n, max: 10n ** 24n })

describe('computeV2Sandwich', () => {
  test('agrees with the closed form: 1000/1000 reserves, 20 in, 1 % tolerance', () => {
    const [reserveIn, reserveOut, amountIn] = [parseEther('1000'), parseEther('1000'), parseEther('20')]
    const minimumOut = (computeV2Output(amountIn, reserveIn, reserveOut, feePips) * 99n) / 100n
    const sandwich = computeV2Sandwich(
      { reserveIn, reserveOut, amountIn, minimumOut, feePips },
      parseEther('500'),
    )
    expect(Number(sandwich?.frontRunIn) / 1e18).toBeCloseTo(5.09527, 5)
    expect(Number(sandwich?.profit) / 1e18).toBeCloseTo(0.17237, 5)
    expect(Number(sandwich?.victimOut) / 1e18).toBeCloseTo(19.35467, 5)
  })

  test('leaves a swap alone that is smaller than what the fee takes from the attacker', () => {
    const [reserveIn, reserveOut, amountIn] = [parseEther('1000'), parseEther('1000'), parseEther('1')]
    const minimumOut = (computeV2Output(amountIn, reserveIn, reserveOut, feePips) * 99n) / 100n
    const victim = { reserveIn, reserveOut, amountIn, minimumOut, feePips }
    expect(computeV2Sandwich(victim, parseEther('500'))).toBeUndefined()
  })

  test('never takes the victim below its minimum, never spends more than the capital, never loses', () => {
    fc.assert(
      fc.property(
        amounts,
        amounts,
        amounts,
        fc.bigInt({ min: 0n, max: 2000n }),
        amounts,
        (reserveIn, reserveOut, amountIn, toleranceBps, capital) => {
          const quote = computeV2Output(amountIn, reserveIn, reserveOut, feePips)
          const minimumOut = (quote * (10_000n - toleranceBps)) / 10_000n
          const victim = { reserveIn, reserveOut, amountIn, minimumOut, feePips }
          const sandwich = computeV2Sandwich(victim, capital)
          if (sandwich === undefined) return
          expect(sandwich.victimOut).toBeGreaterThanOrEqual(minimumOut)
          expect(sandwich.frontRunIn).toBeLessThanOrEqual(capital)
          expect(sandwich.profit).toBeGreaterThan(0n)
        },
      ),
      { seed: 7 },
    )
  })

  test('finds no less than a search over the whole range', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n, max: 400n }),
        fc.bigInt({ min: 10n, max: 3000n }),
        (percentOfPool, toleranceBps) => {
          const reserve = parseEther('1000')
          const amountIn = (reserve * percentOfPool) / 1000n
          const quote = computeV2Output(amountIn, reserve, reserve, feePips)
          const minimumOut = (quote * (10_000n - toleranceBps)) / 10_000n
          const victim = { reserveIn: reserve, reserveOut: reserve, amountIn, minimumOut, feePips }
          const best = computeV2Sandwich(victim, reserve)?.profit ?? 0n
          for (let share = 1n; share <= 20n; share += 1n) {
            const limited = computeV2Sandwich(victim, (reserve * share) / 20n)?.profit ?? 0n
            expect(best + 10n).toBeGreaterThanOrEqual(limited)
          }
        },
      ),
      { seed: 7, numRuns: runs(10) },
    )
  })
})
