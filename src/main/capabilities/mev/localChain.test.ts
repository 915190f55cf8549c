import {
  type Address,
  createPublicClient,
  encodeFunctionData,
  erc20Abi,
  getAddress,
  type Hash,
  type Hex,
  http,
  isAddressEqual,
  maxUint256,
  numberToHex,
  parseAbi,
  parseAbiItem,
  parseEther,
  parseGwei,
  zeroAddress,
} from 'viem'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { encodeV4Swap } from '../../../../devnet/actors/encodeV4Swap.ts'
import { v2PairAbi, v2RouterAbi, v3PoolAbi } from '../../../../devnet/actors/protocolAbis.ts'
import { contractAddress, encodeSwap } from '../../../../devnet/actors/swapCalls.ts'
import { type Devnet, startDevnet } from '../../../../devnet/builder/startDevnet.ts'
import { accountOf, createRpc } from '../../../../devnet/index.ts'
import { createUniswapV2Pool, createUniswapV3Pool, type Pool } from '../router/index.ts'
import {
  assessSandwich,
  type BlockLog,
  type BlockTransaction,
  chooseTolerance,
  decodeSwapLogs,
  type ExposedLeg,
  type ExposedSale,
  findSandwiches,
  limitAtTolerance,
  measureLoss,
  swapTopics,
} from './index.ts'

const victim = accountOf('practice')
const v3TicksAbi = parseAbi([
  'function ticks(int24) view returns (uint128, int128 liquidityNet, uint256, uint256, int56, uint160, uint32, bool)',
])
const v3Mint = parseAbiItem(
  'event Mint(address sender, address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)',
)
const spacings: Record<number, number> = { 100: 1, 500: 10, 3000: 60, 10000: 200 }

interface Target {
  readonly kind: 'uniswapV2' | 'uniswapV3'
  /** Symbols, in the trade's direction. */
  readonly path: readonly string[]
  readonly fee: number
  readonly amountIn: bigint
}

// Large trades in shallow pools: what a tolerance really costs.
const targets: readonly Target[] = [
  { kind: 'uniswapV2', path: ['DAI', 'WETH', 'USDC'], fee: 3000, amountIn: parseEther('90000') },
  { kind: 'uniswapV2', path: ['WETH', 'DAI'], fee: 3000, amountIn: parseEther('20') },
  { kind: 'uniswapV2', path: ['USDC', 'WETH'], fee: 3000, amountIn: 300_000n * 10n ** 6n },
  { kind: 'uniswapV2', path: ['WETH', 'LINK'], fee: 3000, amountIn: parseEther('12') },
  { kind: 'uniswapV2', path: ['UNI', 'WETH'], fee: 3000, amountIn: parseEther('4000') },
  { kind: 'uniswapV3', path: ['WETH', 'USDC'], fee: 10_000, amountIn: parseEther('25') },
  { kind: 'uniswapV3', path: ['USDC', 'WETH'], fee: 3000, amountIn: 900_000n * 10n ** 6n },
  { kind: 'uniswapV3', path: ['AAVE', 'WETH'], fee: 3000, amountIn: parseEther('600') },
  { kind: 'uniswapV3', path: ['WBTC', 'USDC'], fee: 3000, amountIn: 5n * 10n ** 8n },
  { kind: 'uniswapV3', path: ['USDC', 'UNI'], fee: 3000, amountIn: 60_000n * 10n ** 6n },
]
const naiveTolerancesE6 = [5_000, 10_000, 30_000]

let devnet: Devnet
let client: ReturnType<typeof createPublicClient>

beforeAll(async () => {
  devnet = await startDevnet({ blockTimeMs: 0 })
  client = createPublicClient({ transport: http(devnet.rpcUrl), cacheTime: 0 })
  for (const target of targets) {
    const router = target.kind === 'uniswapV2' ? 'uniswapV2Router02' : 'uniswapV3SwapRouter02'
    const [symbol] = target.path
    const spender = contractAddress(devnet.manifest, router)
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, maxUint256] })
    await send({ to: token(symbol), data })
  }
  // With capital in every token he can attack every leg, as whoever borrows for a block can.
  const rpc = createRpc(devnet.chain.rpcUrl)
  for (const { path, amountIn } of targets) {
    const capital = numberToHex(amountIn * 100n)
    await rpc('anvil_dealERC20', accountOf('attacker').address, token(path[0]), capital)
  }
  await devnet.actors.start('attacker')
  await mine()
})

