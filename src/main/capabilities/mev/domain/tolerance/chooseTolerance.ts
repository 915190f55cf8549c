import type { CostPerGas } from '../../../router/index.ts'
import { AttackModel } from '../sandwich/AttackModel.ts'
import type { ExposedTrade } from '../sandwich/ExposedTrade.ts'
import { findSafeLimit, isExposedAtQuote } from '../sandwich/findSafeLimit.ts'
import { findSafeSize } from '../sandwich/findSafeSize.ts'
import { LARGEST_TOLERANCE_E6, limitAtTolerance, toleranceOfLimit } from '../sandwich/toleranceLimit.ts'
import {
  failureProbability,
  logMoveOfTolerance,
  moveAtProbability,
  toleranceOfLogMove,
} from './failureProbability.ts'
import type { InclusionTime } from './InclusionTime.ts'
import type { Volatility } from './measureVolatility.ts'
import { withstandsDrift } from './withstandsDrift.ts'

export interface ToleranceRequest {
  readonly trade: ExposedTrade
  /** At the next block's base fee, in the token sold; without it gas counts as free. */
  readonly costPerGas: CostPerGas | undefined
  readonly volatility: Volatility
  readonly inclusion: InclusionTime
  /** Whether strangers see the transaction before it is in a block. */
  readonly visibility: 'public' | 'private'
  /** One trade in a hundred unless it is said otherwise. */
  readonly failureProbability?: number
}

/** What would help where price and attacker leave no room between them. */
export type ToleranceSuggestion =
  /** Nobody sees it there, so it may take the tolerance that the price requires. */
  | { readonly kind: 'privateChannel'; readonly toleranceBps: number }
  /** So much of it, in thousandths, is too small to be worth attacking at the tolerance that the price requires. */
  | { readonly kind: 'smallerSize'; readonly thousandths: number }
  /** The same as several trades, with time for the pools to recover in between. */
  | { readonly kind: 'splitOverTime'; readonly parts: number }
  /** Waits for its price and leaves nothing to take. */
  | { readonly kind: 'limitOrder' }

export type AutomaticTolerance =
  | {
      readonly kind: 'settled'
      readonly toleranceBps: number
      readonly failureProbability: number
      /** The cap for public sending; undefined where there is none. */
      readonly safeBps: number | undefined
    }
  | {
      readonly kind: 'conflict'
      /** The cap: what no attacker can profit from, though the price may well leave it; zero where there is no such tolerance. */
      readonly toleranceBps: number
      readonly failureProbability: number
      /**
       * Undefined where even the quote itself as the limit pays him: what arrives is counted in whole units, and less than one of them
       * is worth more than his gas.
       */
      readonly safeBps: number | undefined
      /** What the price requires. */
      readonly neededBps: number
      readonly suggestions: readonly ToleranceSuggestion[]
    }

const DEFAULT_FAILURE = 0.01
/** A move in the trader's favour that is rarer than this is left out of account. */
const FAVOURABLE_MOVE = 1e-4
const E6_PER_BPS = 100
// The base fee falls by at most an eighth per block (EIP-1559), and with it what an attack costs: two blocks of that.
const CHEAPER_GAS = { numerator: 49n, denominator: 64n }
const MOST_PARTS = 50

/**
 * Chooses the smallest tolerance, in whole basis points, that survives the price's volatility until the trade is in a block; for
 * public sending never above what an attacker can profit from.
 *
 * That cap is tighter than the safe tolerance at the quote: a price that moves in the trader's favour widens the gap between
 * market and limit, and with it what an attacker may take, and a move either way may end where liquidity is thin. The limit stays
 * safe for all moves but one in 10,000.
 */
export function chooseTolerance(request: ToleranceRequest): AutomaticTolerance {
  const { trade, volatility, inclusion, visibility } = request
  const costPerGas = request.costPerGas && {
    numerator: request.costPerGas.numerator * CHEAPER_GAS.numerator,
    denominator: request.costPerGas.denominator * CHEAPER_GAS.denominator,
  }
  const target = request.failureProbability ?? DEFAULT_FAILURE
  const { mode } = trade
  const failureAt = (bps: number) => failureProbability(mode, bps * E6_PER_BPS, volatility, inclusion)
  const needed = toleranceOfLogMove(mode, moveAtProbability(target, volatility, inclusion))
  const neededBps = Math.ceil(needed / E6_PER_BPS)
  const drift = moveAtProbability(FAVOURABLE_MOVE, volatility, inclusion)
  const settled = (safeBps: number | undefined) =>
    ({ kind: 'settled', toleranceBps: neededBps, failureProbability: failureAt(neededBps), safeBps }) as const
  if (visibility === 'private') return settled(undefined)
  const model = new AttackModel(trade, costPerGas)
  const safeLimit = findSafeLimit(model)
  const withstands = (bps: number) =>
    withstandsDrift(trade, limitAtTolerance(trade, bps * E6_PER_BPS), costPerGas, drift)
  if (safeLimit === undefined && withstands(neededBps)) return settled(undefined)
  const safeE6 = safeLimit === undefined ? LARGEST_TOLERANCE_E6 : toleranceOfLimit(trade, safeLimit)
  const room = logMoveOfTolerance(mode, safeE6) - drift
  const roomBps = room <= 0 ? 0 : Math.floor(toleranceOfLogMove(mode, room) / E6_PER_BPS)
  const safeBps = largestWithstanding(Math.min(roomBps, neededBps), withstands)
  const isSafe = safeBps > 0 || !isExposedAtQuote(model)
  if (isSafe && neededBps <= safeBps) return settled(roomBps)
  return {
    kind: 'conflict',
    toleranceBps: safeBps,
    failureProbability: failureAt(safeBps),
    safeBps: isSafe ? safeBps : undefined,
    neededBps,
    suggestions: suggest(trade, costPerGas, neededBps, drift),
  }
}

/** The largest tolerance up to a first guess that withstands drift. */
function largestWithstanding(most: number, withstands: (bps: number) => boolean): number {
  if (most === 0 || withstands(most)) return most
  let safe = 0
  let unsafe = most
  while (unsafe - safe > 1) {
    const middle = (safe + unsafe) >> 1
    if (withstands(middle)) safe = middle
    else unsafe = middle
  }
  return safe
}

function suggest(
  trade: ExposedTrade,
  costPerGas: CostPerGas | undefined,
  neededBps: number,
  drift: number,
): ToleranceSuggestion[] {
  const exposed = logMoveOfTolerance(trade.mode, neededBps * E6_PER_BPS) + drift
  const exposedE6 = Math.ceil(toleranceOfLogMove(trade.mode, exposed))
  const thousandths = exposedE6 >= 1e6 ? 0 : findSafeSize(trade, exposedE6, costPerGas)
  const parts = thousandths === 0 ? Number.POSITIVE_INFINITY : Math.ceil(1000 / thousandths)
  return [
    { kind: 'privateChannel', toleranceBps: neededBps },
    // Where even the whole is safe as the pools stand, it is where the price may move to that makes it attackable: no part would help.
    ...(parts >= 2 && parts <= MOST_PARTS
      ? [{ kind: 'splitOverTime', parts } as const, { kind: 'smallerSize', thousandths } as const]
      : []),
    { kind: 'limitOrder' },
  ]
}
