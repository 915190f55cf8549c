import { type Address, erc20Abi, parseAbi, zeroAddress } from 'viem'
import { describe, expect, it } from 'vitest'
import { CANONICAL_ADDRESSES } from '../../deploy/canonicalAddresses.ts'
import type { PoolEntry } from '../../manifest.ts'
import { setUpTestChain } from '../../testing/setUpTestChain.ts'
import { PAIR_POOLS, STABLE_POOLS } from './poolCatalogue.ts'

const test = setUpTestChain()

const poolAbi = parseAbi([
  'function getReserves() view returns (uint112, uint112, uint32)',
  'function slot0() view returns (uint160 sqrtPriceX96, int24 tick, uint16, uint16, uint16, uint8, bool)',
  'function liquidity() view returns (uint128)',
  'function ticks(int24) view returns (uint128 liquidityGross, int128, uint256, uint256, int56, uint160, uint32, bool)',
])
const stateViewAbi = parseAbi([
  'function getSlot0(bytes32) view returns (uint160 sqrtPriceX96, int24 tick, uint24, uint24 lpFee)',
  'function getLiquidity(bytes32) view returns (uint128)',
])
const vaultAbi = parseAbi([
  'function getPoolTokens(bytes32) view returns (address[] tokens, uint256[] balances, uint256)',
])
const tickLensAbi = parseAbi([
  'struct PopulatedTick { int24 tick; int128 liquidityNet; uint128 liquidityGross; }',
  'function getPopulatedTicksInWord(address pool, int16 tickBitmapIndex) view returns (PopulatedTick[])',
])
const feedAbi = parseAbi([
  'function latestRoundData() view returns (uint80, int256 answer, uint256, uint256 updatedAt, uint80)',
])

/** Fair USD price of a token by the chain's own feeds, in units of 1e-8. */
async function feedPriceE8(symbol: string): Promise<bigint> {
  const { feeds } = test.chain.manifest
  const { currency, underlying } =
    test.chain.manifest.tokenList.tokens.find((token) => token.symbol === symbol)?.extensions ?? {}
  const base = underlying ?? (currency === undefined || currency === 'USD' ? symbol : currency)
  const feed = feeds.find((entry) => entry.base === base)
  if (feed === undefined && currency === 'USD') return 100_000_000n
  if (feed === undefined) throw new Error(`no feed for ${symbol}`)
  const round = await test.client.readContract({
    address: feed.address,
    abi: feedAbi,
    functionName: 'latestRoundData',
  })
  // One HKTR stands for 1.025 shares.
  return symbol === 'HKTR' ? (round[1] * 1025n) / 1000n : round[1]
}

function symbolAndDecimals(address: Address) {
  if (address === zeroAddress) return { symbol: 'WETH', decimals: 18 }
  const token = test.chain.manifest.tokenList.tokens.find((entry) => entry.address === address)
  if (token === undefined) throw new Error(`${address} is not listed`)
  return token
}

/** Units of token1 for 2^192 units of token0, at the pool's present price. */
async function ratioX192(pool: PoolEntry): Promise<bigint> {
  if (pool.kind === 'uniswapV4' && pool.poolId !== undefined) {
    const [sqrtPrice] = await test.client.readContract({
      address: CANONICAL_ADDRESSES.uniswapV4StateView,
      abi: stateViewAbi,
      functionName: 'getSlot0',
      args: [pool.poolId],
    })
    return sqrtPrice * sqrtPrice
  }
  if (pool.address === undefined) throw new Error('a pool with neither address nor id')
  const { address } = pool
  if (pool.kind === 'uniswapV3') {
    const [sqrtPrice] = await test.client.readContract({ address, abi: poolAbi, functionName: 'slot0' })
    return sqrtPrice * sqrtPrice
  }
  const [reserve0, reserve1] = await test.client.readContract({
    address,
    abi: poolAbi,
    functionName: 'getReserves',
  })
  return (reserve1 << 192n) / reserve0
}

const listedPools = () =>
  test.chain.manifest.pools.filter(
    ({ note = '', kind }) => !note.startsWith('hostile') && kind !== 'balancerStable',
  )

