import { mulDivDown, mulDivUp } from '../../../../../../shared/money/mulDiv.ts'
import type { Price } from '../price.ts'

/** Amounts that change hands in one execution. */
export interface Execution {
  readonly base: bigint
  readonly quote: bigint
}

/** What two crossing orders leave open; `undefined` where an amount is not limited. */
export interface ExecutionLimits {
  readonly isMakerBid: boolean
  /** The resting order's price, reduced to coprime terms. */
  readonly makerPrice: Price
  /** The arriving order's limit, crossing; `undefined` for a market order. */
  readonly takerLimit: Price | undefined
  readonly baseLimit: bigint | undefined
  readonly quoteLimit: bigint | undefined
}

/**
 * The largest execution at the resting order's price, rounded in its favour, that also keeps the arriving order's
 * limit exactly. Where rounding would break that limit, only exact multiples of the price's terms trade; `undefined`
 * where not even one fits.
 */
export function computeExecution(limits: ExecutionLimits): Execution | undefined {
  const { isMakerBid, makerPrice, takerLimit } = limits
  const execution = roundForMaker(limits)
  if (execution.base > 0n && execution.quote > 0n) {
    if (takerLimit === undefined) return execution
    const paid = execution.quote * takerLimit.base
    const allowed = execution.base * takerLimit.quote
    if (isMakerBid ? paid >= allowed : paid <= allowed) return execution
  }
  const byBase = limits.baseLimit === undefined ? undefined : limits.baseLimit / makerPrice.base
  const byQuote = limits.quoteLimit === undefined ? undefined : limits.quoteLimit / makerPrice.quote
  const lots = lesserOf(byBase, byQuote)
  if (lots === undefined || lots === 0n) return undefined
  return { base: lots * makerPrice.base, quote: lots * makerPrice.quote }
}

function roundForMaker({ isMakerBid, makerPrice, baseLimit, quoteLimit }: ExecutionLimits): Execution {
  if (quoteLimit !== undefined) {
    const base = (isMakerBid ? mulDivUp : mulDivDown)(quoteLimit, makerPrice.base, makerPrice.quote)
    if (baseLimit === undefined || base <= baseLimit) return { base, quote: quoteLimit }
  }
  if (baseLimit === undefined) throw new RangeError('An execution needs a limit')
  const quote = (isMakerBid ? mulDivDown : mulDivUp)(baseLimit, makerPrice.quote, makerPrice.base)
  return { base: baseLimit, quote }
}

/** The lesser of two limits, of which either may be absent. */
export function lesserOf(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a < b ? a : b
}
