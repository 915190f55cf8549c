import {
  type Address,
  encodeAbiParameters,
  encodeFunctionData,
  erc20Abi,
  keccak256,
  maxUint256,
  pad,
  parseAbi,
  parseUnits,
  toHex,
  zeroAddress,
} from 'viem'
import { expect, test } from 'vitest'
import { encodeV4Swap } from '../../../../../devnet/actors/encodeV4Swap.ts'
import { encodeSwap } from '../../../../../devnet/actors/swapCalls.ts'
import { ACCOUNT_ADDRESSES, sendAs } from '../../../../../devnet/index.ts'
import { setUpTestChain } from '../../../../../devnet/testing/setUpTestChain.ts'
import type { ChainId } from '../../../../shared/identity/identity.ts'
import type { KeyedPool } from '../../../capabilities/swaps/index.ts'
import { monotonicMs, nowMs } from '../../system/clock.ts'
import { schedule } from '../../system/schedule.ts'
import { createNodeNetwork } from '../createNodeNetwork.ts'
import { parseChainManifest } from '../readChainManifest.ts'
import { balancerCandidate } from './balancerCandidate.ts'
import { createPoolReader } from './createPoolReader.ts'
import { isSameState } from './isSameState.ts'
import { parseLocalVenues } from './loadSwapVenues.ts'

const chainId = 31337 as ChainId
const local = setUpTestChain()
const trader = ACCOUNT_ADDRESSES.faucet

/** A reader, and how often it asked the node and for what. */
function open() {
  const { manifest } = local.chain
  const { definition } = parseChainManifest({ ...manifest, rpcUrls: [local.chain.rpcUrl] })
  const network = createNodeNetwork({
    definitions: [definition],
    nowMs,
    monotonicMs,
    schedule,
    onBug: () => {},
  })
  const asked: string[] = []
  const counting: typeof network = {
    ...network,
    rpc(of) {
      const rpc = network.rpc(of)
      return {
        ...rpc,
        request(method, params, schema) {
          asked.push(method)
          return rpc.request(method, params, schema)
        },
      }
    },
  }
  const venues = parseLocalVenues(manifest)
  if (!venues) throw new Error('The local chain has no venues')
  const known = venues.balancer?.pools[0]
  if (!venues.balancer || !known) throw new Error('The local chain has no Balancer pool')
  const balancer = balancerCandidate(venues.balancer, known)
  const reader = createPoolReader(counting)
  return {
    asked,
    balancer,
    close: () => network.close(),
    async read(...symbols: string[]) {
      const block = await reader.readBlock(chainId)
      const tokens = symbols.map((symbol) => (symbol === 'ETH' ? zeroAddress : local.token(symbol)))
      return reader.readPools({ chainId, venues, tokens, block, reach: 0 })
    },
  }
}

const send = (call: { to: Address; data: `0x${string}`; value?: bigint }) =>
  sendAs(local.rpc, trader, { ...call, mine: false })
const approve = async (symbol: string, spender: string) =>
  send({
    to: local.token(symbol),
    data: encodeFunctionData({
      abi: erc20Abi,
      functionName: 'approve',
      args: [local.contract(spender), maxUint256],
    }),
  })

function expectSame(ours: readonly KeyedPool[], fresh: readonly KeyedPool[]): void {
  expect(ours.map(({ pool }) => pool.id).sort()).toEqual(fresh.map(({ pool }) => pool.id).sort())
  for (const pool of fresh) {
    const own = ours.find((other) => other.pool.id === pool.pool.id)
    if (own && /^(uniswap|balancer)/.test(pool.source?.kind ?? '')) {
      expect(isSameState(own, pool), `${pool.key.venue} ${pool.pool.id}`).toBe(true)
    }
  }
}

const positionAbi = parseAbi([
  'struct MintParams { address token0; address token1; uint24 fee; int24 tickLower; int24 tickUpper; uint256 amount0Desired; uint256 amount1Desired; uint256 amount0Min; uint256 amount1Min; address recipient; uint256 deadline; }',
  'function mint(MintParams params) payable returns (uint256 tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)',
])

