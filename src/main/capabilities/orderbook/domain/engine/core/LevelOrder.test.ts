import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runs } from '../../../../../../shared/testing/thoroughness.ts'
import { LevelOrder } from './LevelOrder.ts'

it('walks the levels that hold an order from the best to the worst, whatever was inserted, vacated and dropped', () => {
  // Few keys, so that many are equal, and enough steps for chunks to be split and cleaned up again.
  const steps = fc.array(fc.record({ kind: fc.nat(40), pick: fc.nat(), key: fc.nat(90) }), {
    minLength: 300,
    maxLength: 1_500,
  })
  fc.assert(
    fc.property(steps, (taken) => {
      const exact: number[] = []
      const keys: number[] = []
      const order = new LevelOrder((a, b) => (exact[a] as number) - (exact[b] as number))
      let known: number[] = []
      const occupied = new Set<number>()
      const walk = (from: number) => {
        const met: number[] = []
        for (let level = from; level !== -1; level = order.nextWorse(level)) met.push(level)
        return met
      }
      const isWorse = (a: number, b: number) =>
        (keys[a] as number) - (keys[b] as number) || (exact[a] as number) - (exact[b] as number)
      for (const { kind, pick, key } of taken) {
        const level = known[pick % known.length] as number
        if (kind === 0) {
          const dropped: number[] = []
          order.dropVacant((vacant) => dropped.push(vacant))
          expect(dropped).toEqual(known.filter((one) => !occupied.has(one)).sort(isWorse))
          known = known.filter((one) => occupied.has(one))
        } else if (kind < 20 || known.length === 0) {
          const added = keys.length
          keys.push(Math.floor(key / 3))
          exact.push(key * 10_000 + added)
          order.insert(keys[added] as number, added)
          known.push(added)
        } else if (occupied.delete(level)) {
          order.vacate(level)
        } else {
          occupied.add(level)
          order.occupy(level)
        }
      }
      const best = [...known].sort(isWorse).reverse()
      for (const from of best.slice(0, 5)) {
        const worse = best.slice(best.indexOf(from) + 1).filter((one) => occupied.has(one))
        expect(walk(order.nextWorse(from))).toEqual(worse)
      }
    }),
    { seed: 7, numRuns: runs(200) },
  )
})