describe('seeded pools', () => {
  it('are the catalogue, over all protocols and fee tiers', () => {
    const { pools } = test.chain.manifest
    expect(listedPools()).toHaveLength(PAIR_POOLS.length)
    expect(pools.length).toBeGreaterThanOrEqual(32)
    expect(pools.filter(({ kind }) => kind === 'balancerStable')).toHaveLength(STABLE_POOLS.length)
    const tiers = pools.filter(({ kind }) => kind === 'uniswapV3').map(({ fee }) => fee)
    expect(new Set(tiers)).toEqual(new Set([100, 500, 3000, 10000]))
    const v4 = pools.filter(({ kind }) => kind === 'uniswapV4')
    expect(v4.some(({ tokens }) => tokens[0] === zeroAddress)).toBe(true)
    expect(v4.some(({ tokens }) => tokens[0] !== zeroAddress)).toBe(true)
  })

  it('have prices that agree with the feeds to 30 bps, but for the deliberate deviations', async () => {
    for (const [index, pool] of listedPools().entries()) {
      const definition = PAIR_POOLS[index]
      const [token0, token1] = pool.tokens
      if (definition === undefined || token0 === undefined || token1 === undefined)
        throw new Error('mismatch')
      const [side0, side1] = [symbolAndDecimals(token0), symbolAndDecimals(token1)]
      const fair =
        ((await feedPriceE8(side0.symbol)) * 10n ** BigInt(side1.decimals) * 2n ** 192n) /
        ((await feedPriceE8(side1.symbol)) * 10n ** BigInt(side0.decimals))
      const actual = await ratioX192(pool)
      const differenceBps = ((actual - fair) * 10_000n) / fair
      const baseIsToken0 =
        side0.symbol === definition.base || (definition.base === 'ETH' && token0 === zeroAddress)
      // Seen from token1, a base that is 350 bps dear is a quote that is 338 bps cheap: 10 bps of slack cover it.
      const intended = (definition.deviationBps ?? 0n) * (baseIsToken0 ? 1n : -1n)
      const slack = intended === 0n ? 30n : 30n + (intended * intended) / 8_000n
      const distance = differenceBps > intended ? differenceBps - intended : intended - differenceBps
      expect(distance, `${definition.kind} ${definition.base}/${definition.quote}`).toBeLessThanOrEqual(slack)
      if (intended !== 0n) expect(pool.note).toBeDefined()
    }
  })

  it('hold liquidity on both sides, the V3 pools at several positions with ticks', async () => {
    const balance = (token: Address, owner: Address) =>
      test.client.readContract({ address: token, abi: erc20Abi, functionName: 'balanceOf', args: [owner] })
    for (const pool of listedPools()) {
      if (pool.kind === 'uniswapV4') {
        if (pool.poolId === undefined) throw new Error('a V4 pool has an id')
        const liquidity = await test.client.readContract({
          address: CANONICAL_ADDRESSES.uniswapV4StateView,
          abi: stateViewAbi,
          functionName: 'getLiquidity',
          args: [pool.poolId],
        })
        expect(liquidity).toBeGreaterThan(0n)
        continue
      }
      if (pool.address === undefined) throw new Error('the pool has an address')
      for (const token of pool.tokens) expect(await balance(token, pool.address)).toBeGreaterThan(0n)
      if (pool.kind === 'uniswapV3') await expectTicks(pool.address, pool.tickSpacing ?? 1)
    }
  })

  it('of Balancer hold the same worth of each coin', async () => {
    const pools = test.chain.manifest.pools.filter(({ kind }) => kind === 'balancerStable')
    for (const { poolId, tokens } of pools) {
      if (poolId === undefined) throw new Error('a Balancer pool has an id')
      const [held, balances] = await test.client.readContract({
        address: CANONICAL_ADDRESSES.balancerVault,
        abi: vaultAbi,
        functionName: 'getPoolTokens',
        args: [poolId],
      })
      expect(held).toEqual(tokens)
      const whole = balances.map((units, index) => {
        const token = tokens[index]
        if (token === undefined) throw new Error('mismatch')
        return units / 10n ** BigInt(symbolAndDecimals(token).decimals)
      })
      expect(whole.every((amount) => amount === whole[0] && amount > 0n)).toBe(true)
    }
  })
})

async function expectTicks(address: Address, tickSpacing: number): Promise<void> {
  const [, tick] = await test.client.readContract({ address, abi: poolAbi, functionName: 'slot0' })
  expect(
    await test.client.readContract({ address, abi: poolAbi, functionName: 'liquidity' }),
  ).toBeGreaterThan(0n)
  const word = Math.floor(Math.floor(tick / tickSpacing) / 256)
  const populated = await Promise.all(
    [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((index) =>
      test.client.readContract({
        address: CANONICAL_ADDRESSES.uniswapV3TickLens,
        abi: tickLensAbi,
        functionName: 'getPopulatedTicksInWord',
        args: [address, word + index],
      }),
    ),
  )
  expect(populated.flat().length).toBeGreaterThanOrEqual(4)
}
