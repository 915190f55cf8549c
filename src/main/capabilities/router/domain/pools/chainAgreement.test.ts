import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  maxUint256,
  multicall3Abi,
  parseAbi,
  parseAbiItem,
  zeroAddress,
} from 'viem'
import { beforeAll, describe, expect, it } from 'vitest'
import type { PoolEntry } from '../../../../../../devnet/index.ts'
import { setUpTestChain } from '../../../../../../devnet/testing/setUpTestChain.ts'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { createBalancerStablePool } from './balancerStable.ts'
import { ConcentratedPool } from './concentrated/ConcentratedPool.ts'
import { createErc4626Pool } from './erc4626.ts'
import type { Pool } from './Pool.ts'
import { createUniswapV2Pool } from './uniswapV2.ts'
import { createUniswapV3Pool } from './uniswapV3.ts'
import { createUniswapV4Pool } from './uniswapV4.ts'

const test = setUpTestChain()
// What a contract computes of an amount that is beyond all of its ticks takes it a tenth of a second.
const casesPerDirection = runs(6)

const pairAbi = parseAbi(['function getReserves() view returns (uint112, uint112, uint32)'])
const v2RouterAbi = parseAbi([
  'function getAmountsOut(uint256, address[]) view returns (uint256[])',
  'function getAmountsIn(uint256, address[]) view returns (uint256[])',
])
const v3PoolAbi = parseAbi([
  'function slot0() view returns (uint160 sqrtPriceX96, int24 tick, uint16, uint16, uint16, uint8, bool)',
  'function liquidity() view returns (uint128)',
  'function ticks(int24) view returns (uint128, int128 liquidityNet, uint256, uint256, int56, uint160, uint32, bool)',
])
const v3Mint = parseAbiItem(
  'event Mint(address sender, address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)',
)
const quoterAbi = parseAbi([
  'struct InParams { address tokenIn; address tokenOut; uint256 amountIn; uint24 fee; uint160 limit; }',
  'struct OutParams { address tokenIn; address tokenOut; uint256 amount; uint24 fee; uint160 limit; }',
  'function quoteExactInputSingle(InParams) returns (uint256, uint160, uint32, uint256)',
  'function quoteExactOutputSingle(OutParams) returns (uint256, uint160, uint32, uint256)',
])
const stateViewAbi = parseAbi([
  'function getSlot0(bytes32) view returns (uint160 sqrtPriceX96, int24 tick, uint24, uint24)',
  'function getLiquidity(bytes32) view returns (uint128)',
  'function getTickLiquidity(bytes32, int24) view returns (uint128, int128 liquidityNet)',
])
const v4Modify = parseAbiItem(
  'event ModifyLiquidity(bytes32 indexed id, address indexed sender, int24 tickLower, int24 tickUpper, int256 liquidityDelta, bytes32 salt)',
)
const v4QuoterAbi = parseAbi([
  'struct Key { address currency0; address currency1; uint24 fee; int24 tickSpacing; address hooks; }',
  'struct Params { Key poolKey; bool zeroForOne; uint128 exactAmount; bytes hookData; }',
  'function quoteExactInputSingle(Params) returns (uint256, uint256)',
  'function quoteExactOutputSingle(Params) returns (uint256, uint256)',
])
const vaultAbi = parseAbi([
  'struct Step { bytes32 poolId; uint256 assetInIndex; uint256 assetOutIndex; uint256 amount; bytes userData; }',
  'struct Funds { address sender; bool fromInternalBalance; address recipient; bool toInternalBalance; }',
  'function queryBatchSwap(uint8 kind, Step[] swaps, address[] assets, Funds funds) returns (int256[])',
  'function getPoolTokens(bytes32) view returns (address[] tokens, uint256[] balances, uint256)',
])
const stablePoolAbi = parseAbi([
  'function getAmplificationParameter() view returns (uint256 value, bool, uint256)',
  'function getSwapFeePercentage() view returns (uint256)',
])
const erc4626Abi = parseAbi([
  'function asset() view returns (address)',
  'function totalAssets() view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function previewDeposit(uint256) view returns (uint256)',
  'function previewRedeem(uint256) view returns (uint256)',
  'function previewMint(uint256) view returns (uint256)',
  'function previewWithdraw(uint256) view returns (uint256)',
])