afterAll(() => devnet?.stop())

const request = <Result>(method: string, params: readonly unknown[] = []) =>
  client.request({ method, params } as never) as Promise<Result>
const mine = async () => (await request<{ transactions: Hash[] }>('minato_mine')).transactions

function token(symbol: string | undefined): Address {
  const entry = devnet.manifest.tokenList.tokens.find((listed) => listed.symbol === symbol)
  if (entry === undefined) throw new Error(`no token ${symbol}`)
  return entry.address
}

async function send(call: { to: Address; data: Hex; value?: bigint }): Promise<Hash> {
  const nonce = await client.getTransactionCount({ address: victim.address, blockTag: 'pending' })
  const serializedTransaction = await victim.signTransaction({
    type: 'eip1559',
    chainId: 31337,
    nonce,
    gas: 600_000n,
    maxFeePerGas: parseGwei('30'),
    maxPriorityFeePerGas: parseGwei('2'),
    ...call,
  })
  return client.sendRawTransaction({ serializedTransaction })
}

async function readPool(kind: Target['kind'], a: Address, b: Address, fee: number): Promise<Pool> {
  const entry = devnet.manifest.pools.find(
    (pool) =>
      pool.kind === kind &&
      pool.fee === fee &&
      [a, b].every((one) => pool.tokens.some((other) => isAddressEqual(one, other))),
  )
  const [token0, token1] = entry?.tokens ?? []
  const address = entry?.address
  if (address === undefined || token0 === undefined || token1 === undefined) throw new Error('no such pool')
  const identity = {
    id: address.toLowerCase(),
    venue: kind,
    tokens: [getAddress(token0), getAddress(token1)] as const,
  }
  if (kind === 'uniswapV2') {
    const [reserve0, reserve1] = await client.readContract({
      address,
      abi: v2PairAbi,
      functionName: 'getReserves',
    })
    return createUniswapV2Pool({ ...identity, reserves: [reserve0, reserve1] })
  }
  const [slot0, liquidity, mints] = await Promise.all([
    client.readContract({ address, abi: v3PoolAbi, functionName: 'slot0' }),
    client.readContract({ address, abi: v3PoolAbi, functionName: 'liquidity' }),
    client.getLogs({ address, event: v3Mint, fromBlock: 0n, strict: true }),
  ])
  const boundaries = new Set(mints.flatMap(({ args }) => [args.tickLower, args.tickUpper]))
  const ticks = await Promise.all(
    [...boundaries]
      .sort((x, y) => x - y)
      .map(async (tick) => {
        const [, liquidityNet] = await client.readContract({
          address,
          abi: v3TicksAbi,
          functionName: 'ticks',
          args: [tick],
        })
        return { tick, liquidityNet }
      }),
  )
  return createUniswapV3Pool({
    ...identity,
    feePips: fee,
    tickSpacing: spacings[fee] ?? 60,
    sqrtPriceX96: slot0[0],
    tick: slot0[1],
    liquidity,
    ticks: ticks.filter(({ liquidityNet }) => liquidityNet !== 0n),
  })
}

async function quote({ kind, path, fee, amountIn }: Target): Promise<ExposedSale> {
  const tokens = path.map(token)
  const legs: ExposedLeg[] = []
  let amount = amountIn
  for (const [at, tokenOut] of tokens.slice(1).entries()) {
    const tokenIn = tokens[at] as Address
    const pool = await readPool(kind, tokenIn, tokenOut, fee)
    const { amountOut } = pool.quoteExactIn(
      pool.tokens.indexOf(tokenIn),
      pool.tokens.indexOf(tokenOut),
      amount,
    )
    legs.push({ pool, tokenIn, tokenOut, amountIn: amount, amountOut })
    amount = amountOut
  }
  const [tokenIn, tokenOut] = [tokens[0] as Address, tokens.at(-1) as Address]
  return { mode: 'exactIn', tokenIn, tokenOut, amountIn, amountOut: amount, legs }
}

