import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { createBalancerStablePool } from '../pools/balancerStable.ts'
import { sqrtPriceAtTick } from '../pools/concentrated/tickMath.ts'
import { createErc4626Pool } from '../pools/erc4626.ts'
import type { Pool, TokenId } from '../pools/Pool.ts'
import { createUniswapV2Pool } from '../pools/uniswapV2.ts'
import { createUniswapV3Pool } from '../pools/uniswapV3.ts'
import { createWethWrapPool } from '../pools/wethWrap.ts'
import { findBestRoute, findRoutes } from './findRoutes.ts'
import { createPoolGraph } from './PoolGraph.ts'
import type { NoRoute, RoutePlan } from './RoutePlan.ts'
import { type RouteRequest, SearchStopped } from './RouteRequest.ts'

const unit = 10n ** 18n
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'] as const
/** Fair values, so that all pools agree on prices but for their noise. */
const VALUES: Record<string, number> = { a: 1, b: 3_000, c: 0.02, d: 1, e: 55, f: 0.4 }

interface PoolDraft {
  kind: 'v2' | 'v3' | 'stable'
  first: number
  second: number
  depth: number
  noise: number
}

const poolDraft: fc.Arbitrary<PoolDraft> = fc.record({
  kind: fc.constantFrom('v2', 'v2', 'v3', 'v3', 'stable'),
  first: fc.integer({ min: 0, max: 5 }),
  second: fc.integer({ min: 0, max: 4 }),
  depth: fc.double({ min: 3, max: 7, noNaN: true }),
  noise: fc.double({ min: -0.001, max: 0.001, noNaN: true }),
})

const worth = (token: string, dollars: number) =>
  BigInt(Math.round((dollars / (VALUES[token] as number)) * 1e9)) * 10n ** 9n

function toPool(draft: PoolDraft, index: number): Pool {
  const first = NAMES[draft.first] as string
  const second = NAMES[draft.second >= draft.first ? draft.second + 1 : draft.second] as string
  const tokens = [first, second].sort() as [string, string]
  const id = `pool${String(index).padStart(3, '0')}`
  const depth = 10 ** draft.depth
  const reserves = [worth(tokens[0], depth), worth(tokens[1], depth * (1 + draft.noise))] as const
  if (draft.kind === 'v2') return createUniswapV2Pool({ id, venue: 'v2', tokens, reserves })
  if (draft.kind === 'stable') {
    return createBalancerStablePool({
      id,
      venue: 'balancer',
      tokens: ['a', 'd'],
      balances: [worth('a', depth), worth('d', depth * (1 + draft.noise))],
      decimals: [18, 18],
      amplificationE3: 200_000n,
      feeE18: 4n * 10n ** 14n,
    })
  }
  const price = Number(reserves[1]) / Number(reserves[0])
  const tick = Math.round(Math.log(price) / Math.log(1.0001))
  const liquidity = BigInt(Math.round(Math.sqrt(Number(reserves[0]) * Number(reserves[1]))))
  const net = new Map<number, bigint>()
  for (const [half, share] of [
    [600, 4n],
    [3_000, 2n],
    [60_000, 1n],
  ] as const) {
    const lower = Math.floor((tick - half) / 60) * 60
    const upper = Math.ceil((tick + half + 1) / 60) * 60
    net.set(lower, (net.get(lower) ?? 0n) + liquidity * share)
    net.set(upper, (net.get(upper) ?? 0n) - liquidity * share)
  }
  return createUniswapV3Pool({
    id,
    venue: 'v3',
    tokens,
    feePips: 3_000,
    tickSpacing: 60,
    sqrtPriceX96: sqrtPriceAtTick(tick),
    tick,
    liquidity: liquidity * 7n,
    ticks: [...net].sort(([a], [b]) => a - b).map(([at, liquidityNet]) => ({ tick: at, liquidityNet })),
  })
}

const poolSet = fc.array(poolDraft, { minLength: 1, maxLength: 16 }).map((drafts) => drafts.map(toPool))
const dollars = fc.double({ min: 0, max: 4, noNaN: true }).map((power) => 10 ** power)
/** Up to a thousand times what the smallest pools hold. */
const extremeDollars = fc.double({ min: -8, max: 6, noNaN: true }).map((power) => 10 ** power)
/** Gas at nothing, little and much. */
const costPerGas = fc.constantFrom(
  undefined,
  { numerator: 10n ** 12n, denominator: 1n },
  { numerator: 10n ** 14n, denominator: 1n },
)

function isPlan(result: RoutePlan | NoRoute): result is RoutePlan {
  return result.kind === 'route'
}

