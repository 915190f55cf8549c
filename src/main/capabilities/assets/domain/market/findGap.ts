export interface GapInput {
  /** What is put in, in base units of the money. */
  readonly spend: bigint
  /** What the round gives back after pools' fees and impact, in the same money. */
  readonly returned: bigint
  /** Gas of all transactions, in the same money, rounded up. */
  readonly gas: bigint
}

export interface Gap {
  /** What is left after all cost; negative for a loss. */
  readonly result: bigint
  /** As a share of what is put in, in hundredths of a percent; rounded down, so that a gain is never overstated. */
  readonly resultBps: number
}

const daysOfYear = 365

/** What a gap brings a year while the money waits, in hundredths of a percent, without compounding; rounded down. */
export function perYear(resultBps: number, delayDays: number): number {
  if (!(delayDays > 0)) throw new RangeError(`Money waits for days: ${delayDays}`)
  return Math.floor((resultBps * daysOfYear) / delayDays)
}

/** What closing the distance between two prices of an asset would bring, after all cost: information, never a promise. */
export function findGap({ spend, returned, gas }: GapInput): Gap {
  if (spend <= 0n) throw new RangeError(`A gap is closed with money: ${spend}`)
  const result = returned - spend - gas
  const scaled = result * 10_000n
  const quotient = scaled / spend
  return { result, resultBps: Number(scaled % spend < 0n ? quotient - 1n : quotient) }
}
