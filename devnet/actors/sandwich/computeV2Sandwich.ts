import { squareRoot } from '../squareRoot.ts'

/** A victim's swap in a constant-product pool, all amounts in base units; `feePips` in hundredths of a basis point. */
export interface V2Victim {
  readonly reserveIn: bigint
  readonly reserveOut: bigint
  readonly amountIn: bigint
  /** What the victim's transaction requires of this pool at least. */
  readonly minimumOut: bigint
  readonly feePips: bigint
}

export interface V2Sandwich {
  readonly frontRunIn: bigint
  readonly frontRunOut: bigint
  readonly victimOut: bigint
  readonly backRunOut: bigint
  /** In the victim's input token, before gas. */
  readonly profit: bigint
}

const wholePips = 1_000_000n

/** Uniswap V2's output for an input, rounded down as the pair does. */
export function computeV2Output(
  amountIn: bigint,
  reserveIn: bigint,
  reserveOut: bigint,
  feePips: bigint,
): bigint {
  const taxed = amountIn * (wholePips - feePips)
  return (taxed * reserveOut) / (reserveIn * wholePips + taxed)
}

/** The most profitable sandwich around a V2 swap with at most `capital` of its input token; undefined if none pays. */
export function computeV2Sandwich(victim: V2Victim, capital: bigint): V2Sandwich | undefined {
  const most = computeLargestFrontRun(victim, capital)
  if (most === undefined) return undefined
  // Profit has one maximum; with a wide tolerance it lies inside the range, otherwise at its end.
  let low = 0n
  let high = most
  while (high - low > 2n) {
    const third = (high - low) / 3n
    if (evaluate(victim, low + third).profit < evaluate(victim, high - third).profit) low += third
    else high -= third
  }
  const candidates = [low, low + 1n, high, most].filter((amount) => amount > 0n && amount <= most)
  const best = candidates
    .map((amount) => evaluate(victim, amount))
    .reduce<V2Sandwich | undefined>(
      (chosen, next) => (chosen === undefined || next.profit > chosen.profit ? next : chosen),
      undefined,
    )
  return best !== undefined && best.profit > 0n ? best : undefined
}

/**
 * The largest front-run that still lets the victim's swap succeed: the positive root of the quadratic that follows
 * from victimOut = minimumOut with the fee kept in the reserves.
 */
function computeLargestFrontRun(victim: V2Victim, capital: bigint): bigint | undefined {
  const { reserveIn: x, reserveOut: y, amountIn: v, minimumOut, feePips } = victim
  const undisturbed = computeV2Output(v, x, y, feePips)
  if (undisturbed < minimumOut) return undefined
  if (minimumOut === 0n) return capital
  const g = wholePips - feePips
  const b = x * (wholePips + g) * wholePips + g * g * v
  const c = (4n * g * x * (x * wholePips + g * v) * wholePips ** 2n * (undisturbed - minimumOut)) / minimumOut
  let amount = (squareRoot(b * b + c) - b) / (2n * g * wholePips)
  if (amount > capital) amount = capital
  // The closed form is exact for real numbers; the pair's rounding may cost the victim one unit more.
  while (amount > 0n && evaluate(victim, amount).victimOut < minimumOut) amount -= amount / 1_000_000n + 1n
  return amount > 0n ? amount : undefined
}

function evaluate(victim: V2Victim, frontRunIn: bigint): V2Sandwich {
  const { reserveIn, reserveOut, amountIn, feePips } = victim
  const frontRunOut = computeV2Output(frontRunIn, reserveIn, reserveOut, feePips)
  const victimOut = computeV2Output(amountIn, reserveIn + frontRunIn, reserveOut - frontRunOut, feePips)
  const backRunOut = computeV2Output(
    frontRunOut,
    reserveOut - frontRunOut - victimOut,
    reserveIn + frontRunIn + amountIn,
    feePips,
  )
  return { frontRunIn, frontRunOut, victimOut, backRunOut, profit: backRunOut - frontRunIn }
}
