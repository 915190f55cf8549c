import type { CostMethod } from '../../../../shared/contract/settings.ts'
import { mulDivDown } from '../../../../shared/money/mulDiv.ts'

/** Units of one token that came or went, with what they were worth then in 10^-18 of the currency, where that is known. */
export interface BasisEvent {
  readonly direction: 'in' | 'out'
  readonly units: bigint
  readonly value: bigint | undefined
}

export interface Basis {
  /** Units that are held by what the events tell, and those of them whose cost is known. */
  readonly units: bigint
  readonly knownUnits: bigint
  /** What the units of known cost were bought for, in 10^-18 of the currency. */
  readonly cost: bigint
  /** Proceeds less cost of what was given away, where both are known; negative for a loss. */
  readonly realised: bigint
  /** Units given away of which cost or proceeds are unknown. */
  readonly unaccountedUnits: bigint
}

interface Lot {
  units: bigint
  /** Of all its units; `undefined` where nobody knows. */
  cost: bigint | undefined
}

/**
 * What it cost that is held, and what was gained by what was given away: first in first out, or by the average of what is held.
 *
 * Exact: the parts of a lot's cost always add up to it. What goes out beyond what came in has no known cost.
 *
 * @param events oldest first.
 */
export function computeBasis(events: Iterable<BasisEvent>, method: CostMethod): Basis {
  const lots: Lot[] = []
  let realised = 0n
  let unaccountedUnits = 0n
  for (const { direction, units, value } of events) {
    if (direction === 'in') {
      addLot(lots, { units, cost: value }, method)
      continue
    }
    let left = units
    /** Proceeds that have not been given to a part yet; the last part takes what remains, so that nothing is lost. */
    let proceeds = value
    while (left > 0n) {
      const at = method === 'fifo' ? 0 : indexOfUnknown(lots)
      const lot = lots[at]
      const taken = lot && lot.units < left ? lot.units : left
      const share = proceeds === undefined ? undefined : mulDivDown(proceeds, taken, left)
      const cost = lot?.cost === undefined ? undefined : mulDivDown(lot.cost, taken, lot.units)
      if (cost === undefined || share === undefined) unaccountedUnits += taken
      else realised += share - cost
      if (lot) {
        lot.units -= taken
        if (lot.cost !== undefined) lot.cost -= cost ?? 0n
        if (lot.units === 0n) lots.splice(at, 1)
      }
      if (proceeds !== undefined) proceeds -= share ?? 0n
      left -= taken
    }
  }
  const known = lots.filter((lot) => lot.cost !== undefined)
  return {
    units: sum(lots.map((lot) => lot.units)),
    knownUnits: sum(known.map((lot) => lot.units)),
    cost: sum(known.map((lot) => lot.cost ?? 0n)),
    realised,
    unaccountedUnits,
  }
}

/** By average there are two lots at most: one of known cost and one of unknown cost. */
function addLot(lots: Lot[], added: Lot, method: CostMethod): void {
  if (added.units === 0n) return
  const same =
    method === 'average'
      ? lots.find((lot) => (lot.cost === undefined) === (added.cost === undefined))
      : undefined
  if (!same) {
    lots.push(added)
    return
  }
  same.units += added.units
  if (same.cost !== undefined) same.cost += added.cost ?? 0n
}

/** What is of unknown cost goes first: it must not make the gain of the rest look larger or smaller. */
function indexOfUnknown(lots: readonly Lot[]): number {
  return Math.max(
    0,
    lots.findIndex((lot) => lot.cost === undefined),
  )
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)