/** What a unit of gas costs in the token sold, by the market's own prices. */
async function readCostPerGas(tokenIn: Address) {
  const { baseFeePerGas } = await client.getBlock({ blockTag: 'pending' })
  const weth = token('WETH')
  if (isAddressEqual(tokenIn, weth)) return { numerator: baseFeePerGas ?? 0n, denominator: 1n }
  const viaUsdc = isAddressEqual(tokenIn, token('DAI'))
  const pool = viaUsdc
    ? await readPool('uniswapV2', tokenIn, weth, 3000)
    : await readPool('uniswapV3', tokenIn, token('USDC'), 3000).catch(() =>
        readPool('uniswapV3', tokenIn, weth, 3000),
      )
  const other = pool.tokens.find((candidate) => candidate !== tokenIn) ?? weth
  const wei = 10n ** 15n
  let amount = wei
  if (!isAddressEqual(getAddress(other), weth)) {
    const bridge = await readPool('uniswapV3', weth, getAddress(other), 500)
    amount = bridge.quoteExactIn(bridge.tokens.indexOf(weth), bridge.tokens.indexOf(other), wei).amountOut
  }
  const priced = pool.quoteExactIn(pool.tokens.indexOf(other), pool.tokens.indexOf(tokenIn), amount).amountOut
  return { numerator: priced * (baseFeePerGas ?? 0n), denominator: wei }
}

async function trade(target: Target, minimumOut: bigint): Promise<{ hash: Hash; transactions: Hash[] }> {
  const [symbol] = target.path
  const rpc = createRpc(devnet.chain.rpcUrl)
  await rpc('anvil_dealERC20', victim.address, token(symbol), numberToHex(target.amountIn))
  const tokens = target.path.map(token)
  const [tokenIn, tokenOut] = [tokens[0] as Address, tokens.at(-1) as Address]
  const { kind, fee, amountIn } = target
  const call =
    tokens.length === 2
      ? encodeSwap(devnet.manifest, {
          kind,
          tokenIn,
          tokenOut,
          fee,
          amountIn,
          minimumOut,
          recipient: victim.address,
        })
      : {
          to: contractAddress(devnet.manifest, 'uniswapV2Router02'),
          data: encodeFunctionData({
            abi: v2RouterAbi,
            functionName: 'swapExactTokensForTokens',
            args: [amountIn, minimumOut, tokens, victim.address, maxUint256],
          }),
        }
  const hash = await send(call)
  const { attacker } = devnet.actors
  await vi.waitFor(() => expect(attacker.report().examined).toContain(hash), { timeout: 30_000 })
  return { hash, transactions: await mine() }
}

async function readSwaps(blockNumber: bigint) {
  const { transactions } = await client.getBlock({ blockNumber, includeTransactions: true })
  const logs = await client.getLogs({ fromBlock: blockNumber, toBlock: blockNumber })
  const relevant = logs.filter(
    ({ topics }) => topics[0] !== undefined && (swapTopics as readonly string[]).includes(topics[0]),
  )
  return decodeSwapLogs(
    relevant as unknown as BlockLog[],
    transactions.map(({ hash, from, to }) => ({
      hash,
      from,
      to: to ?? undefined,
    })) as unknown as BlockTransaction[],
  )
}

const name = ({ kind, path, fee }: Target) => `${kind} ${path.join(' > ')} ${fee / 10_000}%`

