import { type Address, erc20Abi, getAddress, type Hash, numberToHex } from 'viem'
import type { PoolEntry } from '../manifest.ts'
import { type Actor, createActor } from './Actor.ts'
import type { Market, TrialResult } from './connectMarket.ts'
import { findMarketPools } from './findMarketPools.ts'
import { v2PairAbi, v3PoolAbi } from './protocolAbis.ts'
import { type Prices, readPrices } from './readPrices.ts'
import { squareRoot } from './squareRoot.ts'
import { sumTransfers } from './sumTransfers.ts'
import { contractAddress, encodeSwap } from './swapCalls.ts'

export interface ArbitrageurReport {
  readonly trades: readonly Hash[]
  /** The newest block after which he has looked at all pools. */
  readonly checkedBlock: bigint
}

type MarketPool = PoolEntry & { readonly kind: 'uniswapV2' | 'uniswapV3' }

interface Correction {
  readonly pool: MarketPool
  readonly tokenIn: Address
  readonly tokenOut: Address
  readonly amountIn: bigint
  readonly sqrtPriceLimitX96?: bigint
}

const wholePips = 1_000_000n
const memory = 1000

/**
 * Brings every pool back to the price feeds as far as it pays after the pool's fee and gas. He trades privately, for one
 * block at a time: what would not pay at its place in the block is not included.
 */
export function createArbitrageur(): Actor<ArbitrageurReport> {
  const trades: Hash[] = []
  let checkedBlock = 0n
  return createActor(
    'arbitrageur',
    'arbitrageur',
    async (market, { manifest }) => {
      const pools = findMarketPools(manifest, ['uniswapV2', 'uniswapV3'])
      const tokens = [...new Set(pools.flatMap((pool) => pool.tokens.map((token) => getAddress(token))))]
      await market.approve(tokens, contractAddress(manifest, 'uniswapV2Router02'))
      await market.approve(tokens, contractAddress(manifest, 'uniswapV3SwapRouter02'))
      return {
        async onBlock() {
          const newest = await market.client.getBlockNumber()
          // A block may be announced after its trades were already sent on the strength of an earlier announcement.
          if (newest === checkedBlock) return
          const [prices, balances] = await Promise.all([readPrices(market), readBalances(market, tokens)])
          const corrections = await findCorrections(market, pools, prices, balances)
          const fees = await market.readFees()
          let nonce = await market.readNonce()
          for (const correction of corrections) {
            const trial = await attemptCorrection(market, correction)
            const gas = (trial.gasUsed * 3n) / 2n + 50_000n
            const paid = worthE8(market, prices, trial) > gasWorthE8(market, prices, gas * fees.maxFeePerGas)
            if (!trial.succeeded || !paid) continue
            const out = sumTransfers(trial.logs, market.address).get(correction.tokenOut) ?? 0n
            const raw = await market.sign({
              ...encodeCorrection(market, correction, (out * 999n) / 1000n),
              nonce,
              gas,
              maxFeePerGas: fees.maxFeePerGas,
              maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
            })
            // What was computed for an older block is worth nothing; the next announcement is on its way.
            if ((await market.client.getBlockNumber()) !== newest) return
            const order = { tx: raw, maxBlockNumber: numberToHex(newest + 1n) }
            trades.push(await market.request<Hash>('eth_sendPrivateTransaction', [order]))
            if (trades.length > memory) trades.shift()
            nonce += 1
          }
          checkedBlock = newest
        },
      }
    },
    () => ({ trades: [...trades], checkedBlock }),
  )
}

async function readBalances(market: Market, tokens: readonly Address[]): Promise<Map<Address, bigint>> {
  const balances = await market.client.multicall({
    allowFailure: false,
    contracts: tokens.map((address) => ({
      address,
      abi: erc20Abi,
      functionName: 'balanceOf' as const,
      args: [market.address] as const,
    })),
  })
  return new Map(tokens.map((token, index) => [token, balances[index] ?? 0n]))
}