interface Call {
  to: Address
  data: Hex
  read(answer: Hex): bigint
}
interface Comparison {
  what: string
  call: Call
  /** Undefined where the contract must revert. */
  expected: bigint | undefined
}

/** A seeded sequence (mulberry32), so that every run compares the same amounts. */
function createUniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** From a single unit to far beyond the whole pool, one of each of as many orders of magnitude. */
function randomAmounts(uniform: () => number, reserve: bigint): bigint[] {
  return Array.from({ length: casesPerDirection }, (_, order) => {
    const bits = ((order + uniform()) / casesPerDirection) * (reserve.toString(2).length + 4)
    return (
      1n + BigInt(Math.floor(2 ** (bits % 50) * (1 + uniform()))) * 2n ** BigInt(Math.floor(bits / 50) * 50)
    )
  })
}

async function compareAll(comparisons: Comparison[]): Promise<void> {
  // Several figures of one answer take one call.
  const calls = [...new Map(comparisons.map(({ call }) => [call.data, call])).values()]
  const answers = new Map<Hex, Hex | undefined>()
  for (let start = 0; start < calls.length; start += 60) {
    const batch = calls.slice(start, start + 60)
    const data = encodeFunctionData({
      abi: multicall3Abi,
      functionName: 'aggregate3',
      args: [batch.map((call) => ({ target: call.to, callData: call.data, allowFailure: true }))],
    })
    const answer = await test.rpc<Hex>(
      'eth_call',
      { to: test.contract('multicall3'), data, gas: '0x3b9aca00' },
      'latest',
    )
    const results = decodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', data: answer })
    for (const [at, call] of batch.entries()) {
      const result = known(results[at])
      answers.set(call.data, result.success ? result.returnData : undefined)
    }
  }
  const differing = comparisons.flatMap(({ what, call, expected }) => {
    const answer = answers.get(call.data)
    const actual = answer === undefined ? undefined : call.read(answer)
    return actual === expected ? [] : [`${what}: contract ${actual}, here ${expected}`]
  })
  expect(differing.slice(0, 10)).toEqual([])
}

const poolsOf = (kind: PoolEntry['kind']) =>
  test.chain.manifest.pools.filter((pool) => pool.kind === kind && !pool.note?.startsWith('hostile'))
const known = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the manifest lacks a field')
  return value
}
const pair = (pool: PoolEntry): [Address, Address] => [known(pool.tokens[0]), known(pool.tokens[1])]
const directions = [
  [0, 1],
  [1, 0],
] as const

