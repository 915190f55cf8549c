import type { Address } from '../../../../../shared/identity/identity.ts'

interface Movement {
  readonly from: Address
  readonly to: Address
  readonly units: bigint
}

const nobody = '0x0000000000000000000000000000000000000000'

/** Who holds how much, by all movements of a token; addresses in lower case, holders of nothing left out. */
export function readBalancesFromMovements(movements: readonly Movement[]): Map<string, bigint> {
  const balances = new Map<string, bigint>()
  const add = (holder: Address, units: bigint) => {
    const key = holder.toLowerCase()
    if (key !== nobody) balances.set(key, (balances.get(key) ?? 0n) + units)
  }
  for (const { from, to, units } of movements) {
    add(from, -units)
    add(to, units)
  }
  for (const [holder, units] of balances) if (units <= 0n) balances.delete(holder)
  return balances
}
