import type {
  RouteLimits,
  SwapOffer,
  SwapQuote,
  SwapRequest,
  SwapVenue,
  SwapWarning,
} from '../../../shared/contract/swaps.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { mulDivDown, mulDivUp } from '../../../shared/money/mulDiv.ts'
import { parseUnits } from '../../../shared/money/parseUnits.ts'
import { largerOf, smallerOf } from '../../../shared/money/smallerOf.ts'
import { baseUnits, gasUnits, wei } from '../../../shared/money/units.ts'
import type { ChainDefinition } from '../chains/index.ts'
import type { TokensService } from '../tokens/index.ts'
import {
  chooseNonce,
  computeFees,
  type FeesPerGas,
  rewardPercentiles,
  type TransactionFields,
  type TransferGuard,
  type TransferNode,
} from '../transfers/index.ts'
import { diagnoseTokens } from './diagnoseTokens.ts'
import { type Exposure, exposeTrade, type SandwichRisk } from './domain/assessRisk.ts'
import { describeLegs, findBestSinglePool } from './domain/describeLegs.ts'
import type { Market, TradeRequest } from './domain/findTrade.ts'
import { listChannels, readInclusion } from './domain/listChannels.ts'
import type { Movement } from './domain/Movement.ts'
import { nativeTokenId } from './domain/PoolKey.ts'
import { allowanceTarget, planSteps, type SwapSteps } from './domain/planSteps.ts'
import { priceTrade, shareBpsUp } from './domain/priceTrade.ts'
import { describeExecutor } from './domain/router/describeExecutor.ts'
import type { TradeLimits } from './domain/router/encodeTrade.ts'
import type { Permit } from './domain/router/routerCommands.ts'
import { legsOf, type Trade } from './domain/router/TradePlan.ts'
import type { SwapVenues } from './domain/SwapVenues.ts'
import { atWei } from './domain/searchTrade.ts'
import { settleTolerance, type Tolerance } from './domain/settleTolerance.ts'
import { loadMarket } from './loadMarket.ts'
import { measureMovement } from './measureMovement.ts'
import { type Rehearsal, rehearse } from './rehearse.ts'
import type {
  BlockRef,
  PoolReader,
  PriceHistory,
  PrivateFlow,
  StopSignal,
  SwapJournal,
  SwapNode,
  TradeSearch,
} from './swaps.ports.ts'

export interface PrepareSwapDeps {
  readonly reader: PoolReader
  readonly search: TradeSearch
  readonly history: PriceHistory
  readonly node: SwapNode
  readonly accountNode: Pick<TransferNode, 'readAccountState' | 'readFeeHistory'>
  readonly tokens: Pick<TokensService, 'resolve'>
  readonly journal: Pick<SwapJournal, 'listOpenNonces'>
  readonly privateFlow: PrivateFlow
  readonly assetGuard: TransferGuard
  readonly nowMs: () => number
}

export interface PreparedStep {
  readonly kind: 'resetAllowance' | 'approve' | 'swap'
  readonly transaction: TransactionFields
}

export interface PreparedSwap {
  readonly offer: Omit<SwapQuote, 'quoteId' | 'expiresAtMs'>
  readonly steps: readonly PreparedStep[]
  readonly permit: { readonly permit2: Address; readonly permit: Permit } | undefined
  readonly market: Market
  readonly trade: Trade
  readonly exposure: Exposure
  readonly movement: Movement
  /** Seconds since 1970, after which the swap cannot be carried out. */
  readonly deadline: bigint
}

export type Prepared =
  | ({ readonly kind: 'quote' } & PreparedSwap)
  | { readonly kind: 'noRoute'; readonly offer: Extract<SwapOffer, { status: 'noRoute' }> }

export interface PrepareOptions {
  /** How hard to search, as a multiple of the usual. */
  readonly effort?: number
  readonly signal?: StopSignal
}

/** What an armed order demands of a swap, beyond what a request says. */
export interface SwapDemands {
  /** Sold, exactly. */
  readonly units: bigint
  /** Enforced on chain, whatever the tolerance says. */
  readonly minimumBought: bigint
  /** The transaction is not valid any longer than this. */
  readonly expiresAtMs: number
}

/** How often the pools' known part may grow by eight: then it holds every price that is a thousand times off. */
const furthestReach = 2
/** Gas for which coin is left back when all of it is sold: no trade found here needs more. */
const reservedGas = 700_000n
/** Blocks of real chains come late at times; a trade that is older than this has failed anyway. */
const deadlineSeconds = 600
/** What a vault's rate may rise by until a purchase of its shares is in a block. */
const vaultAccrualBps = 1
/** 100,000 gwei: far above what any of these chains ever asked, and low enough to notice a node that shapes fees. */
const highestFeePerGas = 100_000_000_000_000n

