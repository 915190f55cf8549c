import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBlock } from '../../../../../../bench/mev/createBlock.ts'
import { createRandom } from '../../../../../../bench/router/random.ts'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { findSandwiches } from './findSandwiches.ts'
import { measureLoss } from './measureLoss.ts'

const blocks = fc.integer({ min: 1, max: 2 ** 31 }).map((seed) => createBlock(createRandom(seed)))

describe('findSandwiches', () => {
  test('finds the attacks and leaves the look-alikes: precision and recall over labelled blocks', () => {
    const tally = { hits: 0, misses: 0, disguised: 0, falseAlarms: 0, innocent: 0 }
    fc.assert(
      fc.property(blocks, ({ swaps, victims, bystanders, routers }) => {
        for (const victim of victims) {
          if (findSandwiches(victim.hash, swaps, routers).length > 0) tally.hits += 1
          else if (victim.style === 'disguised') tally.disguised += 1
          else tally.misses += 1
        }
        for (const hash of bystanders) {
          if (findSandwiches(hash, swaps, routers).length > 0) tally.falseAlarms += 1
          else tally.innocent += 1
        }
      }),
      { seed: 1, numRuns: runs(400) },
    )
    expect(tally.hits + tally.misses).toBeGreaterThan(400)
    expect(tally.innocent).toBeGreaterThan(2_000)
    // Whatever the heuristics can know they find; an attacker whom nothing on chain joins to himself stays hidden.
    expect(tally.misses).toBe(0)
    expect(tally.disguised).toBeGreaterThan(0)
    expect(tally.hits / (tally.hits + tally.disguised)).toBeGreaterThan(0.8)
    expect(tally.hits / (tally.hits + tally.falseAlarms)).toBeGreaterThan(0.95)
  })

  test('measures what the victim lost, to the unit, by replay without the front-run', () => {
    fc.assert(
      fc.property(blocks, ({ swaps, victims, routers, poolsBefore }) => {
        for (const victim of victims) {
          const [found] = findSandwiches(victim.hash, swaps, routers)
          const before = poolsBefore.get(found?.poolId ?? '')
          if (found === undefined || before === undefined) continue
          const measured = measureLoss(found, before, swaps)
          expect(measured?.fairOut).toBe(victim.fairOut)
          expect(measured?.loss).toBe(victim.fairOut - found.victimSwap.amountOut)
        }
      }),
      { seed: 2, numRuns: runs(100) },
    )
  })

  test('will not guess a loss where the pool was touched by something else', () => {
    const random = createRandom(3)
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const { swaps, victims, routers, poolsBefore } = createBlock(random)
      const [victim] = victims
      const [found] = victim === undefined ? [] : findSandwiches(victim.hash, swaps, routers)
      const before = poolsBefore.get(found?.poolId ?? '')
      if (found === undefined || before === undefined) continue
      const other = before.afterSwap(0, 1, 10n ** 15n)
      expect(measureLoss(found, other, swaps)).toBeUndefined()
      return
    }
    expect.unreachable('no block held an attack')
  })
})
