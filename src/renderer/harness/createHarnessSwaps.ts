import type {
  Depth,
  SwapExposure,
  SwapLeg,
  SwapOffer,
  SwapQuote,
  SwapRequest,
  SwapVenue,
} from '../../shared/contract/swaps.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import type { Address } from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'
import { mulDivDown, mulDivUp } from '../../shared/money/mulDiv.ts'
import { parseUnits } from '../../shared/money/parseUnits.ts'
import { baseUnits, gasUnits, wei } from '../../shared/money/units.ts'
import { harnessTokens, practiceChainId } from './harnessTokens.ts'

export interface HarnessSwapOptions {
  /** The chain has no private relay. */
  readonly hasPublicOnly?: boolean
  /** How much less every further block gives, in hundredths of a percent. */
  readonly driftBps?: number
  readonly quoteDelayMs?: number
  /** What rounding to whole units leaves is worth an attack in public, without any tolerance. */
  readonly doesRoundingPay?: boolean
}

interface Surroundings {
  readonly nowMs: () => number
  readonly blockNumber: () => bigint
  readonly blockTimestampMs: () => number
  readonly held: (token: Token) => bigint
}

/** Hundredths of a cent for one whole token. */
const prices: Readonly<Record<string, bigint>> = {
  ETH: 29_900_000n,
  WETH: 29_900_000n,
  WBTC: 640_000_000n,
  USDC: 10_000n,
  USDT: 9_998n,
  DAI: 9_995n,
  EURC: 10_830n,
  JPYC: 66n,
  HKDR: 1_281n,
  XSGD: 7_430n,
}
const bps = 10_000n
const relayOperator = 'relay.localhost'
const spender = '0x000000000022D473030F116dDEE9F6B43aC78BA3' as Address
const poolAddress = (index: number): Address => `0x${(0xb0_0000 + index).toString(16).padStart(40, 'c')}`

interface PlannedLeg {
  readonly venue: SwapVenue
  readonly feePips: number
  readonly from: string
  readonly to: string
  readonly shareBps: number
}

/** Routes as a real search would find them: one pool for little, several for much. */
function planLegs(sell: string, buy: string, isLarge: boolean): PlannedLeg[] {
  const leg = (venue: SwapVenue, feePips: number, from: string, to: string, shareBps = 10_000) => ({
    venue,
    feePips,
    from,
    to,
    shareBps,
  })
  const isEther = (symbol: string) => symbol === 'ETH' || symbol === 'WETH'
  if (isEther(sell) && isEther(buy)) return [leg('weth', 0, sell, buy)]
  const isDollar = (symbol: string) => ['USDC', 'USDT', 'DAI'].includes(symbol)
  if (isDollar(sell) && isDollar(buy)) return [leg('balancerStable', 100, sell, buy)]
  if (isEther(sell) && buy === 'USDC') {
    if (!isLarge) return [leg(sell === 'ETH' ? 'uniswapV4' : 'uniswapV3', 500, sell, buy)]
    return [
      ...(sell === 'ETH' ? [leg('weth', 0, 'ETH', 'WETH')] : []),
      leg('uniswapV3', 500, 'WETH', 'USDC', 6_180),
      leg('uniswapV2', 3_000, 'WETH', 'USDC', 1_120),
      leg('uniswapV3', 3_000, 'WETH', 'DAI', 2_700),
      leg('curve', 100, 'DAI', 'USDC'),
    ]
  }
  if (!isEther(sell) && !isEther(buy) && sell !== 'USDC' && buy !== 'USDC') {
    return [leg('uniswapV3', 500, sell, 'USDC'), leg('uniswapV3', 500, 'USDC', buy)]
  }
  return [leg('uniswapV3', 3_000, sell, buy)]
}