/**
 * Finds the best trade for a request at the newest block, builds its exact transactions, and tries them.
 *
 * @throws AppError `amount.*`, `token.unknown`, `swap.*`, `asset.transferRefused`, `chain.*`
 */
export async function prepareSwap(
  deps: PrepareSwapDeps,
  request: SwapRequest,
  chain: ChainDefinition,
  venues: SwapVenues | undefined,
  account: Account,
  demands?: SwapDemands,
  options: PrepareOptions = {},
): Promise<Prepared> {
  const { chainId } = chain
  // It starts while the nodes are asked.
  deps.search.prepare()
  const [sell, buy] = await Promise.all([
    deps.tokens.resolve({ chainId, address: request.sell }),
    deps.tokens.resolve({ chainId, address: request.buy }),
  ])
  const vault = venues?.vaults?.find(({ share }) => share.toLowerCase() === idOf(sell))
  const redemption = vault
    ? { redeemsFor: await deps.tokens.resolve({ chainId, address: vault.asset }) }
    : undefined
  const block = await deps.reader.readBlock(chainId)
  const noRoute = (reason: Extract<SwapOffer, { status: 'noRoute' }>['reason'], token?: Token): Prepared => ({
    kind: 'noRoute',
    offer: {
      status: 'noRoute',
      reason,
      blockNumber: block.number,
      sell,
      buy,
      ...(token ? { token } : {}),
      ...redemption,
    },
  })
  if (!venues) return noRoute('noVenue')
  const [tokenIn, tokenOut] = [idOf(sell), idOf(buy)]
  if (tokenIn === tokenOut) return noRoute('sameToken')

  const [state, history, market, relays] = await Promise.all([
    deps.accountNode.readAccountState(chainId, account.address, addressOf(sell)),
    deps.accountNode.readFeeHistory(chainId, rewardPercentiles),
    loadMarket(deps.reader, chainId, venues, [tokenIn, tokenOut], block, 0),
    deps.privateFlow.listRelays(chainId),
  ])
  const fees = computeFees(history, request.speed, chain.minimumPriorityFeePerGas)
  if (fees.maxFeePerGas > highestFeePerGas) {
    throw new AppError('chain.rpcFailed', { chainId, method: 'fee', reason: 'implausible' })
  }
  const gasPrice = fees.baseFeePerGas + fees.maxPriorityFeePerGas
  const sellBalance = tokenIn === nativeTokenId ? state.nativeBalance : state.tokenBalance
  const amount = demands?.units ?? decideAmount(request, sell, buy, sellBalance, fees)
  const search = {
    mode: request.exact === 'sell' ? 'exactIn' : 'exactOut',
    tokenIn,
    tokenOut,
    amount,
    gasPrice,
    limits: demands ? withoutUndated(request.route) : request.route,
    ...(options.effort === undefined ? {} : { effort: options.effort }),
  } as const

  const found = await findDeepEnough(deps, market, search, chainId, block, options)
  if (found.result.kind === 'noRoute') return noRoute(found.result.reason)
  const { trade, gas } = found.result
  const usedMarket = found.market
  // The pools would only say that a transfer failed; the token's own rules say why.
  const [assetWarnings] = await Promise.all([
    deps.assetGuard.listWarnings(chainId, [
      { token: sell, traded: trade.amountIn },
      { token: buy, traded: trade.amountOut },
    ]),
    deps.assetGuard.refuseForbidden(chainId, listMoves(trade, sell, buy, account.address)),
  ])

  const executor = describeExecutor(trade, venues)
  const channels = listChannels(venues.publicChannel, relays, chain.blockTimeSeconds)
  const isPublic = request.channel === 'public' && venues.publicChannel === 'mempool'
  const exposure = exposeTrade(usedMarket, trade, atWei(found.perWei.sold, fees.baseFeePerGas))
  const { safeToleranceBps } = exposure
  const movement: Movement = {
    ...(await measureMovement(deps.history, { chain, trade, sell, buy, block })),
    inclusion: readInclusion(
      channels.find(({ channel }) => channel === request.channel),
      chain.blockTimeSeconds,
    ),
  }
  const tolerance = settleTolerance({
    wanted: request.slippage,
    exposure,
    movement,
    isPublic,
    isConversion: executor.kind === 'wrappedCoin' || executor.kind === 'vault',
  })
  const nowSeconds = Math.floor(Math.max(block.timestampMs, deps.nowMs()) / 1000)
  const limits: TradeLimits = {
    account: account.address,
    maximumSold:
      trade.mode === 'exactIn'
        ? trade.amountIn + (trade.reserve ?? 0n)
        : mulDivDown(
            trade.amountIn,
            BigInt(10_000 + Math.max(tolerance.bps, executor.kind === 'vault' ? vaultAccrualBps : 0)),
            10_000n,
          ),
    minimumBought:
      trade.mode === 'exactOut'
        ? trade.target
        : largerOf(
            // A vault gives exactly the shares that it is asked for.
            executor.kind === 'vault'
              ? trade.amountOut
              : mulDivUp(trade.amountOut, BigInt(10_000 - tolerance.bps), 10_000n),
            demands?.minimumBought ?? 0n,
          ),
    deadline: smallerOf(
      BigInt(nowSeconds + deadlineSeconds),
      BigInt(Math.floor((demands?.expiresAtMs ?? Number.MAX_SAFE_INTEGER) / 1000)),
    ),
  }
  if (demands && limits.minimumBought > trade.amountOut) throw new AppError('swap.priceMoved')

  const risk = exposure.assess(trade.mode === 'exactIn' ? limits.minimumBought : limits.maximumSold)

  const target = allowanceTarget(trade, venues)
  const sellAddress = addressOf(sell)
  const allowances =
    target && sellAddress
      ? await deps.node.readAllowances(chainId, account.address, sellAddress, target, {
          address: executor.kind === 'router' ? executor.permit2 : venues.permit2,
          spender: executor.address,
        })
      : undefined
  const plan = (resetFirst: boolean) =>
    planSteps(trade, venues, limits, allowances, { nowSeconds, resetFirst })

  const isUnlisted = sell.source === 'contract' || buy.source === 'contract'
  const lacksTokens = limits.maximumSold > sellBalance
  let steps: SwapSteps = plan(false)
  let rehearsal: Rehearsal | undefined
  if (lacksTokens) {
    if (isUnlisted || sell.assetClass === 'rwa' || buy.assetClass === 'rwa') {
      const culprit = await diagnoseTokens(deps.node, chainId, trade, sell, buy, account.address, false)
      if (culprit) return noRoute(culprit.reason, culprit.token)
    }
  } else {
    const rehearsed = await rehearse(deps.node, { chainId, account, sell, buy, trade, limits, block, plan })
    if (rehearsed.kind === 'failed') {
      const culprit = await diagnoseTokens(deps.node, chainId, trade, sell, buy, account.address, true)
      if (culprit) return noRoute(culprit.reason, culprit.token)
      // Mathematics that no deployed contract has confirmed yet may be wrong for this one: the trade is found without it.
      const unproven = listUnproven(usedMarket, trade)
      if (unproven.length === 0) throw rehearsed.error
      const excludedVenues = [...new Set([...(request.route?.excludedVenues ?? []), ...unproven])]
      const route = { ...request.route, excludedVenues }
      return prepareSwap(deps, { ...request, route }, chain, venues, account, demands, options)
    }
    rehearsal = rehearsed.rehearsal
    steps = rehearsed.steps
  }

  const gasLimits = steps.steps.map(({ kind }, index) =>
    withMargin(rehearsal?.gasUsed[index] ?? (kind === 'swap' ? BigInt(gas) : 60_000n)),
  )
  const gasLimit = gasLimits.reduce((sum, each) => sum + each, 0n)
  const gasUsed = rehearsal?.gasUsed.reduce((sum, each) => sum + each, 0n) ?? BigInt(gas)
  const maximumFee = gasLimit * fees.maxFeePerGas
  const coinSold = tokenIn === nativeTokenId ? limits.maximumSold : 0n
  const firstNonce = chooseNonce(
    state.latestNonce,
    state.pendingNonce,
    deps.journal.listOpenNonces(chainId, account.address),
  )
  const obstacle = lacksTokens
    ? 'sellBalance'
    : state.nativeBalance < maximumFee + coinSold
      ? 'feeBalance'
      : isUnlisted
        ? 'unlistedToken'
        : undefined

  const price = priceTrade(usedMarket, trade)
  const expectedFee = gasUsed * gasPrice
  const gasRate = atWei(found.perWei.bought, expectedFee)
  const gasInBuy = gasRate && mulDivUp(gasRate.numerator, 1n, gasRate.denominator)
  const shortfall = price.atMarket > trade.amountOut ? price.atMarket - trade.amountOut : 0n
  const best = findBestSinglePool(usedMarket, trade)

  return {
    kind: 'quote',
    market: usedMarket,
    trade,
    deadline: limits.deadline,
    exposure,
    movement,
    permit:
      steps.permit && executor.kind === 'router'
        ? { permit2: executor.permit2, permit: steps.permit }
        : undefined,
    steps: steps.steps.map(({ kind, call }, index) => ({
      kind,
      transaction: {
        chainId,
        nonce: firstNonce + index,
        ...call,
        gas: gasLimits[index] ?? 0n,
        maxFeePerGas: fees.maxFeePerGas,
        maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
      },
    })),
    offer: {
      status: 'quote',
      ...redemption,
      chainId,
      accountId: account.id,
      blockNumber: block.number,
      blockTimestampMs: block.timestampMs,
      exact: request.exact,
      sell,
      buy,
      sellUnits: baseUnits(trade.amountIn),
      buyUnits: baseUnits(trade.amountOut),
      maximumSold: baseUnits(limits.maximumSold),
      minimumBought: baseUnits(limits.minimumBought),
      toleranceBps: tolerance.bps,
      toleranceFrom: tolerance.from,
      legs: await describeLegs(usedMarket, trade, (address) => deps.tokens.resolve({ chainId, address })),
      ...(best ? { bestSinglePool: best } : {}),
      unitsAtMarket: baseUnits(price.atMarket),
      cost: {
        impact: baseUnits(price.impact),
        poolFees: baseUnits(price.poolFees),
        ...(gasInBuy === undefined ? {} : { gas: baseUnits(gasInBuy) }),
        totalBps: shareBpsUp(shortfall + (gasInBuy ?? 0n), price.atMarket),
      },
      fee: {
        gasLimit: gasUnits(gasLimit),
        maxFeePerGas: fees.maxFeePerGas,
        maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
        expected: wei(expectedFee),
        maximum: wei(maximumFee),
      },
      steps: [
        ...steps.steps.filter(({ kind }) => kind !== 'swap').map(({ kind }) => kind),
        ...(steps.permit ? (['permit'] as const) : []),
        'swap',
      ],
      ...(steps.spender ? { spender: steps.spender } : {}),
      sellBalance: baseUnits(sellBalance),
      ...(obstacle ? { obstacle } : {}),
      ...(rehearsal
        ? {
            simulation: {
              blockNumber: rehearsal.blockNumber,
              gasUsed: gasUnits(gasUsed),
              bought: baseUnits(rehearsal.bought),
              sold: baseUnits(rehearsal.sold),
              changes: [
                { address: account.address, token: sell, delta: -rehearsal.sold },
                { address: account.address, token: buy, delta: rehearsal.bought },
              ],
            },
          }
        : {}),
      mev: {
        publicRisk: {
          attackerProfit: baseUnits(risk.attackerProfit),
          userLoss: baseUnits(risk.userLoss),
          ...(safeToleranceBps === undefined ? {} : { safeToleranceBps }),
        },
        tolerance: {
          basis: movement.basis,
          observations: movement.observations,
          dailyBps: movement.dailyBps,
          neededBps: tolerance.neededBps,
          failureBps: tolerance.failureBps,
          ...(tolerance.conflict
            ? {
                conflict: {
                  ...(tolerance.conflict.safeBps === undefined
                    ? {}
                    : { safeBps: tolerance.conflict.safeBps }),
                  suggestions: [...tolerance.conflict.suggestions],
                },
              }
            : {}),
        },
        channels,
      },
      warnings: [
        ...assetWarnings,
        ...listWarnings(tolerance, risk, {
          isUnlisted,
          isSimulated: rehearsal !== undefined,
          emptiesAccount: request.amount === 'max' && tokenIn === nativeTokenId,
          gasBps: shareBpsUp(gasInBuy ?? 0n, price.atMarket),
          impactBps: shareBpsUp(price.impact, price.atMarket),
        }),
      ],
    },
  }
}

