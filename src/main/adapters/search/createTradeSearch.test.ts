import { afterAll, describe, expect, test } from 'vitest'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import {
  createMarket,
  findTrade,
  type KeyedPool,
  keyPool,
  type SwapVenues,
} from '../../capabilities/swaps/index.ts'
import { createTradeSearch } from './createTradeSearch.ts'
import { startSearchThread } from './testing/startSearchThread.ts'

const address = (index: number): Address => `0x${index.toString(16).padStart(40, '0')}`
const venues: SwapVenues = {
  chainId: 31337 as ChainId,
  wrappedNative: address(1),
  permit2: address(2),
  universalRouter: address(3),
  connectors: [address(1)],
  publicRouters: [],
  relays: [],
  publicChannel: 'mempool',
}
const unit = 10n ** 18n

/** Pairs between every two of some tokens, all at prices around one. */
function market(tokens: number, shift = 0n) {
  const pools: KeyedPool[] = []
  for (let a = 1; a <= tokens; a += 1) {
    for (let b = a + 1; b <= tokens; b += 1) {
      const id = address(1_000 + a * 100 + b)
      const key = { venue: 'uniswapV2', address: id, feePips: 3_000, tickSpacing: 0 } as const
      const depth = BigInt(1_000 + ((a * 37 + b * 91) % 900)) * unit
      pools.push(
        keyPool(key, {
          kind: 'uniswapV2',
          state: {
            id,
            venue: 'uniswapV2',
            tokens: [address(a), address(b)],
            reserves: [depth, depth + shift],
          },
        }),
      )
    }
  }
  return createMarket(pools, venues)
}
const request = (amount: bigint) =>
  ({ mode: 'exactIn', tokenIn: address(2), tokenOut: address(4), amount, gasPrice: 0n }) as const

const search = createTradeSearch(startSearchThread)
afterAll(() => search.close())

describe('the search in its own thread', () => {
  test('finds what it would find here, over many markets, of which it forgets the old ones', async () => {
    for (let round = 0; round < 12; round += 1) {
      const pools = market(6, BigInt(round) * unit)
      const wanted = request(BigInt(round + 1) * 10n * unit)
      const { found, perWei } = await search.find(pools, wanted)
      expect(found).toEqual(findTrade(pools, wanted))
      expect(perWei.bought?.numerator).toBeGreaterThan(0n)
    }
  })

  test('searches several markets that are asked for in turns', async () => {
    const [one, other] = [market(5), market(5, 7n * unit)]
    for (const pools of [one, other, one, other]) {
      expect((await search.find(pools, request(unit))).found).toEqual(findTrade(pools, request(unit)))
    }
    const { found } = await search.find(one, request(unit))
    if (found.kind !== 'trade') throw new Error('no trade')
    const points = await search.measureDepth(one, found.trade)
    expect(points.length).toBeGreaterThan(10)
  })

  test('stops where nobody waits any more, and goes on to the next question', async () => {
    const pools = market(6)
    await search.find(pools, request(unit))
    // Stopped on its way to the thread: later, a thread that gets the processor first might have answered already.
    const signal = { isStopped: false, onStop: (stop: () => void) => stop() }
    const asked = search.find(pools, request(500n * unit), signal)
    await expect(asked).rejects.toMatchObject({ code: 'swap.superseded' })
    expect((await search.find(pools, request(unit))).found.kind).toBe('trade')
  })

  test('a thread that dies fails what was asked of it, and the next question starts another', async () => {
    const threads: ReturnType<typeof startSearchThread>[] = []
    const mortal = createTradeSearch(() => {
      const thread = startSearchThread()
      threads.push(thread)
      return thread
    })
    await mortal.find(market(4), request(unit))
    const asked = mortal.find(market(6), request(900n * unit))
    await threads[0]?.terminate()
    await expect(asked.catch(() => 'failed')).resolves.toBeDefined()
    expect((await mortal.find(market(4), request(unit))).found.kind).toBe('trade')
    expect(threads).toHaveLength(2)
    mortal.close()
  })

  test('what cannot be searched is an error, not silence', async () => {
    await expect(search.find(market(4), { ...request(unit), limits: { maxHops: 0 } })).rejects.toThrow(
      /counted from 1/,
    )
  })
})
