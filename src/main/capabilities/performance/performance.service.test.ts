import { expect, test } from 'vitest'
import type { Activity } from '../../../shared/contract/activity.ts'
import type { PriceSample } from '../../../shared/contract/prices.ts'
import { chainIdSchema, tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits, usdE18 } from '../../../shared/money/units.ts'
import { createPerformanceService, type PerformanceDeps } from './performance.service.ts'

const chainId = chainIdSchema.parse(1)
const hourMs = 3_600_000
const nowMs = 100 * hourMs
const usd = (amount: bigint) => usdE18(amount * 10n ** 18n)
const tokenOf = (symbol: string, address: Token['ref']['address']) =>
  ({ ref: { chainId, address }, symbol, decimals: 0, source: 'list' }) as Token
const eth = tokenOf('ETH', 'native')
const usdc = tokenOf('USDC', `0x${'2'.repeat(40)}`)
const accounts = ['mine', 'other'].map((id, index) => ({ id, address: `0x${String(index).repeat(40)}` }))

interface World {
  balances: { accountId: string; token: Token; units: bigint }[]
  activities?: Partial<Activity>[]
  /** By token. */
  samples?: Record<string, PriceSample[]>
  rates?: PriceSample[]
  seenSince?: PerformanceDeps['activity']['seenSince']
}

/** The sample nearest to a time, within an hour, as the price history answers. */
const near = (samples: readonly PriceSample[] = [], atMs: number) =>
  samples
    .filter((sample) => Math.abs(sample.atMs - atMs) <= hourMs)
    .sort((a, b) => Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs))[0]

function open({ balances, activities = [], samples = {}, rates = [], seenSince = () => 0 }: World) {
  return createPerformanceService({
    chains: { getDefinition: () => ({ nativeToken: eth }) as never },
    accounts: { listAccounts: async () => accounts as never },
    portfolio: {
      get: async () => ({
        failures: [],
        chains: [
          {
            chainId,
            blockNumber: 1n,
            blockTimestampMs: nowMs,
            balances: balances.map((balance) => ({ ...balance, units: baseUnits(balance.units) })) as never,
          },
        ],
      }),
    },
    activity: {
      readAll: (ids) =>
        activities
          .map((each, index) => ({
            status: 'confirmed' as const,
            chainId,
            accountId: 'mine',
            transactionHash: `0x${index}`,
            createdAtMs: 0,
            ...each,
          }))
          .filter(({ accountId }) => ids.some((id) => id === accountId)) as Activity[],
      seenSince,
    },
    prices: {
      find: (ref) => {
        const last = samples[tokenKey(ref)]?.at(-1)
        return last
          ? { state: 'known', token: ref, usd: last.usd, confidence: 'high', asOfMs: nowMs, sources: [] }
          : undefined
      },
      findPast: (ref, atMs) => near(samples[tokenKey(ref)], atMs),
      findPastRate: (_, atMs) => near(rates, atMs),
      findRate: () => undefined,
      readHistory: ({ tokens }) => ({
        tokens: tokens.map((token) => ({ token, samples: samples[tokenKey(token)] ?? [] })),
        rates,
      }),
    },
    nowMs: () => nowMs,
  })
}
const hourly = (amount: (hour: number) => bigint): PriceSample[] =>
  Array.from({ length: 101 }, (_, hour) => ({ atMs: hour * hourMs, usd: usd(amount(hour)) }))
const key = (token: Token) => tokenKey(token.ref)
const basisOf = async (service: ReturnType<typeof open>, token: Token, currency: 'USD' | 'EUR' = 'USD') =>
  (await service.getBasis({ currency, method: 'fifo' })).find(
    (basis) => tokenKey(basis.token as Token['ref']) === tokenKey(token.ref),
  )

test('what was bought cost what was given for it, and its gain is told when it is sold', async () => {
  const service = open({
    balances: [{ accountId: 'mine', token: eth, units: 1n }],
    samples: { [key(usdc)]: hourly(() => 1n), [key(eth)]: hourly((hour) => BigInt(1_000 + hour)) },
    activities: [
      {
        kind: 'swap',
        effects: [
          { token: usdc, delta: -2_000n },
          { token: eth, delta: 2n },
        ],
        createdAtMs: 10 * hourMs,
      },
      { kind: 'send', token: eth, units: baseUnits(1n), createdAtMs: 50 * hourMs },
    ],
  })
  expect(await basisOf(service, eth)).toMatchObject({
    units: 1n,
    knownUnits: 1n,
    cost: usd(1_000n),
    realised: usd(50n),
  })
})

test('what nobody saw coming has no known cost, rather than none', async () => {
  const service = open({ balances: [{ accountId: 'mine', token: eth, units: 7n }] })
  expect(await basisOf(service, eth)).toMatchObject({ units: 7n, knownUnits: 0n, cost: 0n })
})

test('without the currency’s rate of that time, a cost is unknown', async () => {
  const world: World = {
    balances: [{ accountId: 'mine', token: eth, units: 1n }],
    samples: { [key(eth)]: hourly(() => 1_000n) },
    activities: [{ kind: 'receive', token: eth, units: baseUnits(1n), createdAtMs: 10 * hourMs }],
  }
  expect(await basisOf(open(world), eth, 'EUR')).toMatchObject({ knownUnits: 0n })
  const rates = [{ atMs: 10 * hourMs, usd: usd(2n) }]
  expect(await basisOf(open({ ...world, rates }), eth, 'EUR')).toMatchObject({
    knownUnits: 1n,
    cost: 500n * 10n ** 18n,
  })
})

test('the value is walked back, and money that came in is told apart from a gain', async () => {
  const service = open({
    balances: [{ accountId: 'mine', token: eth, units: 3n }],
    samples: { [key(eth)]: hourly((hour) => (hour < 95 ? 1_000n : 1_100n)) },
    activities: [{ kind: 'receive', token: eth, units: baseUnits(1n), createdAtMs: 92 * hourMs }],
  })
  const { points, netInflow, excluded } = await service.getValues({
    currency: 'USD',
    sinceMs: 90 * hourMs,
    points: 11,
  })
  expect(points.map(({ value }) => value / 10n ** 18n)).toEqual([
    2_000n,
    2_000n,
    3_000n,
    3_000n,
    3_000n,
    3_300n,
    3_300n,
    3_300n,
    3_300n,
    3_300n,
    3_300n,
  ])
  expect(netInflow).toBe(usd(1_000n))
  expect(excluded).toEqual([])
})

test('nothing is told of the time before the history of an account is known', async () => {
  const world: World = {
    balances: [{ accountId: 'mine', token: eth, units: 3n }],
    samples: { [key(eth)]: hourly(() => 1n) },
  }
  const ask = (seenSince: PerformanceDeps['activity']['seenSince']) =>
    open({ ...world, seenSince }).getValues({ currency: 'USD', sinceMs: 90 * hourMs, points: 11 })
  // The other account has nothing there, and was only added just now.
  const since = await ask((_, address) => (address === accounts[0]?.address ? 97 * hourMs : nowMs))
  expect(since.points.map(({ atMs }) => atMs / hourMs)).toEqual([97, 98, 99, 100])
  expect((await ask(() => undefined)).points).toEqual([])
})