/** The best single path by trying all of them with exact quotes. */
function bestSinglePath(pools: readonly Pool[], request: RouteRequest, hopsLeft = 4): bigint {
  const walk = (token: TokenId, amount: bigint, used: ReadonlySet<Pool>, hops: number): bigint => {
    if (token === request.tokenOut) return amount
    if (hops === 0) return -1n
    let best = -1n
    for (const pool of pools) {
      const tokenIn = pool.tokens.indexOf(token)
      if (tokenIn < 0 || used.has(pool)) continue
      for (const [tokenOut, next] of pool.tokens.entries()) {
        if (tokenOut === tokenIn || next === request.tokenIn) continue
        const quote = pool.quoteExactIn(tokenIn, tokenOut, amount)
        if (!quote.complete || quote.amountOut === 0n) continue
        const result = walk(next, quote.amountOut, new Set([...used, pool]), hops - 1)
        if (result > best) best = result
      }
    }
    return best
  }
  return walk(request.tokenIn, request.amount, new Set(), hopsLeft)
}

/** Carries the plan out leg by leg on the pools themselves, with a purse; throws where the purse would go below zero. */
function carryOut(plan: RoutePlan): bigint {
  const purse = new Map<TokenId, bigint>([[plan.tokenIn, plan.amountIn]])
  const states = new Map(plan.legs.map(({ pool }) => [pool.id, pool]))
  for (const leg of plan.legs) {
    const pool = states.get(leg.pool.id) as Pool
    const tokenIn = pool.tokens.indexOf(leg.tokenIn)
    const tokenOut = pool.tokens.indexOf(leg.tokenOut)
    const held = (purse.get(leg.tokenIn) ?? 0n) - leg.amountIn
    if (held < 0n) throw new Error(`${leg.tokenIn} is spent before it came in`)
    const quote = pool.quoteExactIn(tokenIn, tokenOut, leg.amountIn)
    expect(quote).toMatchObject({ complete: true, amountIn: leg.amountIn, amountOut: leg.amountOut })
    purse.set(leg.tokenIn, held)
    purse.set(leg.tokenOut, (purse.get(leg.tokenOut) ?? 0n) + quote.amountOut)
    states.set(pool.id, pool.afterSwap(tokenIn, tokenOut, leg.amountIn))
  }
  const out = purse.get(plan.tokenOut) ?? 0n
  purse.delete(plan.tokenOut)
  expect([...purse.values()].filter((amount) => amount !== 0n)).toEqual([])
  return out
}

const settings = { numRuns: runs(80), seed: 20_260_102 }

