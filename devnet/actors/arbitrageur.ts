import { type Address, BaseError, erc20Abi, getAddress, type Hash, numberToHex, zeroAddress } from 'viem'
import { type Actor, createActor } from './Actor.ts'
import { approveThroughPermit2 } from './approveThroughPermit2.ts'
import type { Market, TrialResult } from './connectMarket.ts'
import { encodeV4Swap } from './encodeV4Swap.ts'
import { type Correction, findCorrections, type MarketPool } from './findCorrections.ts'
import { findMarketPools } from './findMarketPools.ts'
import { type Prices, priceOf, readPrices } from './readPrices.ts'
import { sumTransfers } from './sumTransfers.ts'
import { contractAddress, encodeSwap } from './swapCalls.ts'

export interface ArbitrageurReport {
  readonly trades: readonly Hash[]
  /** The newest block after which he has looked at all pools. */
  readonly checkedBlock: bigint
}

interface TriedCorrection {
  readonly correction: Correction
  readonly trial: TrialResult
  /** In USD before gas, in units of 1e-8. */
  readonly gainE8: bigint
}

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
      const pools = findMarketPools(manifest, ['uniswapV2', 'uniswapV3', 'uniswapV4'])
      const tokens = collectTokens(pools)
      const tokensOf = (kind: MarketPool['kind']) => collectTokens(pools.filter((pool) => pool.kind === kind))
      await market.approve(tokensOf('uniswapV2'), contractAddress(manifest, 'uniswapV2Router02'))
      await market.approve(tokensOf('uniswapV3'), contractAddress(manifest, 'uniswapV3SwapRouter02'))
      const universalRouter = contractAddress(manifest, 'universalRouter')
      await approveThroughPermit2(market, tokensOf('uniswapV4'), universalRouter)

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
            const tried = await tryCorrection(market, correction, prices)
            if (tried === undefined) continue
            const gas = (tried.trial.gasUsed * 3n) / 2n + 50_000n
            const etherPrice = priceOf(manifest, prices, zeroAddress)?.usdE8
            if (etherPrice === undefined) return
            if (tried.gainE8 <= (gas * fees.maxFeePerGas * etherPrice) / 10n ** 18n) continue
            const out = sumTransfers(tried.trial.logs, market.address).get(correction.tokenOut) ?? 0n
            const raw = await market.sign({
              ...encodeCorrection(market, tried.correction, (out * 999n) / 1000n),
              nonce,
              gas,
              maxFeePerGas: fees.maxFeePerGas,
              maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
            })
            const hash = await sendForNextBlock(market, raw, newest)
            if (hash === undefined) return
            trades.push(hash)
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

function collectTokens(pools: readonly MarketPool[]): Address[] {
  const tokens = pools.flatMap((pool) => pool.tokens.map((token) => getAddress(token)))
  return [...new Set(tokens)].filter((token) => token !== zeroAddress)
}

/** Undefined when a block has come meanwhile: what was computed for an older one is worth nothing. */
async function sendForNextBlock(market: Market, raw: Hash, newest: bigint): Promise<Hash | undefined> {
  try {
    return await market.request<Hash>('eth_sendPrivateTransaction', [
      { tx: raw, maxBlockNumber: numberToHex(newest + 1n) },
    ])
  } catch (error) {
    if (error instanceof BaseError && error.details.includes('has passed')) return undefined
    throw error
  }
}

async function readBalances(market: Market, tokens: readonly Address[]): Promise<Map<Address, bigint>> {
  const [ether, balances] = await Promise.all([
    market.client.getBalance({ address: market.address }),
    market.client.multicall({
      allowFailure: false,
      contracts: tokens.map((address) => ({
        address,
        abi: erc20Abi,
        functionName: 'balanceOf' as const,
        args: [market.address] as const,
      })),
    }),
  ])
  return new Map([
    [zeroAddress, ether] as const,
    ...tokens.map((token, index) => [token, balances[index] ?? 0n] as const),
  ])
}

/** Runs a correction on trial; where the amount is only an estimate, smaller ones as well, and the best is returned. */
async function tryCorrection(
  market: Market,
  correction: Correction,
  prices: Prices,
): Promise<TriedCorrection | undefined> {
  const divisors = correction.pool.kind === 'uniswapV4' ? [1n, 2n, 4n] : [1n]
  let best: TriedCorrection | undefined
  for (const divisor of divisors) {
    const smaller = { ...correction, amountIn: correction.amountIn / divisor }
    const [trial] = await market.attempt([{ from: market.address, ...encodeCorrection(market, smaller, 0n) }])
    if (trial === undefined || !trial.succeeded) continue
    const gainE8 = computeGainE8(market, prices, trial)
    if (best === undefined || gainE8 > best.gainE8) best = { correction: smaller, trial, gainE8 }
  }
  return best
}

function encodeCorrection(market: Market, { pool, ...swap }: Correction, minimumOut: bigint) {
  if (pool.kind === 'uniswapV4') return encodeV4Swap(market.manifest, { ...swap, pool, minimumOut })
  return encodeSwap(market.manifest, {
    ...swap,
    kind: pool.kind,
    fee: pool.fee ?? 3000,
    minimumOut,
    recipient: market.address,
  })
}

function computeGainE8({ manifest, address }: Market, prices: Prices, trial: TrialResult): bigint {
  let gainE8 = 0n
  for (const [token, change] of sumTransfers(trial.logs, address)) {
    const priced = priceOf(manifest, prices, token)
    if (priced !== undefined) gainE8 += (change * priced.usdE8) / 10n ** BigInt(priced.decimals)
  }
  return gainE8
}
