import { type Address, erc20Abi, getAddress, type Hash } from 'viem'
import type { AccountRole } from '../accounts.ts'
import type { PoolEntry } from '../manifest.ts'
import { type Actor, createActor } from './Actor.ts'
import type { Market } from './connectMarket.ts'
import { createRandom, type Random } from './createRandom.ts'
import { findMarketPools } from './findMarketPools.ts'
import { type Prices, priceOf, readPrices } from './readPrices.ts'
import { sumTransfers } from './sumTransfers.ts'
import { contractAddress, encodeSwap } from './swapCalls.ts'

export interface TradersReport {
  readonly trades: readonly Hash[]
}

// Log-normal sizes: mostly some hundred dollars, now and then tens of thousands.
const medianUsd = 800
const sigma = 1.4
const largestUsd = 60_000
const tradeChance = 0.5
const tolerancesBps = [10n, 50n, 50n, 100n, 300n]
const memory = 1000

/** Two people who trade at random, publicly and with careless tolerances, through the protocols' own routers. */
export function createTraders(): Actor<TradersReport> {
  const trades: Hash[] = []
  const traders = [createTrader('traderOne', 1, trades), createTrader('traderTwo', 2, trades)]
  return {
    async start(dependencies) {
      await Promise.all(traders.map((trader) => trader.start(dependencies)))
    },
    async stop() {
      await Promise.all(traders.map((trader) => trader.stop()))
    },
    async settled() {
      await Promise.all(traders.map((trader) => trader.settled()))
    },
    report: () => ({ trades: [...trades] }),
  }
}

function createTrader(role: AccountRole, personalSeed: number, trades: Hash[]): Actor<undefined> {
  return createActor(
    'traders',
    role,
    async (market, { manifest, seed }) => {
      const random = createRandom(seed ^ (personalSeed * 0x9e3779b9))
      const pools = findMarketPools(manifest, ['uniswapV2', 'uniswapV3'])
      const tokens = [...new Set(pools.flatMap((pool) => pool.tokens.map((token) => getAddress(token))))]
      await market.approve(tokens, contractAddress(manifest, 'uniswapV2Router02'))
      await market.approve(tokens, contractAddress(manifest, 'uniswapV3SwapRouter02'))
      return {
        async onBlock() {
          // Drawn before anything else, so that the sequence does not depend on what the market answers.
          const draw = drawTrade(random, pools)
          if (draw === undefined) return
          const hash = await trade(market, draw, await readPrices(market))
          if (hash === undefined) return
          trades.push(hash)
          if (trades.length > memory) trades.shift()
        },
      }
    },
    () => undefined,
  )
}

interface Draw {
  readonly pool: PoolEntry & { readonly kind: 'uniswapV2' | 'uniswapV3' }
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly usdE8: bigint
  readonly toleranceBps: bigint
}

function drawTrade(random: Random, pools: readonly Draw['pool'][]): Draw | undefined {
  const trades = random.next() < tradeChance
  const pool = random.pick(pools)
  const sellsFirst = random.next() < 0.5
  const usd = Math.min(largestUsd, medianUsd * Math.exp(sigma * random.normal()))
  const toleranceBps = random.pick(tolerancesBps)
  const [first, second] = pool.tokens
  if (!trades || first === undefined || second === undefined) return undefined
  return {
    pool,
    tokenIn: getAddress(sellsFirst ? first : second),
    tokenOut: getAddress(sellsFirst ? second : first),
    usdE8: BigInt(Math.round(usd * 1e8)),
    toleranceBps,
  }
}

async function trade(market: Market, draw: Draw, prices: Prices): Promise<Hash | undefined> {
  const { pool, tokenIn, tokenOut, usdE8, toleranceBps } = draw
  const priced = priceOf(market.manifest, prices, tokenIn)
  if (priced === undefined) return undefined
  const amountIn = (usdE8 * 10n ** BigInt(priced.decimals)) / priced.usdE8
  const balance = await market.client.readContract({
    address: tokenIn,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [market.address],
  })
  if (amountIn === 0n || amountIn > balance) return undefined
  const swap = {
    kind: pool.kind,
    tokenIn,
    tokenOut,
    fee: pool.fee ?? 3000,
    amountIn,
    recipient: market.address,
  }
  const [trial] = await market.attempt([
    { from: market.address, ...encodeSwap(market.manifest, { ...swap, minimumOut: 0n }) },
  ])
  const quoted = trial?.succeeded ? (sumTransfers(trial.logs, market.address).get(tokenOut) ?? 0n) : 0n
  if (trial === undefined || quoted <= 0n) return undefined
  const minimumOut = (quoted * (10_000n - toleranceBps)) / 10_000n
  const [nonce, fees] = await Promise.all([market.readNonce(), market.readFees()])
  const raw = await market.sign({
    ...encodeSwap(market.manifest, { ...swap, minimumOut }),
    nonce,
    gas: (trial.gasUsed * 3n) / 2n + 50_000n,
    maxFeePerGas: fees.maxFeePerGas,
    maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
  })
  return market.request<Hash>('eth_sendRawTransaction', [raw])
}