describe('findBestRoute', () => {
  it('claims what its legs pay, to the unit, and leaves nothing behind', () => {
    fc.assert(
      fc.property(
        poolSet,
        extremeDollars,
        costPerGas,
        fc.constantFrom('exactIn', 'exactOut'),
        (pools, usd, gas, mode) => {
          const amount = worth(mode === 'exactIn' ? 'a' : 'b', usd)
          fc.pre(amount > 0n)
          const request: RouteRequest = {
            mode,
            tokenIn: 'a',
            tokenOut: 'b',
            amount,
            ...(gas && { costPerGas: gas }),
          }
          const plan = findBestRoute(createPoolGraph(pools), request)
          fc.pre(isPlan(plan))
          expect(carryOut(plan)).toBe(plan.amountOut)
          if (mode === 'exactIn') expect(plan.amountIn).toBe(amount)
          else expect(plan.amountOut).toBeGreaterThanOrEqual(amount)
          expect(new Set(plan.legs.map(({ pool }) => pool.id)).size).toBe(plan.legs.length)
          expect(plan.paths.reduce((sum, path) => sum + path.amountIn, 0n)).toBe(plan.amountIn)
        },
      ),
      settings,
    )
  })

  it('is never worse than the best single path, and never better than its bound', () => {
    fc.assert(
      fc.property(poolSet, dollars, (pools, usd) => {
        const request: RouteRequest = {
          mode: 'exactIn',
          tokenIn: 'a',
          tokenOut: 'b',
          amount: worth('a', usd),
        }
        const single = bestSinglePath(pools.slice(0, 9), request)
        const plan = findBestRoute(createPoolGraph(pools.slice(0, 9)), request)
        if (!isPlan(plan)) {
          expect(single).toBeLessThanOrEqual(0n)
          return
        }
        // Paths whose outputs agree to twelve digits are one to the search.
        expect(plan.amountOut + plan.amountOut / 10n ** 12n + 2n).toBeGreaterThanOrEqual(single)
        expect(plan.bound as bigint).toBeGreaterThanOrEqual(plan.amountOut)
      }),
      settings,
    )
  })

  it('reaches its bound where gas is free and no arbitrage is there', () => {
    fc.assert(
      fc.property(poolSet, dollars, (pools, usd) => {
        const request: RouteRequest = {
          mode: 'exactIn',
          tokenIn: 'a',
          tokenOut: 'b',
          amount: worth('a', usd),
        }
        const plan = findBestRoute(createPoolGraph(pools), request)
        fc.pre(isPlan(plan) && plan.bound !== undefined)
        const short = Number(plan.bound - plan.amountOut) / Number(plan.bound)
        expect(short).toBeLessThan(1e-6)
      }),
      settings,
    )
  })

  it('takes no less for more: output grows with the input', () => {
    fc.assert(
      fc.property(poolSet, dollars, (pools, usd) => {
        const graph = createPoolGraph(pools)
        const find = (amount: bigint) =>
          findBestRoute(graph, { mode: 'exactIn', tokenIn: 'a', tokenOut: 'b', amount })
        const [less, more] = [find(worth('a', usd)), find(worth('a', usd * 1.01))]
        fc.pre(isPlan(less) && isPlan(more))
        expect(more.amountOut).toBeGreaterThanOrEqual(less.amountOut)
      }),
      settings,
    )
  })

  it('asks for exact-out no more than exact-in shows to be enough', () => {
    fc.assert(
      fc.property(poolSet, dollars, (pools, usd) => {
        const graph = createPoolGraph(pools)
        const given = findBestRoute(graph, {
          mode: 'exactIn',
          tokenIn: 'a',
          tokenOut: 'b',
          amount: worth('a', usd),
        })
        fc.pre(isPlan(given) && given.amountOut > 10n ** 9n)
        const asked = findBestRoute(graph, {
          mode: 'exactOut',
          tokenIn: 'a',
          tokenOut: 'b',
          amount: given.amountOut,
        })
        expect(asked.kind).toBe('route')
        if (!isPlan(asked)) return
        expect(Number(asked.amountIn) / Number(given.amountIn) - 1).toBeLessThan(2e-7)
        expect(asked.bound as bigint).toBeLessThanOrEqual(asked.amountIn)
      }),
      settings,
    )
  })

  it('finds the same for the same, whatever the order of the pools', () => {
    fc.assert(
      fc.property(poolSet, dollars, costPerGas, (pools, usd, gas) => {
        const request: RouteRequest = {
          mode: 'exactIn',
          tokenIn: 'a',
          tokenOut: 'b',
          amount: worth('a', usd),
          ...(gas && { costPerGas: gas }),
        }
        const told = (result: RoutePlan | NoRoute) =>
          isPlan(result) ? result.legs.map(({ pool, amountIn }) => `${pool.id}:${amountIn}`) : result.reason
        const once = told(findBestRoute(createPoolGraph(pools), request))
        expect(told(findBestRoute(createPoolGraph(pools.toReversed()), request))).toEqual(once)
      }),
      { ...settings, numRuns: runs(50) },
    )
  })

  it('finds the same on a graph that has been asked before, whatever was excluded then', () => {
    fc.assert(
      fc.property(poolSet, dollars, costPerGas, (pools, usd, gas) => {
        const request: RouteRequest = {
          mode: 'exactIn',
          tokenIn: 'a',
          tokenOut: 'b',
          amount: worth('a', usd),
          ...(gas && { costPerGas: gas }),
        }
        const told = (result: RoutePlan | NoRoute) =>
          isPlan(result) ? result.legs.map(({ pool, amountIn }) => `${pool.id}:${amountIn}`) : result.reason
        const graph = createPoolGraph(pools)
        for (const venue of new Set(pools.map((pool) => pool.venue))) {
          const without = told(findBestRoute(graph, { ...request, excludeVenues: [venue] }))
          const others = pools.filter((pool) => pool.venue !== venue).map(({ id }) => id)
          if (Array.isArray(without)) {
            expect(without.every((leg) => others.some((id) => leg.startsWith(`${id}:`)))).toBe(true)
          }
        }
        findBestRoute(graph, { ...request, mode: 'exactOut', tokenIn: 'b', tokenOut: 'a' })
        expect(told(findBestRoute(graph, request))).toEqual(
          told(findBestRoute(createPoolGraph(pools), request)),
        )
      }),
      { ...settings, numRuns: runs(25) },
    )
  })

  it('keeps to the limits that it is given', () => {
    fc.assert(
      fc.property(
        poolSet,
        dollars,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        (pools, usd, maxHops, maxLegs) => {
          const plan = findBestRoute(createPoolGraph(pools), {
            mode: 'exactIn',
            tokenIn: 'a',
            tokenOut: 'b',
            amount: worth('a', usd),
            maxHops,
            maxLegs,
            excludeVenues: ['balancer'],
          })
          fc.pre(isPlan(plan))
          expect(plan.legs.length).toBeLessThanOrEqual(maxLegs)
          expect(Math.max(...plan.paths.map(({ legs }) => legs.length))).toBeLessThanOrEqual(maxHops)
          expect(plan.legs.every(({ pool }) => pool.venue !== 'balancer')).toBe(true)
        },
      ),
      settings,
    )
  })

  it('nets no less than any subset of its pools would, once gas is paid', () => {
    fc.assert(
      fc.property(poolSet, dollars, (pools, usd) => {
        const few = pools.slice(0, 7)
        const request: RouteRequest = {
          mode: 'exactIn',
          tokenIn: 'a',
          tokenOut: 'b',
          amount: worth('a', usd),
          costPerGas: { numerator: 3n * 10n ** 9n, denominator: 1n },
        }
        const net = (result: RoutePlan | NoRoute) =>
          isPlan(result) ? Number(result.amountOut - result.gasCost) : Number.NEGATIVE_INFINITY
        const found = findBestRoute(createPoolGraph(few), request)
        fc.pre(isPlan(found))
        let best = Number.NEGATIVE_INFINITY
        for (let mask = 1; mask < 1 << few.length; mask += 1) {
          const subset = few.filter((_, at) => (mask >> at) & 1)
          best = Math.max(best, net(findBestRoute(createPoolGraph(subset), request)))
        }
        expect(net(found)).toBeGreaterThanOrEqual(best - 1e-5 * Number(found.amountOut))
      }),
      { ...settings, numRuns: runs(12) },
    )
  })
})