/** Where the tokens of a trade move, as far as their own rules may forbid it: into the first pools, and out of the last. */
function listMoves(trade: Trade, sell: Token, buy: Token, account: Address) {
  const legs = legsOf(trade).filter(({ key }) => key.venue !== 'weth')
  return [
    ...legs
      .filter(({ tokenIn }) => tokenIn === trade.tokenIn)
      .map(({ key, amountIn }) => ({ token: sell, from: account, to: key.address, units: amountIn })),
    ...legs
      .filter(({ tokenOut }) => tokenOut === trade.tokenOut)
      .map(({ key, amountOut }) => ({ token: buy, from: key.address, to: account, units: amountOut })),
  ]
}

/** The venues of a trade's pools whose mathematics was never compared with the deployed contracts. */
function listUnproven(market: Market, trade: Trade): Exclude<SwapVenue, 'weth'>[] {
  return legsOf(trade).flatMap(({ key, poolId }) =>
    key.venue !== 'weth' && market.pools.get(poolId)?.pool.proof === 'vectors' ? [key.venue] : [],
  )
}

/** A standing order is only signed for what ends by itself, which calls to these contracts do not. */
function withoutUndated(limits: RouteLimits | undefined): RouteLimits {
  return { ...limits, excludedVenues: [...(limits?.excludedVenues ?? []), 'curve', 'erc4626'] }
}

