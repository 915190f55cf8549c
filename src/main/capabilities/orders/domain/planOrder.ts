import type { OrderId, OrderPrice, OrderRequest, OrderSide } from '../../../../shared/contract/orders.ts'
import { AppError } from '../../../../shared/errors/AppError.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { mulDivUp } from '../../../../shared/money/mulDiv.ts'
import { parseUnits } from '../../../../shared/money/parseUnits.ts'
import type { EngineCommand, EngineOrder } from '../../orderbook/index.ts'
import type { PlannedLeg } from './OrderRecord.ts'
import { leastBought, parsePrice, toRate, worsenPrice } from './orderPrices.ts'

/** What a standing rule of the order has to allow. */
export interface PlannedRule {
  readonly side: OrderSide
  /** In the token given. */
  readonly units: bigint
  readonly limit: OrderPrice
  readonly maximumUses: number
}

export interface OrderPlan {
  readonly command: EngineCommand
  readonly legs: readonly PlannedLeg[]
  readonly rules: readonly PlannedRule[]
  readonly hasOwnPrice: boolean
  /** When it first acts and last begins something, of a schedule. */
  readonly schedule:
    | { readonly startMs: number; readonly lastAtMs: number; readonly sliceSize: bigint }
    | undefined
}

export interface PlanInput {
  readonly id: OrderId
  readonly request: OrderRequest
  readonly base: Token
  readonly quote: Token
  /** In the token given. */
  readonly size: bigint
  readonly minimumFill: bigint
  /** For orders without a price of their own. */
  readonly marketPrice: OrderPrice | undefined
  readonly nowMs: number
  readonly expiresAtMs: number
  /** 32 random bits. */
  readonly seed: number
}

/** Transactions that may end up in a block; more than a patient order needs, and few enough that fees stay bounded. */
const usesOfAnOrder = 50
/** A way in may fill better than its price; so much more than that its way out may sell. */
const exitHeadroomPercent = 110n

/**
 * What an order is to the engine, and what the signer must be allowed to sign for it.
 *
 * @throws AppError `order.invalid`, `amount.*`
 */