test('what events leave is what the contracts hold, over swaps and new positions of every kind', async () => {
  const followed = open()
  const fresh = open()
  try {
    await followed.read('ETH', 'UNI')
    await approve('UNI', 'uniswapV2Router02')
    await approve('UNI', 'uniswapV3SwapRouter02')
    await approve('UNI', 'uniswapV3PositionManager')
    await approve('USDC', 'uniswapV3PositionManager')
    const { manifest } = local.chain
    const swap = (kind: 'uniswapV2' | 'uniswapV3', to: string, amount: string) =>
      send(
        encodeSwap(manifest, {
          kind,
          tokenIn: local.token('UNI'),
          tokenOut: local.token(to),
          fee: 3000,
          amountIn: parseUnits(amount, 18),
          minimumOut: 0n,
          recipient: trader,
        }),
      )
    const v4 = manifest.pools.find(
      ({ kind, tokens }) =>
        kind === 'uniswapV4' && tokens.includes(zeroAddress) && tokens.includes(local.token('USDC')),
    )
    const v3 = (await followed.read('ETH', 'UNI')).find(
      ({ pool, key }) =>
        key.venue === 'uniswapV3' &&
        key.feePips === 3000 &&
        pool.tokens.includes(local.token('UNI').toLowerCase()) &&
        pool.tokens.includes(local.token('USDC').toLowerCase()),
    )
    if (v3?.source?.kind !== 'uniswapV3') throw new Error('No V3 pool of UNI and USDC')
    const [token0, token1] = v3.source.state.tokens as readonly [Address, Address]
    const middle = Math.floor(v3.source.state.tick / 60) * 60
    for (let round = 1; round <= 3; round += 1) {
      await swap('uniswapV2', 'WETH', String(40 * round))
      await swap('uniswapV3', 'USDC', String(300 * round))
      if (v4) {
        await send(
          encodeV4Swap(manifest, {
            pool: v4,
            tokenIn: zeroAddress,
            tokenOut: local.token('USDC'),
            amountIn: parseUnits('3', 18),
            minimumOut: 0n,
          }),
        )
      }
      await send({
        to: local.contract('uniswapV3PositionManager'),
        data: encodeFunctionData({
          abi: positionAbi,
          functionName: 'mint',
          args: [
            {
              token0,
              token1,
              fee: 3000,
              tickLower: middle - 600 * round - 60,
              tickUpper: middle + 600 * round,
              amount0Desired: parseUnits('500', 6) * 10n ** 12n,
              amount1Desired: parseUnits('500', 6) * 10n ** 12n,
              amount0Min: 0n,
              amount1Min: 0n,
              recipient: trader,
              deadline: maxUint256,
            },
          ],
        }),
      })
      expectSame(await followed.read('ETH', 'UNI'), await fresh.read('ETH', 'UNI'))
    }
  } finally {
    followed.close()
    fresh.close()
  }
})

test('asks in one multicall a round, and in the next block for little but the events', async () => {
  const { asked, read, close } = open()
  try {
    await read('ETH', 'UNI')
    const first = asked.splice(0)
    expect(first.length).toBeLessThanOrEqual(6)
    await local.rpc('evm_mine')
    await read('ETH', 'UNI')
    expect(asked.filter((method) => method === 'eth_getLogs').length).toBe(2)
    expect(asked.length).toBeLessThanOrEqual(7)
    asked.length = 0
    await read('ETH', 'UNI')
    // The same block again: nothing has to be asked of the pools.
    expect(asked.filter((method) => method !== 'eth_getBlockByNumber')).toEqual([])
  } finally {
    close()
  }
})