const idOf = (token: Token): Address =>
  token.ref.address === 'native' ? (nativeTokenId as Address) : (token.ref.address.toLowerCase() as Address)
const addressOf = (token: Token): Address | undefined =>
  token.ref.address === 'native' ? undefined : token.ref.address

function decideAmount(
  request: SwapRequest,
  sell: Token,
  buy: Token,
  sellBalance: bigint,
  fees: FeesPerGas,
): bigint {
  if (request.amount !== 'max') {
    const units = parseUnits(request.amount, request.exact === 'sell' ? sell.decimals : buy.decimals)
    if (units === 0n) throw new AppError('amount.zero')
    return units
  }
  if (request.exact === 'buy') throw new AppError('amount.invalid')
  const reserve = sell.ref.address === 'native' ? reservedGas * fees.maxFeePerGas : 0n
  if (sellBalance <= reserve) throw new AppError('amount.zero')
  return sellBalance - reserve
}

/** Searches, and reads further out where the pools' known part does not carry the trade or carries it only badly. */
async function findDeepEnough(
  { reader, search: searcher }: Pick<PrepareSwapDeps, 'reader' | 'search'>,
  start: Market,
  search: TradeRequest,
  chainId: ChainDefinition['chainId'],
  block: BlockRef,
  { signal }: PrepareOptions,
) {
  let market = start
  let { found: result, perWei } = await searcher.find(market, search, signal)
  if (result.kind === 'noRoute' && result.reason === 'noLiquidity') {
    // What more would get through and this would not is too little, not too much.
    const more = await searcher.find(market, { ...search, amount: search.amount * 1_000_000_000n }, signal)
    if (more.found.kind === 'trade') {
      return { market, perWei, result: { kind: 'noRoute', reason: 'amountTooSmall' } as const }
    }
  }
  for (let reach = 1; reach <= furthestReach; reach += 1) {
    const isDeep =
      result.kind === 'noRoute'
        ? result.reason !== 'noLiquidity'
        : legsOf(result.trade).every((leg) => isWithinKnown(market, leg))
    if (isDeep) break
    market = await loadMarket(reader, chainId, start.venues, [search.tokenIn, search.tokenOut], block, reach)
    ;({ found: result, perWei } = await searcher.find(market, search, signal))
  }
  return { market, perWei, result }
}

