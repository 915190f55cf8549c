import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { mainWindowContract } from '../../shared/contract/windows.ts'
import { tokenKey } from '../../shared/identity/identity.ts'
import { computeValue } from '../../shared/money/computeValue.ts'
import { baseUnits } from '../../shared/money/units.ts'
import { harnessPrice } from './createHarnessPrices.ts'
import { harnessHoldings } from './harnessTokens.ts'

interface HarnessPerformanceOptions {
  readonly nowMs: () => number
  readonly isEmpty: () => boolean
}

/** A past in which everything was a little cheaper and wavered; half of what is held was bought where it could be seen. */
export function createHarnessPerformance({
  nowMs,
  isEmpty,
}: HarnessPerformanceOptions): Handlers<typeof mainWindowContract>['performance'] {
  const worthOf = ({ token, held }: (typeof harnessHoldings)[number]) => {
    const price = harnessPrice(token.ref, nowMs())
    return price.state === 'known' ? computeValue(held, token.decimals, price.usd) : undefined
  }
  return {
    getBasis: () =>
      isEmpty()
        ? []
        : harnessHoldings.map((holding) => {
            const value = worthOf(holding)
            const isSeen = value !== undefined && tokenKey(holding.token.ref).length % 2 === 0
            return {
              token: holding.token.ref,
              units: baseUnits(holding.held),
              knownUnits: baseUnits(isSeen ? holding.held / 2n : 0n),
              cost: isSeen ? ((value / 2n) * 9n) / 10n : 0n,
              realised: isSeen ? value / 50n : 0n,
              unaccountedUnits: baseUnits(isSeen ? 0n : holding.held / 10n),
            }
          }),
    getValues({ sinceMs, points }) {
      const total = isEmpty() ? 0n : harnessHoldings.reduce((sum, each) => sum + (worthOf(each) ?? 0n), 0n)
      if (total === 0n) return { points: [], excluded: [] }
      const step = (nowMs() - sinceMs) / (points - 1)
      return {
        points: Array.from({ length: points }, (_, index) => {
          const wave = BigInt(Math.round(18 * Math.sin(index / 9) + (index * 60) / points))
          return { atMs: Math.round(sinceMs + step * index), value: (total * (940n + wave)) / 1_000n }
        }),
        excluded: harnessHoldings.filter((each) => worthOf(each) === undefined).map(({ token }) => token.ref),
        netInflow: total / 100n,
      }
    },
  }
}
