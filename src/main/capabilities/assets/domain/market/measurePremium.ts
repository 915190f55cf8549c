export interface PremiumInput {
  /** Of one whole token, in 1e-8 US dollars. */
  readonly tokenUsdE8: bigint
  /** Of one unit of the underlying, in 1e-8 US dollars. */
  readonly referenceUsdE8: bigint
  /** How many units of the underlying one token stands for, scaled by 1e18 (ERC-8056). */
  readonly multiplier: bigint
}

export interface Premium {
  /** What one token is worth by its reference, in 1e-8 US dollars, rounded down. */
  readonly fairUsdE8: bigint
  /** How far the token trades above that, in hundredths of a percent, rounded away from zero; negative below. */
  readonly bps: number
}

const one = 10n ** 18n

/** What a token trades at against what it stands for: price / (reference * multiplier) - 1. `undefined` without a worth. */
export function measurePremium({
  tokenUsdE8,
  referenceUsdE8,
  multiplier,
}: PremiumInput): Premium | undefined {
  const fair = (referenceUsdE8 * multiplier) / one
  if (fair <= 0n || tokenUsdE8 <= 0n) return undefined
  // By products, so that the rounding of the fair price is not part of the premium.
  const left = tokenUsdE8 * one
  const right = referenceUsdE8 * multiplier
  const away = left > right ? left - right : right - left
  const bps = Number((away * 10_000n + right - 1n) / right)
  return { fairUsdE8: fair, bps: left < right ? -bps : bps }
}

/** How much the reference price means now. */
export type ReferenceState = 'live' | 'drifting' | 'marketClosed' | 'unknown'

/** `drifting`: the market is open, but its price is old. Where no market is named, only the age counts. */
export function judgeReference(
  reference: { readonly isStale: boolean } | undefined,
  isMarketOpen: boolean | undefined,
): ReferenceState {
  if (!reference) return 'unknown'
  if (isMarketOpen === false) return 'marketClosed'
  return reference.isStale ? 'drifting' : 'live'
}
