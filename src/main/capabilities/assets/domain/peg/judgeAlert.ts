/** What the user wants to be told of. */
export type AlertRule =
  | { readonly kind: 'peg'; readonly bps: number }
  | { readonly kind: 'depth'; readonly minimumUsdE8: bigint }
  | { readonly kind: 'freeze' }

/** What was seen; a part is absent where it could not be read. */
export interface AlertObservation {
  readonly deviationBps?: number
  readonly depthUsdE8?: bigint
  /** Whether the contract is paused, or an own address frozen. */
  readonly isFrozen?: boolean
}

export type AlertJudgement = 'raise' | 'clear' | 'keep'

/**
 * Whether an alert changes with an observation. One is raised at the first sample beyond its limit, and cleared only once the
 * value is well back (half the distance, 120% of the depth), so that a price at the limit does not ring every block. What could
 * not be read changes nothing.
 */
export function judgeAlert(rule: AlertRule, isRaised: boolean, seen: AlertObservation): AlertJudgement {
  const states = readStates(rule, seen)
  if (!states) return 'keep'
  if (!isRaised && states.isBeyond) return 'raise'
  return isRaised && states.isBack ? 'clear' : 'keep'
}

function readStates(rule: AlertRule, seen: AlertObservation) {
  switch (rule.kind) {
    case 'peg': {
      if (seen.deviationBps === undefined) return undefined
      const away = Math.abs(seen.deviationBps)
      return { isBeyond: away > rule.bps, isBack: away * 2 <= rule.bps }
    }
    case 'depth':
      if (seen.depthUsdE8 === undefined) return undefined
      return {
        isBeyond: seen.depthUsdE8 < rule.minimumUsdE8,
        isBack: seen.depthUsdE8 * 10n >= rule.minimumUsdE8 * 12n,
      }
    case 'freeze':
      if (seen.isFrozen === undefined) return undefined
      return { isBeyond: seen.isFrozen, isBack: !seen.isFrozen }
  }
}