/** Swaps in memory: fixed prices, depth that ends, everything that the screen can be told. */
export function createHarnessSwaps(options: HarnessSwapOptions, surroundings: Surroundings) {
  const quotes = new Map<string, SwapQuote>()
  const firstBlock = surroundings.blockNumber()
  let count = 0

  const whole = (token: Token) => 10n ** BigInt(token.decimals)
  const worth = (units: bigint, token: Token) => mulDivDown(units, prices[token.symbol] ?? 0n, whole(token))
  const convert = (units: bigint, from: Token, to: Token) =>
    mulDivDown(units * (prices[from.symbol] ?? 0n), whole(to), (prices[to.symbol] ?? 1n) * whole(from))
  /** What moving the price costs: one hundredth of a percent for every 4,000 dollars. */
  const impactBps = (value: bigint) => value / (4_000n * bps)
  const driftBps = () => BigInt(options.driftBps ?? 0) * (surroundings.blockNumber() - firstBlock)
  const tokenOf = (address: string) => {
    const token = harnessTokens.find(({ ref }) => ref.address.toLowerCase() === address.toLowerCase())
    if (!token) throw new AppError('token.unknown')
    return token
  }
  const bySymbol = (symbol: string) => harnessTokens.find((token) => token.symbol === symbol)

  function offer(request: SwapRequest): SwapOffer {
    const sell = tokenOf(request.sell)
    const buy = tokenOf(request.buy)
    const blockNumber = surroundings.blockNumber()
    const dollars = sell.symbol === 'TBILL' ? bySymbol('USDC') : undefined
    const redemption = dollars ? { redeemsFor: dollars } : undefined
    const none = (reason: Extract<SwapOffer, { status: 'noRoute' }>['reason'], token?: Token): SwapOffer => ({
      status: 'noRoute',
      reason,
      blockNumber,
      sell,
      buy,
      ...(token === undefined ? {} : { token }),
      ...redemption,
    })
    if (sell === buy) return none('sameToken')
    for (const token of [sell, buy]) {
      if (token.symbol === 'FREE') return none('tokenTakesFee', token)
      if (token.symbol === 'TBILL') return none('tokenRefusesTransfers', token)
      if (prices[token.symbol] === undefined) return none('noPool', token)
    }
    const held = surroundings.held(sell)
    const gasWei = 182_000n * 11_000_000_007n
    const isNative = sell.ref.address === 'native'
    const exactUnits =
      request.amount === 'max'
        ? baseUnits(isNative && held > 2n * gasWei ? held - 2n * gasWei : held)
        : parseUnits(request.amount, (request.exact === 'sell' ? sell : buy).decimals)
    if (exactUnits === 0n) throw new AppError('amount.zero')
    const value = worth(exactUnits, request.exact === 'sell' ? sell : buy)
    if (value === 0n) return none('amountTooSmall')
    if (value > 40_000_000n * bps) return none('noLiquidity')
    const isLarge = value > 9_000n * bps
    const legs = planLegs(sell.symbol, buy.symbol, isLarge)
    const excluded: readonly string[] = request.route?.excludedVenues ?? []
    if (legs.some(({ venue }) => excluded.includes(venue))) return none('noPool')
    const feeBps = BigInt(Math.max(...legs.map(({ feePips }) => feePips))) / 100n
    const keptBps = bps - feeBps - impactBps(value) - driftBps()
    const sellUnits =
      request.exact === 'sell' ? exactUnits : mulDivUp(convert(exactUnits, buy, sell), bps, keptBps)
    const buyUnits =
      request.exact === 'buy' ? exactUnits : mulDivDown(convert(exactUnits, sell, buy), keptBps, bps)
    if (sellUnits === 0n || buyUnits === 0n) return none('amountTooSmall')
    const isStable = sell.assetClass === 'stablecoin' && buy.assetClass === 'stablecoin'
    const safeBps = isLarge ? 12 : undefined
    const isPublic = request.channel === 'public'
    const volatilityBps = isStable ? 5 : 48
    const toleranceBps =
      request.slippage === 'auto'
        ? isPublic && safeBps !== undefined
          ? Math.min(safeBps, volatilityBps)
          : volatilityBps
        : request.slippage
    const tolerance = BigInt(toleranceBps)
    const userLoss =
      request.exact === 'sell' ? mulDivDown(buyUnits, tolerance, bps) : mulDivUp(sellUnits, tolerance, bps)
    const isAttackable = isLarge && toleranceBps > (safeBps ?? 0)
    const gas = convert(gasWei, tokenOf('native'), buy)
    const unitsAtMarket = convert(sellUnits, sell, buy)
    const impact = mulDivUp(unitsAtMarket, impactBps(value) + driftBps(), bps)
    const poolFees = mulDivUp(unitsAtMarket, feeBps, bps)
    const isShort = sellUnits > held
    count += 1
    const quote: SwapQuote = {
      status: 'quote',
      quoteId: `quote-${count}`,
      expiresAtMs: surroundings.nowMs() + 60_000,
      chainId: practiceChainId,
      accountId: request.accountId,
      blockNumber,
      blockTimestampMs: surroundings.blockTimestampMs(),
      exact: request.exact,
      sell,
      buy,
      sellUnits: baseUnits(sellUnits),
      buyUnits: baseUnits(buyUnits),
      maximumSold: baseUnits(
        request.exact === 'sell' ? sellUnits : sellUnits + mulDivUp(sellUnits, tolerance, bps),
      ),
      minimumBought: baseUnits(
        request.exact === 'buy' ? buyUnits : mulDivDown(buyUnits, bps - tolerance, bps),
      ),
      toleranceBps,
      toleranceFrom:
        request.slippage !== 'auto' ? 'user' : toleranceBps < volatilityBps ? 'safety' : 'volatility',
      legs: pourThrough(legs, sellUnits, buyUnits),
      ...(legs.length < 2
        ? {}
        : {
            bestSinglePool: {
              venue: 'uniswapV3',
              poolId: poolAddress(1),
              units: baseUnits(
                request.exact === 'sell'
                  ? mulDivDown(buyUnits, bps - 22n, bps)
                  : mulDivUp(sellUnits, bps + 22n, bps),
              ),
            },
          }),
      unitsAtMarket: baseUnits(unitsAtMarket),
      cost: {
        impact: baseUnits(impact),
        poolFees: baseUnits(poolFees),
        gas: baseUnits(gas),
        totalBps: Number(mulDivUp(impact + poolFees + gas, bps, unitsAtMarket)),
      },
      fee: {
        gasLimit: gasUnits(240_000n),
        maxFeePerGas: wei(20_000_000_000n),
        maxPriorityFeePerGas: wei(1_000_000_000n),
        expected: wei(gasWei),
        maximum: wei(240_000n * 20_000_000_000n),
      },
      steps: isNative
        ? ['swap']
        : sell.symbol === 'USDT'
          ? ['resetAllowance', 'approve', 'permit', 'swap']
          : ['approve', 'permit', 'swap'],
      ...(isNative ? {} : { spender: { address: spender, name: 'Uniswap' } }),
      sellBalance: baseUnits(held),
      ...(isShort ? { obstacle: 'sellBalance' } : {}),
      ...(isShort
        ? {}
        : {
            simulation: {
              blockNumber,
              gasUsed: gasUnits(182_000n),
              bought: baseUnits(buyUnits),
              sold: baseUnits(sellUnits),
              changes: [],
            },
          }),
      mev: {
        publicRisk: {
          attackerProfit: baseUnits(
            isAttackable
              ? mulDivDown(request.exact === 'sell' ? convert(userLoss, buy, sell) : userLoss, 7n, 10n)
              : 0n,
          ),
          userLoss: baseUnits(isAttackable ? userLoss : 0n),
          ...(safeBps === undefined ? { safeToleranceBps: 5_000 } : { safeToleranceBps: safeBps }),
        },
        tolerance: {
          basis: isStable ? 'assumed' : 'measured',
          observations: isStable ? 3 : 214,
          dailyBps: isStable ? 11 : 387,
          neededBps: volatilityBps,
          failureBps: Math.max(1, Math.round((100 * volatilityBps) / Math.max(1, toleranceBps))),
          ...(isPublic && safeBps !== undefined
            ? {
                conflict: {
                  safeBps,
                  suggestions: [
                    { kind: 'privateChannel', toleranceBps: volatilityBps },
                    { kind: 'splitOverTime', parts: 4 },
                    { kind: 'smallerSize', thousandths: 250 },
                    { kind: 'limitOrder' },
                  ],
                },
              }
            : {}),
        },
        channels: [
          ...(options.hasPublicOnly
            ? []
            : ([
                {
                  channel: 'private',
                  kind: 'relay',
                  isDefault: true,
                  operator: relayOperator,
                  paysForFailure: false,
                  canCancel: true,
                  sharesProfit: true,
                  usualSeconds: 6,
                },
              ] as const)),
          {
            channel: 'public',
            kind: 'mempool',
            isDefault: options.hasPublicOnly ?? false,
            paysForFailure: true,
            canCancel: false,
            usualSeconds: 2,
          },
        ],
      },
      warnings: [
        ...(isAttackable && isPublic ? (['attackable'] as const) : []),
        ...(toleranceBps < volatilityBps ? (['toleranceTight'] as const) : []),
        ...(impactBps(value) >= 1_000n
          ? (['extremeImpact'] as const)
          : impactBps(value) >= 200n
            ? (['highImpact'] as const)
            : []),
        ...(gas * 50n > buyUnits ? (['highGas'] as const) : []),
      ],
    }
    const offered = options.doesRoundingPay && isPublic ? exposeRounding(quote) : quote
    quotes.set(quote.quoteId, offered)
    return offered
  }

  function exposeRounding(quote: SwapQuote): SwapQuote {
    const { tolerance } = quote.mev
    return {
      ...quote,
      toleranceBps: 0,
      toleranceFrom: 'safety',
      minimumBought: quote.buyUnits,
      mev: {
        ...quote.mev,
        publicRisk: { attackerProfit: baseUnits(5_758n), userLoss: baseUnits(0n) },
        tolerance: { ...tolerance, conflict: { suggestions: [{ kind: 'limitOrder' }] } },
      },
    }
  }

  /** Fills in amounts leg by leg: every token is shared out as planned, and all of what is bought arrives. */
  function pourThrough(planned: readonly PlannedLeg[], sellUnits: bigint, buyUnits: bigint): SwapLeg[] {
    const flow = new Map<string, bigint>()
    const first = planned[0]?.from ?? ''
    const last = planned.at(-1)?.to ?? ''
    flow.set(first, sellUnits)
    return planned.flatMap((leg, index): SwapLeg[] => {
      const tokenIn = bySymbol(leg.from)
      const tokenOut = bySymbol(leg.to)
      if (!tokenIn || !tokenOut) return []
      const amountIn = mulDivDown(flow.get(leg.from) ?? 0n, BigInt(leg.shareBps), bps)
      const isFinal = leg.to === last
      const amountOut = isFinal
        ? mulDivDown(buyUnits, worth(amountIn, tokenIn), worth(sellUnits, bySymbol(first) ?? tokenIn) || 1n)
        : convert(amountIn, tokenIn, tokenOut)
      flow.set(leg.to, (flow.get(leg.to) ?? 0n) + amountOut)
      return [
        {
          venue: leg.venue,
          isUnproven: leg.venue === 'curve',
          poolId: poolAddress(index),
          address: poolAddress(index),
          feePips: leg.feePips,
          tokenIn,
          tokenOut,
          amountIn: baseUnits(amountIn),
          amountOut: baseUnits(amountOut),
          shareBps: leg.shareBps,
          impactBps: Number(impactBps(worth(amountIn, tokenIn))),
        },
      ]
    })
  }

  return {
    getExposure({ quoteId }: { readonly quoteId: string }): SwapExposure {
      const quote = quotes.get(quoteId)
      if (!quote) throw new AppError('swap.quoteExpired')
      const { publicRisk, tolerance } = quote.mev
      const safe = publicRisk.safeToleranceBps ?? 0
      const isAttacked = publicRisk.attackerProfit > 0n
      const [loss, back] =
        quote.exact === 'sell' ? [quote.buyUnits, quote.sellUnits] : [quote.sellUnits, quote.sellUnits]
      return {
        points: [0, 5, 10, 20, 30, 50, 75, 100, 200, 300, 500].map((toleranceBps) => ({
          toleranceBps,
          attackerProfit: baseUnits(
            toleranceBps > safe ? mulDivDown(back, BigInt(toleranceBps - safe) * 7n, bps * 10n) : 0n,
          ),
          userLoss: baseUnits(toleranceBps > safe ? mulDivDown(loss, BigInt(toleranceBps), bps) : 0n),
          failureBps: Math.min(5_000, Math.round((100 * tolerance.neededBps) / Math.max(1, toleranceBps))),
        })),
        drawing: {
          poolId: poolAddress(0),
          isAttacked,
          afterFrontRun: isAttacked ? 1.0055 : 1,
          afterTrade: isAttacked ? 1.0105 : 1.005,
          afterBackRun: isAttacked ? 1.005 : 1.005,
          quoted: 1.0025,
          paid: isAttacked ? 1.008 : 1.0025,
          limit: 1.0025 * (1 + quote.toleranceBps / 10_000),
          frontRunUnits: baseUnits(isAttacked ? back / 2n : 0n),
          gasUnits: baseUnits(isAttacked ? back / 50_000n : 0n),
        },
      }
    },
    async quote(request: SwapRequest): Promise<SwapOffer> {
      if (options.quoteDelayMs !== undefined) {
        await new Promise((resolve) => setTimeout(resolve, options.quoteDelayMs))
      }
      return offer(request)
    },
    take(quoteId: string): SwapQuote {
      const quote = quotes.get(quoteId)
      if (!quote) throw new AppError('swap.quoteExpired')
      quotes.delete(quoteId)
      return quote
    },
    newestQuoteId: () => [...quotes.keys()].at(-1),
    getDepth({ quoteId }: { readonly quoteId: string }): Depth {
      const quote = quotes.get(quoteId)
      if (!quote) throw new AppError('swap.quoteExpired')
      const { sell, buy, sellUnits } = quote
      const feeBps = 5n
      const points = Array.from({ length: 33 }, (_, index) => {
        // Quarters of a decade, from a hundredth of the size to a million times.
        const factor = BigInt(Math.round(10 ** (index / 4 - 2) * 1_000_000))
        const units = mulDivDown(sellUnits, factor, 1_000_000n)
        return { units, costBps: feeBps + impactBps(worth(units, sell)) }
      }).filter(({ units, costBps }) => units > 0n && costBps < 9_000n)
      return {
        blockNumber: quote.blockNumber,
        points: points.map(({ units, costBps }) => ({
          sellUnits: baseUnits(units),
          buyUnits: baseUnits(mulDivDown(convert(units, sell, buy), bps - costBps, bps)),
          costBps: Number(costBps),
        })),
      }
    },
  }
}