describe('exact quotes agree with the contracts to the unit', () => {
  let uniform: () => number
  beforeAll(() => {
    uniform = createUniform(20_260_101)
  })

  it('Uniswap V2: getAmountsOut and getAmountsIn', async () => {
    const router = test.contract('uniswapV2Router02')
    const comparisons: Comparison[] = []
    for (const entry of poolsOf('uniswapV2')) {
      const [reserve0, reserve1] = await test.client.readContract({
        address: known(entry.address),
        abi: pairAbi,
        functionName: 'getReserves',
      })
      const tokens = pair(entry)
      const pool = createUniswapV2Pool({ id: 'p', venue: 'v2', tokens, reserves: [reserve0, reserve1] })
      for (const [tokenIn, tokenOut] of directions) {
        const path = [tokens[tokenIn], tokens[tokenOut]]
        for (const amount of randomAmounts(uniform, tokenIn === 0 ? reserve0 : reserve1)) {
          const quote = pool.quoteExactIn(tokenIn, tokenOut, amount)
          comparisons.push({
            what: `in ${amount}`,
            // The library answers zero where the pair itself would refuse to pay nothing.
            expected: quote.amountOut,
            call: {
              to: router,
              data: encodeFunctionData({
                abi: v2RouterAbi,
                functionName: 'getAmountsOut',
                args: [amount, path],
              }),
              read: (data) =>
                known(decodeFunctionResult({ abi: v2RouterAbi, functionName: 'getAmountsOut', data })[1]),
            },
          })
        }
        for (const amount of randomAmounts(uniform, tokenIn === 0 ? reserve1 : reserve0)) {
          const quote = pool.quoteExactOut(tokenIn, tokenOut, amount)
          comparisons.push({
            what: `out ${amount}`,
            expected: quote.complete ? quote.amountIn : undefined,
            call: {
              to: router,
              data: encodeFunctionData({
                abi: v2RouterAbi,
                functionName: 'getAmountsIn',
                args: [amount, path],
              }),
              read: (data) =>
                known(decodeFunctionResult({ abi: v2RouterAbi, functionName: 'getAmountsIn', data })[0]),
            },
          })
        }
      }
    }
    expect(comparisons.length).toBeGreaterThan(20 * casesPerDirection)
    await compareAll(comparisons)
  })

  it('Uniswap V3: QuoterV2, amounts and the price after', async () => {
    const to = test.contract('uniswapV3QuoterV2')
    const comparisons: Comparison[] = []
    for (const entry of poolsOf('uniswapV3')) {
      const pool = await readV3Pool(entry)
      const tokens = pair(entry)
      for (const [tokenIn, tokenOut] of directions) {
        const most = pool.quoteExactIn(tokenIn, tokenOut, 1n << 250n)
        const key = { tokenIn: tokens[tokenIn], tokenOut: tokens[tokenOut], fee: known(entry.fee), limit: 0n }
        for (const amountIn of randomAmounts(uniform, most.amountIn)) {
          const quote = pool.quoteExactIn(tokenIn, tokenOut, amountIn)
          const data = encodeFunctionData({
            abi: quoterAbi,
            functionName: 'quoteExactInputSingle',
            args: [{ ...key, amountIn }],
          })
          const read = (which: 0 | 1) => (answer: Hex) =>
            decodeFunctionResult({ abi: quoterAbi, functionName: 'quoteExactInputSingle', data: answer })[
              which
            ]
          // The quoter reports what a part of the amount would give where liquidity ends.
          comparisons.push({
            what: `in ${amountIn}`,
            expected: quote.amountOut,
            call: { to, data, read: read(0) },
          })
          const after = pool.afterSwap(tokenIn, tokenOut, amountIn)
          if (after instanceof ConcentratedPool) {
            comparisons.push({
              what: `price after ${amountIn}`,
              expected: after.state.sqrtPriceX96,
              call: { to, data, read: read(1) },
            })
          }
        }
        for (const amount of randomAmounts(uniform, most.amountOut)) {
          const quote = pool.quoteExactOut(tokenIn, tokenOut, amount)
          comparisons.push({
            what: `out ${amount}`,
            expected: quote.complete ? quote.amountIn : undefined,
            call: {
              to,
              data: encodeFunctionData({
                abi: quoterAbi,
                functionName: 'quoteExactOutputSingle',
                args: [{ ...key, amount }],
              }),
              read: (answer) =>
                decodeFunctionResult({
                  abi: quoterAbi,
                  functionName: 'quoteExactOutputSingle',
                  data: answer,
                })[0],
            },
          })
        }
      }
    }
    expect(comparisons.length).toBeGreaterThan(83 * casesPerDirection)
    await compareAll(comparisons)
  })

  it('Uniswap V4: V4Quoter', async () => {
    const to = test.contract('uniswapV4Quoter')
    const comparisons: Comparison[] = []
    for (const entry of poolsOf('uniswapV4')) {
      const pool = await readV4Pool(entry)
      const [currency0, currency1] = pair(entry)
      const poolKey = {
        currency0,
        currency1,
        fee: known(entry.fee),
        tickSpacing: known(entry.tickSpacing),
        hooks: zeroAddress,
      }
      for (const [tokenIn, tokenOut] of directions) {
        const most = pool.quoteExactIn(tokenIn, tokenOut, 1n << 250n)
        const zeroForOne = tokenIn === 0
        for (const exactAmount of randomAmounts(uniform, most.amountIn).filter(
          (amount) => amount < 1n << 127n,
        )) {
          const quote = pool.quoteExactIn(tokenIn, tokenOut, exactAmount)
          comparisons.push({
            what: `in ${exactAmount}`,
            expected: quote.complete ? quote.amountOut : undefined,
            call: {
              to,
              data: encodeFunctionData({
                abi: v4QuoterAbi,
                functionName: 'quoteExactInputSingle',
                args: [{ poolKey, zeroForOne, exactAmount, hookData: '0x' }],
              }),
              read: (data) =>
                decodeFunctionResult({ abi: v4QuoterAbi, functionName: 'quoteExactInputSingle', data })[0],
            },
          })
        }
        for (const exactAmount of randomAmounts(uniform, most.amountOut)) {
          const quote = pool.quoteExactOut(tokenIn, tokenOut, exactAmount)
          comparisons.push({
            what: `out ${exactAmount}`,
            expected: quote.complete ? quote.amountIn : undefined,
            call: {
              to,
              data: encodeFunctionData({
                abi: v4QuoterAbi,
                functionName: 'quoteExactOutputSingle',
                args: [{ poolKey, zeroForOne, exactAmount, hookData: '0x' }],
              }),
              read: (data) =>
                decodeFunctionResult({ abi: v4QuoterAbi, functionName: 'quoteExactOutputSingle', data })[0],
            },
          })
        }
      }
    }
    expect(comparisons.length).toBeGreaterThan(29 * casesPerDirection)
    await compareAll(comparisons)
  })

  it('Balancer stable: queryBatchSwap', async () => {
    const to = test.contract('balancerVault')
    const comparisons: Comparison[] = []
    for (const entry of poolsOf('balancerStable')) {
      const { pool, balances } = await readStablePool(entry)
      const funds = { sender: to, fromInternalBalance: false, recipient: to, toInternalBalance: false }
      const query = (kind: number, tokenIn: number, tokenOut: number, amount: bigint) =>
        encodeFunctionData({
          abi: vaultAbi,
          functionName: 'queryBatchSwap',
          args: [
            kind,
            [
              {
                poolId: known(entry.poolId),
                assetInIndex: BigInt(tokenIn),
                assetOutIndex: BigInt(tokenOut),
                amount,
                userData: '0x',
              },
            ],
            entry.tokens,
            funds,
          ],
        })
      const read = (index: number, sign: bigint) => (data: Hex) =>
        sign * known(decodeFunctionResult({ abi: vaultAbi, functionName: 'queryBatchSwap', data })[index])
      for (const tokenIn of entry.tokens.keys()) {
        for (const tokenOut of entry.tokens.keys()) {
          if (tokenIn === tokenOut) continue
          for (const amount of randomAmounts(uniform, known(balances[tokenIn]))) {
            const quote = pool.quoteExactIn(tokenIn, tokenOut, amount)
            comparisons.push({
              what: `in ${amount} ${tokenIn}>${tokenOut}`,
              expected: quote.complete ? quote.amountOut : undefined,
              call: { to, data: query(0, tokenIn, tokenOut, amount), read: read(tokenOut, -1n) },
            })
          }
          for (const amount of randomAmounts(uniform, known(balances[tokenOut]))) {
            const quote = pool.quoteExactOut(tokenIn, tokenOut, amount)
            comparisons.push({
              what: `out ${amount} ${tokenIn}>${tokenOut}`,
              expected: quote.complete ? quote.amountIn : undefined,
              call: { to, data: query(1, tokenIn, tokenOut, amount), read: read(tokenIn, 1n) },
            })
          }
        }
      }
    }
    expect(comparisons.length).toBeGreaterThan(12 * casesPerDirection)
    await compareAll(comparisons)
  })

  it('ERC-4626: the four previews', async () => {
    const share = test.token('TBILL')
    const read = (functionName: 'totalAssets' | 'totalSupply') =>
      test.client.readContract({ address: share, abi: erc4626Abi, functionName })
    const pool = createErc4626Pool({
      id: 'p',
      venue: 'erc4626',
      asset: await test.client.readContract({ address: share, abi: erc4626Abi, functionName: 'asset' }),
      share,
      totalAssets: await read('totalAssets'),
      totalSupply: await read('totalSupply'),
      virtualAssets: 1n,
      virtualShares: 1n,
      depositLimit: maxUint256,
      redeemLimit: maxUint256,
    })
    const comparisons: Comparison[] = []
    const previews = [
      ['previewDeposit', 0, 1, true],
      ['previewRedeem', 1, 0, true],
      ['previewMint', 0, 1, false],
      ['previewWithdraw', 1, 0, false],
    ] as const
    for (const [functionName, tokenIn, tokenOut, exactIn] of previews) {
      for (const amount of randomAmounts(uniform, 10n ** 14n)) {
        comparisons.push({
          what: `${functionName} ${amount}`,
          expected: exactIn
            ? pool.quoteExactIn(tokenIn, tokenOut, amount).amountOut
            : pool.quoteExactOut(tokenIn, tokenOut, amount).amountIn,
          call: {
            to: share,
            data: encodeFunctionData({ abi: erc4626Abi, functionName, args: [amount] }),
            read: (data) => decodeFunctionResult({ abi: erc4626Abi, functionName, data }),
          },
        })
      }
    }
    await compareAll(comparisons)
  })
})