/** For each pool that is off its price by more than its fee, the trade that moves it to the edge of the fee. */
async function findCorrections(
  market: Market,
  pools: readonly MarketPool[],
  prices: Prices,
  balances: ReadonlyMap<Address, bigint>,
): Promise<Correction[]> {
  const corrections = await Promise.all(
    pools.map(async (pool): Promise<Correction[]> => {
      const [token0, token1] = pool.tokens.map((token) => getAddress(token))
      if (pool.address === undefined || token0 === undefined || token1 === undefined) return []
      const fair = computeFairPriceX192(market, prices, token0, token1)
      const keptPips = wholePips - BigInt(pool.fee ?? 3000)
      if (fair === undefined) return []
      // Selling token0 pays down to fair / (1 - fee), buying it up to fair * (1 - fee).
      const sellLimit = (fair * wholePips) / keptPips
      const buyLimit = (fair * keptPips) / wholePips
      const correct = (sellsToken0: boolean, amountIn: bigint, sqrtPriceLimitX96?: bigint): Correction[] => {
        const [tokenIn, tokenOut] = sellsToken0 ? [token0, token1] : [token1, token0]
        const most = (balances.get(tokenIn) ?? 0n) / 2n
        const amount = amountIn < most ? amountIn : most
        if (amount === 0n) return []
        return [
          {
            pool,
            tokenIn,
            tokenOut,
            amountIn: amount,
            ...(sqrtPriceLimitX96 === undefined ? {} : { sqrtPriceLimitX96 }),
          },
        ]
      }
      if (pool.kind === 'uniswapV3') {
        const [sqrtPrice] = await market.client.readContract({
          address: pool.address,
          abi: v3PoolAbi,
          functionName: 'slot0',
        })
        const price = sqrtPrice * sqrtPrice
        const unlimited = 1n << 255n
        if (price > sellLimit) return correct(true, unlimited, squareRoot(sellLimit))
        if (price < buyLimit) return correct(false, unlimited, squareRoot(buyLimit))
        return []
      }
      const [reserve0, reserve1] = await market.client.readContract({
        address: pool.address,
        abi: v2PairAbi,
        functionName: 'getReserves',
      })
      const product = reserve0 * reserve1
      // The input after which the marginal price, fee included, is fair: (sqrt(kept * x * y / price) - x) / kept.
      const target0 = squareRoot((((product * keptPips) / wholePips) << 192n) / fair)
      const target1 = squareRoot((((product * keptPips) / wholePips) * fair) >> 192n)
      if (target0 > reserve0) return correct(true, ((target0 - reserve0) * wholePips) / keptPips)
      if (target1 > reserve1) return correct(false, ((target1 - reserve1) * wholePips) / keptPips)
      return []
    }),
  )
  return corrections.flat()
}

/** Units of token1 that a unit of token0 is worth by the feeds, times 2^192. */
function computeFairPriceX192(
  { manifest }: Market,
  prices: Prices,
  token0: Address,
  token1: Address,
): bigint | undefined {
  const decimalsOf = (token: Address) =>
    manifest.tokenList.tokens.find(({ address }) => address === token)?.decimals
  const [price0, price1, decimals0, decimals1] = [
    prices.get(token0),
    prices.get(token1),
    decimalsOf(token0),
    decimalsOf(token1),
  ]
  if (price0 === undefined || price1 === undefined || decimals0 === undefined || decimals1 === undefined) {
    return undefined
  }
  return ((price0 * 10n ** BigInt(decimals1)) << 192n) / (price1 * 10n ** BigInt(decimals0))
}

async function attemptCorrection(market: Market, correction: Correction): Promise<TrialResult> {
  const call = encodeCorrection(market, correction, 0n)
  const [trial] = await market.attempt([{ from: market.address, ...call }])
  if (trial === undefined) throw new Error('the trial has no result')
  return trial
}

function encodeCorrection(market: Market, correction: Correction, minimumOut: bigint) {
  const { pool, ...swap } = correction
  return encodeSwap(market.manifest, {
    ...swap,
    kind: pool.kind,
    fee: pool.fee ?? 3000,
    minimumOut,
    recipient: market.address,
  })
}

function worthE8({ manifest, address }: Market, prices: Prices, trial: TrialResult): bigint {
  let worth = 0n
  for (const [token, change] of sumTransfers(trial.logs, address)) {
    const decimals = manifest.tokenList.tokens.find((entry) => entry.address === token)?.decimals
    const price = prices.get(token)
    if (decimals !== undefined && price !== undefined) worth += (change * price) / 10n ** BigInt(decimals)
  }
  return worth
}

function gasWorthE8({ manifest }: Market, prices: Prices, wei: bigint): bigint {
  const etherPrice = prices.get(contractAddress(manifest, 'weth'))
  if (etherPrice === undefined) throw new Error('ether has no price feed')
  return (wei * etherPrice) / 10n ** 18n
}
