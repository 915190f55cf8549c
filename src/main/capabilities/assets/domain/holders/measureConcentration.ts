export interface Concentration {
  /** Herfindahl-Hirschman index of the holders' shares, 0 to 10,000; rounded down. */
  readonly hhi: number
  /** Share of the largest holder, in hundredths of a percent; rounded down. */
  readonly largestBps: number
  readonly holders: number
}

/** How unevenly a supply is held. Holders of nothing are none. */
export function measureConcentration(balances: readonly bigint[]): Concentration {
  const held = balances.filter((units) => units > 0n)
  const supply = held.reduce((sum, units) => sum + units, 0n)
  if (supply === 0n) return { hhi: 0, largestBps: 0, holders: 0 }
  const squares = held.reduce((sum, units) => sum + units * units, 0n)
  let largest = 0n
  for (const units of held) if (units > largest) largest = units
  return {
    hhi: Number((squares * 10_000n) / (supply * supply)),
    largestBps: Number((largest * 10_000n) / supply),
    holders: held.length,
  }
}

/** Days to sell an amount at a share of the daily volume, rounded up; `undefined` when nothing trades. */
export function measureDaysToExit(units: bigint, dailyVolume: bigint, shareBps: number): number | undefined {
  const perDay = dailyVolume * BigInt(shareBps)
  if (perDay <= 0n) return undefined
  return Number((units * 10_000n + perDay - 1n) / perDay)
}