describe('findRoutes', () => {
  const pools = [
    createUniswapV2Pool({
      id: '1',
      venue: 'v2',
      tokens: ['a', 'b'],
      reserves: [1_000n * unit, 1_000n * unit],
    }),
    createUniswapV2Pool({
      id: '2',
      venue: 'v2',
      tokens: ['a', 'b'],
      reserves: [3_000n * unit, 3_000n * unit],
    }),
    createUniswapV2Pool({
      id: '3',
      venue: 'v2',
      tokens: ['a', 'c'],
      reserves: [9_000n * unit, 9_000n * unit],
    }),
    createUniswapV2Pool({
      id: '4',
      venue: 'v2',
      tokens: ['c', 'b'],
      reserves: [9_000n * unit, 9_000n * unit],
    }),
  ]
  const request: RouteRequest = { mode: 'exactIn', tokenIn: 'a', tokenOut: 'b', amount: 900n * unit }

  it('gives a good answer first and never a worse one later', () => {
    const answers = [...findRoutes(createPoolGraph(pools), request)]
    expect(answers.length).toBeGreaterThan(1)
    for (let at = 1; at < answers.length; at += 1) {
      expect((answers[at] as RoutePlan).amountOut).toBeGreaterThanOrEqual(
        (answers[at - 1] as RoutePlan).amountOut,
      )
    }
    expect(answers.at(-1)?.legs.length).toBe(4)
  })

  it('stops when nobody asks for more', () => {
    const search = findRoutes(createPoolGraph(pools), request)
    expect(search.next().done).toBe(false)
    search.return(undefined)
    expect(search.next().done).toBe(true)
  })

  it('splits two equal pools in equal parts', () => {
    const twins = ['1', '2'].map((id) =>
      createUniswapV2Pool({ id, venue: 'v2', tokens: ['a', 'b'], reserves: [1_000n * unit, 1_000n * unit] }),
    )
    const plan = findBestRoute(createPoolGraph(twins), request)
    expect(isPlan(plan) && plan.legs.map(({ amountIn }) => amountIn)).toEqual([450n * unit, 450n * unit])
  })

  it('takes only the legs that pay for their gas', () => {
    const dear = { numerator: unit / 10n ** 4n, denominator: 1n }
    const plan = findBestRoute(createPoolGraph(pools), { ...request, amount: 10n * unit, costPerGas: dear })
    expect(isPlan(plan) && plan.legs.length).toBe(1)
  })

  it('wraps on the way where pools trade the other form of the coin', () => {
    const native = '0x0'
    const mixed = [
      createWethWrapPool('weth', native),
      createUniswapV2Pool({
        id: '1',
        venue: 'v2',
        tokens: ['weth', 'b'],
        reserves: [900n * unit, 900n * unit],
      }),
      createUniswapV2Pool({
        id: '2',
        venue: 'v4',
        tokens: [native, 'b'],
        reserves: [900n * unit, 900n * unit],
      }),
    ]
    const plan = findBestRoute(createPoolGraph(mixed), { ...request, tokenIn: native, amount: 100n * unit })
    expect(isPlan(plan) && plan.legs.map(({ pool }) => pool.venue).sort()).toEqual(['v2', 'v4', 'weth'])
    expect(isPlan(plan) && carryOut(plan)).toBe(isPlan(plan) && plan.amountOut)
    const unwrap = findBestRoute(createPoolGraph(mixed), { ...request, tokenIn: 'weth', tokenOut: native })
    expect(isPlan(unwrap) && [unwrap.legs.length, unwrap.amountOut]).toEqual([1, 900n * unit])
  })

  it('goes through a vault, whose rate does not move', () => {
    const vault = createErc4626Pool({
      id: 'v',
      venue: 'erc4626',
      asset: 'a',
      share: 's',
      totalAssets: 2_000n * unit,
      totalSupply: 1_000n * unit,
      virtualAssets: 1n,
      virtualShares: 1n,
      depositLimit: 10n ** 30n,
      redeemLimit: 10n ** 30n,
    })
    const market = createUniswapV2Pool({
      id: 'm',
      venue: 'v2',
      tokens: ['s', 'b'],
      reserves: [900n * unit, 900n * unit],
    })
    const plan = findBestRoute(createPoolGraph([vault, market]), { ...request, amount: 10n * unit })
    expect(isPlan(plan) && plan.legs.map(({ amountIn }) => amountIn)).toEqual([10n * unit, 5n * unit])
  })

  it.each([
    ['nothingToTrade', { amount: 0n }],
    ['nothingToTrade', { tokenOut: 'a' }],
    ['noPoolForTokenIn', { tokenIn: 'x' }],
    ['noPoolForTokenOut', { tokenOut: 'x' }],
    ['notConnected', { excludeVenues: ['v2'] }],
    ['notEnoughLiquidity', { mode: 'exactOut' as const, amount: 10n ** 30n }],
    ['amountTooSmall', { amount: 1n }],
  ])('says why there is no route: %s', (reason, change) => {
    expect(findBestRoute(createPoolGraph(pools), { ...request, ...change })).toEqual({
      kind: 'noRoute',
      reason,
    })
  })

  it('stops at whichever step of the search nobody waits any more', () => {
    const graph = createPoolGraph(
      Array.from({ length: 12 }, (_, at) =>
        createUniswapV2Pool({
          id: `stop${at}`,
          venue: 'v2',
          tokens: at % 3 === 0 ? ['a', 'b'] : at % 3 === 1 ? ['a', 'c'] : ['c', 'b'],
          reserves: [BigInt(at + 1) * 1_000n * unit, BigInt(at + 1) * 1_000n * unit],
        }),
      ),
    )
    const wanted = { ...request, amount: 500n * unit, costPerGas: { numerator: 10n ** 11n, denominator: 1n } }
    /** The search that is told at its question of that number, counted from one, that nobody waits; and how often it asked. */
    const searchUntil = (last: number) => {
      let asked = 0
      const isWanted = () => {
        asked += 1
        return asked < last
      }
      const search = () => findBestRoute(graph, { ...wanted, isWanted })
      return { search, asked: () => asked }
    }
    const whole = searchUntil(Number.POSITIVE_INFINITY)
    expect(whole.search().kind).toBe('route')
    // At the start, and at least once while it improves what it has.
    expect(whole.asked()).toBeGreaterThan(2)
    for (let last = 1; last <= whole.asked(); last += 1) {
      const stopped = searchUntil(last)
      expect(stopped.search, `question ${last}`).toThrow(SearchStopped)
      expect(stopped.asked()).toBe(last)
      // What the stopped search held is free for the next one.
      expect(findBestRoute(graph, wanted)).toEqual(searchUntil(Number.POSITIVE_INFINITY).search())
    }
  })

  it('refuses limits that mean nothing', () => {
    expect(() => findBestRoute(createPoolGraph(pools), { ...request, maxHops: 0 })).toThrow(RangeError)
    expect(() => findBestRoute(createPoolGraph(pools), { ...request, maxLegs: 1.5 })).toThrow(RangeError)
  })
})
