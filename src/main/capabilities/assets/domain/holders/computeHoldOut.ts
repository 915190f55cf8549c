/** Somebody who would sell at a price. */
export interface Offer {
  readonly units: bigint
  /** For all of these units, in base units of the money. */
  readonly cost: bigint
}

export interface HoldOutInput {
  readonly supply: bigint
  /** Already one's own. */
  readonly owned: bigint
  /** What can be bought, in any order: slices of pools from their exact quotes, and known offers. */
  readonly offers: readonly Offer[]
  /** Balances of those who could refuse; pools and oneself left out. */
  readonly holders: readonly bigint[]
  /** The share of the supply from which the others can be made to sell, or that is wanted. */
  readonly thresholdBps: number
}

export interface HoldOutPoint {
  /** Of the supply, one's own included. */
  readonly shareBps: number
  /** In base units of the money, rounded up. */
  readonly cost: bigint
}

export interface HoldOut {
  /** What it costs to hold a share of the supply, by rising share, as far as anybody sells. */
  readonly curve: readonly HoldOutPoint[]
  /** What the threshold costs; absent when nobody offers enough. */
  readonly costToThreshold?: bigint
  /** How much is missing at the threshold when everything offered is bought. */
  readonly missing: bigint
  /** The fewest holders who together can keep anybody from the threshold; absent when even all of them cannot. */
  readonly blockingHolders?: number
  /** What they hold. */
  readonly blockingUnits?: bigint
}

const curveSteps = 50n

/**
 * What it costs to collect a share of a supply, and who can prevent it: offers are taken from the cheapest on, the last one in
 * part, at its own average price.
 *
 * @throws RangeError for a threshold that is none.
 */
export function computeHoldOut({ supply, owned, offers, holders, thresholdBps }: HoldOutInput): HoldOut {
  if (supply <= 0n || !Number.isInteger(thresholdBps) || thresholdBps < 1 || thresholdBps > 10_000) {
    throw new RangeError(`No share of a supply: ${thresholdBps} of ${supply}`)
  }
  // By price per unit, compared as products: a division would tie what differs.
  const cheapestFirst = offers
    .filter(({ units }) => units > 0n)
    .sort((a, b) => {
      const left = a.cost * b.units
      const right = b.cost * a.units
      return left < right ? -1 : left > right ? 1 : 0
    })
  const target = ceilDivide(supply * BigInt(thresholdBps), 10_000n)
  const curve: HoldOutPoint[] = []
  let held = owned
  let cost = 0n
  let costToThreshold = held >= target ? 0n : undefined
  let step = (held * curveSteps) / supply
  for (const offer of cheapestFirst) {
    const after = held + offer.units
    const costAt = (units: bigint) => cost + ceilDivide(offer.cost * (units - held), offer.units)
    if (costToThreshold === undefined && after >= target) costToThreshold = costAt(target)
    for (; ((step + 1n) * supply) / curveSteps <= after && step < curveSteps; step += 1n) {
      const units = ((step + 1n) * supply) / curveSteps
      if (units > held) curve.push({ shareBps: toShare(units, supply), cost: costAt(units) })
    }
    held = after
    cost += offer.cost
  }
  const last = curve.at(-1)
  if (!last || last.cost < cost) curve.push({ shareBps: toShare(held, supply), cost })
  return {
    curve,
    ...(costToThreshold === undefined ? {} : { costToThreshold }),
    missing: held >= target ? 0n : target - held,
    ...findBlockers(holders, supply - target),
  }
}

/** Whoever holds more than what may stay out can block. */
function findBlockers(holders: readonly bigint[], mayStayOut: bigint) {
  const largestFirst = [...holders].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))
  let units = 0n
  for (const [index, holding] of largestFirst.entries()) {
    units += holding
    if (units > mayStayOut) return { blockingHolders: index + 1, blockingUnits: units }
  }
  return {}
}

const ceilDivide = (a: bigint, b: bigint) => (a + b - 1n) / b
const toShare = (units: bigint, supply: bigint) => Number((units * 10_000n) / supply)