/** Whether twice the amount would still find liquidity, so that what lies further out can hardly matter. */
function isWithinKnown(market: Market, leg: ReturnType<typeof legsOf>[number]): boolean {
  const pool = market.pools.get(leg.poolId)?.pool
  if (!pool || !['uniswapV3', 'uniswapV4'].includes(leg.key.venue)) return true
  return pool.quoteExactIn(
    pool.tokens.indexOf(leg.tokenIn),
    pool.tokens.indexOf(leg.tokenOut),
    leg.amountIn * 2n,
  ).complete
}

/** Half as much again: prices may cross more ticks than they did in the rehearsal. Rounded up. */
function withMargin(gasUsed: bigint): bigint {
  return mulDivUp(gasUsed, 150n, 100n)
}

function listWarnings(
  tolerance: Tolerance,
  risk: SandwichRisk,
  facts: {
    readonly isUnlisted: boolean
    readonly isSimulated: boolean
    readonly emptiesAccount: boolean
    readonly gasBps: number
    readonly impactBps: number
  },
): SwapWarning[] {
  return [
    ...(facts.impactBps >= 1_000
      ? (['extremeImpact'] as const)
      : facts.impactBps >= 200
        ? (['highImpact'] as const)
        : []),
    ...(facts.gasBps >= 200 ? (['highGas'] as const) : []),
    ...(risk.attackerProfit > 0n ? (['attackable'] as const) : []),
    ...(tolerance.isTight ? (['toleranceTight'] as const) : []),
    ...(facts.isUnlisted ? (['unlistedToken'] as const) : []),
    ...(facts.emptiesAccount ? (['emptiesAccount'] as const) : []),
    ...(facts.isSimulated ? [] : (['notSimulated'] as const)),
  ]
}