describe('against the attacker of the local chain', () => {
  test.each(targets.map((target) => [name(target), target] as const))(
    'foretells within 0.1% what he takes from a naive public trade: %s',
    async (_name, target) => {
      for (const toleranceE6 of naiveTolerancesE6) {
        const quoted = await quote(target)
        const limit = limitAtTolerance(quoted, toleranceE6)
        const { attack } = assessSandwich(quoted, limit, undefined)
        const before = devnet.actors.attacker.report().sandwiches.length
        const { hash, transactions } = await trade(target, limit)
        expect(transactions).toHaveLength(3)
        await vi.waitFor(() => expect(devnet.actors.attacker.report().sandwiches).toHaveLength(before + 1), {
          timeout: 30_000,
        })
        const record = devnet.actors.attacker.report().sandwiches.at(-1)
        const struck = attack?.pools.find(({ leg }) => leg.tokenIn === record?.token)
        const predicted = (struck?.backRunOut ?? 0n) - (struck?.frontRunIn ?? 0n)
        const taken = record?.profit ?? 0n
        const difference = taken > predicted ? taken - predicted : predicted - taken
        expect(difference * 1000n, `he took ${taken}, foretold ${predicted}`).toBeLessThanOrEqual(predicted)

        // The gas that he is taken to need is no more than he really needs.
        const withGas = assessSandwich(quoted, limit, { numerator: 1n, denominator: 1n }).attack
        const block = await client.getBlock({ blockNumber: record?.blockNumber ?? 0n })
        expect(withGas?.gasCost ?? 0n).toBeLessThan((record?.gasCost ?? 0n) / (block.baseFeePerGas ?? 1n))

        // And afterwards the detector says so, and what it cost.
        const swaps = await readSwaps(record?.blockNumber ?? 0n)
        const routers = ['uniswapV2Router02', 'uniswapV3SwapRouter02', 'universalRouter'].map((router) =>
          contractAddress(devnet.manifest, router),
        )
        const [found] = findSandwiches(hash, swaps, routers)
        expect(found?.evidence).toBe('sameSender')
        expect(found?.attackerProfit).toBe(taken)
        const leg = quoted.legs.find(({ pool }) => pool.id === found?.poolId)
        if (found === undefined || leg === undefined) throw new Error('the sandwich was not found')
        const loss = measureLoss(found, leg.pool, swaps)
        expect(loss?.fairOut).toBe(leg.amountOut)
        expect(loss?.loss).toBeGreaterThan(0n)
      }
    },
    120_000,
  )

  test.each(targets.map((target) => [name(target), target] as const))(
    'gains nothing from the same trade at the automatic tolerance, which goes through: %s',
    async (_name, target) => {
      const quoted = await quote(target)
      const chosen = chooseTolerance({
        trade: quoted,
        costPerGas: await readCostPerGas(quoted.tokenIn as Address),
        volatility: { perRootSecond: 1.5e-4, returns: 100 },
        inclusion: { firstMs: 2_000, blockTimeMs: 2_000, chancePerBlock: 1 },
        visibility: 'public',
      })
      expect(chosen.kind).toBe('conflict')
      const before = devnet.actors.attacker.report()
      const { hash, transactions } = await trade(target, limitAtTolerance(quoted, chosen.toleranceBps * 100))
      expect(transactions).toEqual([hash])
      expect((await client.getTransactionReceipt({ hash })).status).toBe('success')
      const after = devnet.actors.attacker.report()
      expect(after.submitted).toEqual(before.submitted)
      expect(after.sandwiches).toHaveLength(before.sandwiches.length)
    },
    60_000,
  )

  test('reads the swaps of V2, V3 and V4 as the chain made them', async () => {
    const pool = devnet.manifest.pools.find(
      ({ kind, tokens }) =>
        kind === 'uniswapV4' &&
        tokens.includes(zeroAddress) &&
        tokens.some((t) => isAddressEqual(t, token('USDC'))),
    )
    if (pool === undefined) throw new Error('no V4 pool')
    const amountIn = parseEther('1')
    const usdc = token('USDC')
    const balance = () =>
      client.readContract({ address: usdc, abi: erc20Abi, functionName: 'balanceOf', args: [victim.address] })
    const before = await balance()
    // Nobody may trade around what takes any price.
    await devnet.actors.stop('attacker')
    const hash = await send(
      encodeV4Swap(devnet.manifest, { pool, tokenIn: zeroAddress, tokenOut: usdc, amountIn, minimumOut: 0n }),
    )
    await mine()
    const { blockNumber } = await client.getTransactionReceipt({ hash })
    const swaps = await readSwaps(blockNumber)
    expect(swaps).toHaveLength(1)
    expect(swaps[0]).toMatchObject({
      venue: 'uniswapV4',
      poolId: pool.poolId?.toLowerCase(),
      assetIn: '0',
      assetOut: '1',
      amountIn,
      amountOut: (await balance()) - before,
      transactionHash: hash,
    })
  })
})
