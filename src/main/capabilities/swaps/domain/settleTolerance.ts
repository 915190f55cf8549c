import type { SwapQuote } from '../../../../shared/contract/swaps.ts'
import type { ToleranceSuggestion } from '../../mev/index.ts'
import type { Exposure } from './assessRisk.ts'
import type { Movement } from './Movement.ts'

export interface Tolerance {
  readonly bps: number
  readonly from: SwapQuote['toleranceFrom']
  /** Less than the price is likely to move until the trade is in a block. */
  readonly isTight: boolean
  readonly neededBps: number
  /** Chance that the price leaves the tolerance, in hundredths of a percent; rounded up. */
  readonly failureBps: number
  /** Where volatility asks for more than is safe in public; `safeBps` undefined where nothing is, not even the quote itself. */
  readonly conflict:
    | { readonly safeBps: number | undefined; readonly suggestions: readonly ToleranceSuggestion[] }
    | undefined
}

interface ToleranceRequest {
  readonly wanted: number | 'auto'
  readonly exposure: Exposure
  readonly movement: Pick<Movement, 'volatility' | 'inclusion'>
  /** Whether strangers see the trade before it is in a block. */
  readonly isPublic: boolean
  /** Wrapping or unwrapping: one to one, whenever it happens. */
  readonly isConversion: boolean
}

/** Tolerances below this fail for the rounding of a single other trade. */
const leastBps = 5
const mostAutomaticBps = 300

/**
 * The user's tolerance as it is; else the smallest that survives volatility. In public an automatic one never exceeds what no
 * attacker can profit from; where that is less than the price may move, the conflict is told with what would help.
 */
export function settleTolerance(request: ToleranceRequest): Tolerance {
  const { wanted, exposure, isPublic, isConversion } = request
  const { volatility, inclusion } = request.movement
  if (isConversion) {
    const bps = wanted === 'auto' ? 0 : wanted
    const from = wanted === 'auto' ? 'volatility' : 'user'
    return { bps, from, isTight: false, neededBps: 0, failureBps: 0, conflict: undefined }
  }
  const chosen = exposure.chooseTolerance(volatility, inclusion, isPublic ? 'public' : 'private')
  const clamp = (bps: number) => Math.min(mostAutomaticBps, Math.max(leastBps, bps))
  const neededBps = clamp(chosen.kind === 'conflict' ? chosen.neededBps : chosen.toleranceBps)
  // The least tolerance may itself be more than is safe, though the price would need less.
  const capBps = !isPublic
    ? Number.POSITIVE_INFINITY
    : chosen.kind === 'conflict'
      ? chosen.toleranceBps
      : (chosen.safeBps ?? mostAutomaticBps)
  const conflict =
    capBps >= neededBps
      ? undefined
      : {
          safeBps: chosen.kind === 'conflict' ? chosen.safeBps : capBps,
          suggestions:
            chosen.kind === 'conflict'
              ? chosen.suggestions.map((suggestion) =>
                  suggestion.kind === 'privateChannel'
                    ? { ...suggestion, toleranceBps: neededBps }
                    : suggestion,
                )
              : ([{ kind: 'privateChannel', toleranceBps: neededBps }, { kind: 'limitOrder' }] as const),
        }
  const bps = wanted === 'auto' ? Math.min(neededBps, capBps) : wanted
  return {
    bps,
    from: wanted !== 'auto' ? 'user' : bps < neededBps ? 'safety' : 'volatility',
    isTight: bps < neededBps,
    neededBps,
    failureBps: Math.min(10_000, Math.ceil(exposure.failureAt(bps, volatility, inclusion) * 10_000)),
    conflict,
  }
}