test('a pool that changed without telling is found out, and everything is read anew', async () => {
  const followed = open()
  const fresh = open()
  try {
    const pools = await followed.read('ETH', 'UNI')
    const v3 = pools.find(
      ({ pool, key }) => key.venue === 'uniswapV3' && pool.tokens.includes(local.token('UNI').toLowerCase()),
    )
    if (v3?.source?.kind !== 'uniswapV3') throw new Error('No V3 pool of UNI')
    const { state } = v3.source
    const boundary = state.ticks.find(({ tick }) => tick > state.tick + 120 && tick !== state.highEnd)
    if (!boundary) throw new Error('No boundary above the price')
    // ticks[boundary] of UniswapV3Pool: its net liquidity stands above the gross one.
    const slot = keccak256(encodeAbiParameters([{ type: 'int24' }, { type: 'uint256' }], [boundary.tick, 5n]))
    const net = BigInt.asUintN(128, boundary.liquidityNet + 1n)
    await local.rpc(
      'anvil_setStorageAt',
      v3.key.address,
      slot,
      pad(toHex((net << 128n) | (10n ** 12n)), { size: 32 }),
    )
    await approve('UNI', 'uniswapV3SwapRouter02')
    await send(
      encodeSwap(local.chain.manifest, {
        kind: 'uniswapV3',
        tokenIn: local.token('UNI'),
        tokenOut: local.token('USDC'),
        fee: v3.key.feePips,
        amountIn: parseUnits('1', 18),
        minimumOut: 0n,
        recipient: trader,
      }),
    )
    expectSame(await followed.read('ETH', 'UNI'), await fresh.read('ETH', 'UNI'))
  } finally {
    followed.close()
    fresh.close()
  }
})

test('blocks that were undone are forgotten with what happened in them', async () => {
  const followed = open()
  const fresh = open()
  try {
    await followed.read('ETH', 'UNI')
    const before = await local.rpc('evm_snapshot')
    await approve('UNI', 'uniswapV2Router02')
    await send(
      encodeSwap(local.chain.manifest, {
        kind: 'uniswapV2',
        tokenIn: local.token('UNI'),
        tokenOut: local.token('WETH'),
        fee: 3000,
        amountIn: parseUnits('500', 18),
        minimumOut: 0n,
        recipient: trader,
      }),
    )
    await followed.read('ETH', 'UNI')
    await local.rpc('evm_revert', before)
    for (let block = 0; block < 4; block += 1) await local.rpc('evm_mine')
    expectSame(await followed.read('ETH', 'UNI'), await fresh.read('ETH', 'UNI'))
  } finally {
    followed.close()
    fresh.close()
  }
})

const vaultAbi = parseAbi([
  'struct SingleSwap { bytes32 poolId; uint8 kind; address assetIn; address assetOut; uint256 amount; bytes userData; }',
  'struct Funds { address sender; bool fromInternalBalance; address recipient; bool toInternalBalance; }',
  'function swap(SingleSwap singleSwap, Funds funds, uint256 limit, uint256 deadline) payable returns (uint256)',
])

test("a swap of Balancer's vault moves the pool by its event alone", async () => {
  const followed = open()
  const fresh = open()
  const poolOf = (pools: readonly KeyedPool[]) => {
    const found = pools.find(({ key }) => key.venue === 'balancerStable')
    if (!found) throw new Error('No Balancer pool was read')
    return found
  }
  try {
    const before = poolOf(await followed.read('USDC', 'DAI'))
    await approve('USDC', 'balancerVault')
    const { balancer } = followed
    const funds = { sender: trader, fromInternalBalance: false, recipient: trader, toInternalBalance: false }
    const single = {
      poolId: balancer.id as `0x${string}`,
      kind: 0,
      assetIn: local.token('USDC'),
      assetOut: local.token('DAI'),
      amount: parseUnits('12345', 6),
      userData: '0x',
    } as const
    await send({
      to: local.contract('balancerVault'),
      data: encodeFunctionData({
        abi: vaultAbi,
        functionName: 'swap',
        args: [single, funds, 0n, maxUint256],
      }),
    })
    const after = poolOf(await fresh.read('USDC', 'DAI'))
    expect(isSameState(before, after)).toBe(false)
    const head = await local.rpc('eth_blockNumber')
    const logs = (await local.rpc('eth_getLogs', {
      fromBlock: head,
      toBlock: head,
      topics: [null, balancer.id],
    })) as { topics: `0x${string}`[]; data: `0x${string}` }[]
    const [event] = logs
    const moved = event && balancer.apply?.(before, event)
    expect(moved && isSameState(moved, after)).toBe(true)
    // What says less than a swap is not guessed at.
    expect(event && balancer.apply?.(before, { ...event, topics: event.topics.slice(0, 2) })).toBeUndefined()
    expectSame(await followed.read('USDC', 'DAI'), await fresh.read('USDC', 'DAI'))
  } finally {
    followed.close()
    fresh.close()
  }
})