export function planOrder(input: PlanInput): OrderPlan {
  const { id, request, base, quote, size, nowMs, expiresAtMs } = input
  const { side, terms, toleranceBps } = request
  const price = (text: string) => parsePrice(text, base, quote)
  const market = marketName(request, side)
  const worse = (from: OrderPrice) => worsenPrice(from, side, toleranceBps)
  const placed = (changes: Partial<EngineOrder> & Pick<EngineOrder, 'id' | 'terms'>): EngineOrder => ({
    account: request.accountId,
    market,
    side,
    size,
    sizedIn: side === 'sell' ? 'base' : 'quote',
    timeInForce: { kind: 'goodTillTime', expiresAtMs },
    postOnly: request.postOnly && changes.terms.type === 'limit',
    minimumFill: input.minimumFill,
    selfTrade: 'cancelResting',
    ...changes,
  })
  const leg = (changes: Partial<PlannedLeg> & Pick<PlannedLeg, 'limit'>): PlannedLeg => ({
    id,
    role: 'order',
    side,
    market,
    trigger: undefined,
    size,
    rule: 0,
    ...changes,
  })
  const single = (
    engineTerms: EngineOrder['terms'],
    limit: OrderPrice,
    trigger?: OrderPrice,
    hasOwnPrice = true,
  ): OrderPlan => ({
    command: { kind: 'place', order: placed({ id, terms: engineTerms }) },
    legs: [leg({ limit, trigger })],
    rules: [{ side, units: size, limit, maximumUses: usesOfAnOrder }],
    hasOwnPrice,
    schedule: undefined,
  })
  if (request.postOnly && terms.type !== 'limit') throw invalid('postOnly')

  switch (terms.type) {
    case 'limit': {
      const limit = price(terms.price)
      return single({ type: 'limit', limit }, limit)
    }
    case 'market': {
      const limit = worse(needed(input.marketPrice))
      return single({ type: 'limit', limit }, limit, undefined, false)
    }
    case 'stop':
    case 'takeProfit': {
      const trigger = price(terms.trigger)
      const limit = terms.price === undefined ? worse(trigger) : price(terms.price)
      return single({ type: terms.type, trigger, limit }, limit, trigger, terms.price !== undefined)
    }
    case 'trailingStop': {
      // Where it would fire now; it follows the price from there, and never gets worse.
      const start = worsenPrice(needed(input.marketPrice), side, terms.distanceBps)
      const limit = terms.price === undefined ? worse(start) : price(terms.price)
      return single(
        { type: 'trailingStop', distanceBps: terms.distanceBps, limit },
        limit,
        undefined,
        terms.price !== undefined,
      )
    }
    case 'schedule': {
      const limit = terms.price === undefined ? worse(needed(input.marketPrice)) : price(terms.price)
      const intervalMs = terms.intervalSeconds * 1000
      const jitterMs = Math.min(Math.floor((intervalMs * terms.jitterPercent) / 100), intervalMs - 1)
      const lastAtMs = nowMs + (terms.slices - 1) * intervalMs + jitterMs
      if (lastAtMs + intervalMs > expiresAtMs) throw invalid('expiry')
      if (size < BigInt(terms.slices)) throw invalid('size')
      return {
        command: {
          kind: 'schedule',
          schedule: {
            id,
            account: request.accountId,
            market,
            side,
            size,
            sizedIn: side === 'sell' ? 'base' : 'quote',
            limit,
            slices: terms.slices,
            startMs: nowMs,
            intervalMs,
            jitterMs,
            seed: input.seed,
            carriesOver: terms.carriesOver,
          },
        },
        legs: [leg({ role: 'slices', limit })],
        rules: [{ side, units: size, limit, maximumUses: terms.slices * 2 + usesOfAnOrder }],
        hasOwnPrice: terms.price !== undefined,
        schedule: { startMs: nowMs, lastAtMs, sliceSize: size / BigInt(terms.slices) },
      }
    }
    case 'oneCancelsOther': {
      const limit = price(terms.price)
      const trigger = price(terms.trigger)
      const stopLimit = terms.stopPrice === undefined ? worse(trigger) : price(terms.stopPrice)
      const isOpposed =
        side === 'sell' ? isBelow(trigger, limit) && isBelow(stopLimit, limit) : isBelow(limit, trigger)
      if (!isOpposed) throw invalid('sides')
      return {
        command: {
          kind: 'placeOneCancelsOther',
          group: id,
          legs: [
            placed({ id: `${id}.limit`, terms: { type: 'limit', limit } }),
            placed({ id: `${id}.stop`, terms: { type: 'stop', trigger, limit: stopLimit } }),
          ],
        },
        legs: [
          leg({ id: `${id}.limit`, role: 'limit', limit }),
          leg({ id: `${id}.stop`, role: 'stop', limit: stopLimit, trigger }),
        ],
        // One rule for both: whatever happens here, the signer gives the amount away once.
        rules: [{ side, units: size, limit: stopLimit, maximumUses: usesOfAnOrder }],
        hasOwnPrice: true,
        schedule: undefined,
      }
    }
    case 'bracket': {
      if (side !== 'buy') throw invalid('bracketSide')
      const limit = price(terms.price)
      const profitTrigger = price(terms.takeProfit)
      const lossTrigger = price(terms.stopLoss)
      if (!isBelow(lossTrigger, limit) || !isBelow(limit, profitTrigger)) throw invalid('sides')
      const own = `${market}/${id}`
      const exitSize = mulDivUp(leastBought(size, toRate(limit, 'buy')), exitHeadroomPercent, 100n)
      const profitLimit = worsenPrice(profitTrigger, 'sell', toleranceBps)
      const lossLimit = worsenPrice(lossTrigger, 'sell', toleranceBps)
      const exit = (legId: string, engineTerms: EngineOrder['terms']) =>
        placed({
          id: legId,
          market: own,
          side: 'sell',
          size: exitSize,
          sizedIn: 'base',
          minimumFill: 0n,
          terms: engineTerms,
        })
      const exitLeg = { side: 'sell', market: own, size: exitSize, rule: 1 } as const
      return {
        command: {
          kind: 'placeBracket',
          group: id,
          entry: placed({ id: `${id}.entry`, market: own, terms: { type: 'limit', limit } }),
          takeProfit: exit(`${id}.profit`, {
            type: 'takeProfit',
            trigger: profitTrigger,
            limit: profitLimit,
          }),
          stopLoss: exit(`${id}.loss`, { type: 'stop', trigger: lossTrigger, limit: lossLimit }),
        },
        legs: [
          leg({ id: `${id}.entry`, role: 'entry', market: own, limit }),
          leg({
            ...exitLeg,
            id: `${id}.profit`,
            role: 'takeProfit',
            limit: profitLimit,
            trigger: profitTrigger,
          }),
          leg({ ...exitLeg, id: `${id}.loss`, role: 'stopLoss', limit: lossLimit, trigger: lossTrigger }),
        ],
        rules: [
          { side: 'buy', units: size, limit, maximumUses: usesOfAnOrder },
          { side: 'sell', units: exitSize, limit: lossLimit, maximumUses: usesOfAnOrder },
        ],
        hasOwnPrice: true,
        schedule: undefined,
      }
    }
  }
}

/**
 * Reads the amount of the token given.
 *
 * @throws AppError `amount.*`, `order.invalid`
 */
export function parseSizes(
  request: OrderRequest,
  given: Token,
  available: bigint,
): { readonly size: bigint; readonly minimumFill: bigint } {
  const size = request.amount === 'max' ? available : parseUnits(request.amount, given.decimals)
  if (size === 0n) throw new AppError('amount.zero')
  const minimumFill = request.minimumFill === undefined ? 0n : parseUnits(request.minimumFill, given.decimals)
  if (minimumFill > size) throw invalid('minimumFill')
  return { size, minimumFill }
}

/** Buys and sells are watched apart: they are filled by the market, and must not be taken for fills of each other. */
export function marketName(
  { chainId, base, quote }: Pick<OrderRequest, 'chainId' | 'base' | 'quote'>,
  side: OrderSide,
): string {
  return `${chainId}/${base.toLowerCase()}/${quote.toLowerCase()}/${side}`
}

function isBelow(a: OrderPrice, b: OrderPrice): boolean {
  return a.quote * b.base < b.quote * a.base
}

function needed(price: OrderPrice | undefined): OrderPrice {
  if (!price) throw invalid('noMarket')
  return price
}

function invalid(reason: string): AppError {
  return new AppError('order.invalid', { reason })
}
