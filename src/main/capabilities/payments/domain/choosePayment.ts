/** A coin that could be paid with. */
export interface PaymentCandidate {
  readonly held: bigint
  readonly units: bigint
  /** Hundredths of a percent from its peg; absent where nobody can tell. */
  readonly deviationBps: number | undefined
  readonly depthUsdE8: bigint
}

/** A recipient of a broken coin would get less than he was promised. */
const soundBps = 100

/**
 * Coins in the order in which a payment should try them: those at their peg before the others, those of which enough is held before
 * those that have to be bought, and the deepest market first.
 */
export function rankCandidates<Candidate extends PaymentCandidate>(
  candidates: readonly Candidate[],
): Candidate[] {
  const isSound = ({ deviationBps }: PaymentCandidate) =>
    deviationBps !== undefined && Math.abs(deviationBps) <= soundBps
  const isHeld = ({ held, units }: PaymentCandidate) => held >= units
  return [...candidates].sort(
    (a, b) =>
      Number(isSound(b)) - Number(isSound(a)) ||
      Number(isHeld(b)) - Number(isHeld(a)) ||
      (a.depthUsdE8 < b.depthUsdE8 ? 1 : a.depthUsdE8 > b.depthUsdE8 ? -1 : 0),
  )
}

/** A holding from which the missing part could be bought. */
export interface FundingCandidate {
  readonly usdE8: bigint
  readonly isStablecoin: boolean
}

/** Above what is missing, for fees and the movement of prices: five percent. */
const marginPercent = 105n

/** Money before investments, and of each the holding that is largest; only what is worth enough. */
export function chooseFunding<Candidate extends FundingCandidate>(
  holdings: readonly Candidate[],
  neededUsdE8: bigint,
): Candidate | undefined {
  return holdings
    .filter(({ usdE8 }) => usdE8 * 100n >= neededUsdE8 * marginPercent)
    .sort(
      (a, b) =>
        Number(b.isStablecoin) - Number(a.isStablecoin) ||
        (a.usdE8 < b.usdE8 ? 1 : a.usdE8 > b.usdE8 ? -1 : 0),
    )[0]
}