async function readV3Pool(entry: PoolEntry): Promise<Pool> {
  const { client } = test
  const address = known(entry.address)
  const [[sqrtPriceX96, tick], liquidity, mints] = await Promise.all([
    client.readContract({ address, abi: v3PoolAbi, functionName: 'slot0' }),
    client.readContract({ address, abi: v3PoolAbi, functionName: 'liquidity' }),
    client.getLogs({ address, event: v3Mint, fromBlock: 0n, strict: true }),
  ])
  const edges = new Set(mints.flatMap(({ args }) => [args.tickLower, args.tickUpper]))
  const ticks = await Promise.all(
    [...edges]
      .sort((a, b) => a - b)
      .map(async (at) => {
        const [, liquidityNet] = await client.readContract({
          address,
          abi: v3PoolAbi,
          functionName: 'ticks',
          args: [at],
        })
        return { tick: at, liquidityNet }
      }),
  )
  return createUniswapV3Pool({
    id: address,
    venue: 'v3',
    tokens: pair(entry),
    feePips: known(entry.fee),
    tickSpacing: known(entry.tickSpacing),
    sqrtPriceX96,
    tick,
    liquidity,
    ticks,
  })
}

async function readV4Pool(entry: PoolEntry): Promise<Pool> {
  const { client } = test
  const address = test.contract('uniswapV4StateView')
  const id = known(entry.poolId)
  const [[sqrtPriceX96, tick], liquidity, changes] = await Promise.all([
    client.readContract({ address, abi: stateViewAbi, functionName: 'getSlot0', args: [id] }),
    client.readContract({ address, abi: stateViewAbi, functionName: 'getLiquidity', args: [id] }),
    client.getLogs({
      address: test.contract('uniswapV4PoolManager'),
      event: v4Modify,
      args: { id },
      fromBlock: 0n,
      strict: true,
    }),
  ])
  const edges = new Set(changes.flatMap(({ args }) => [args.tickLower, args.tickUpper]))
  const ticks = await Promise.all(
    [...edges]
      .sort((a, b) => a - b)
      .map(async (at) => {
        const [, liquidityNet] = await client.readContract({
          address,
          abi: stateViewAbi,
          functionName: 'getTickLiquidity',
          args: [id, at],
        })
        return { tick: at, liquidityNet }
      }),
  )
  return createUniswapV4Pool({
    id,
    venue: 'v4',
    tokens: pair(entry),
    lpFeePips: known(entry.fee),
    tickSpacing: known(entry.tickSpacing),
    sqrtPriceX96,
    tick,
    liquidity,
    ticks,
  })
}

async function readStablePool(entry: PoolEntry): Promise<{ pool: Pool; balances: readonly bigint[] }> {
  const { client } = test
  const address = known(entry.address)
  const [[tokens, balances], [amplificationE3], feeE18] = await Promise.all([
    client.readContract({
      address: test.contract('balancerVault'),
      abi: vaultAbi,
      functionName: 'getPoolTokens',
      args: [known(entry.poolId)],
    }),
    client.readContract({ address, abi: stablePoolAbi, functionName: 'getAmplificationParameter' }),
    client.readContract({ address, abi: stablePoolAbi, functionName: 'getSwapFeePercentage' }),
  ])
  const listed = test.chain.manifest.tokenList.tokens
  const decimals = tokens.map((token) => known(listed.find((other) => other.address === token)).decimals)
  const pool = createBalancerStablePool({
    id: address,
    venue: 'balancer',
    tokens,
    balances,
    decimals,
    amplificationE3,
    feeE18,
  })
  return { pool, balances }
}
