import { type Address, isSameAddress, type TokenRef } from '../../../../shared/identity/identity.ts'
import type { Simulation } from './Simulation.ts'

export interface RawChange {
  readonly address: Address
  readonly token: Address | 'native'
  readonly delta: bigint
}

/**
 * What a simulation changed for the given addresses, without the fee. The observed token's deltas are those of its balances, the others' the sums of their transfers.
 */
export function collectChanges(
  effects: NonNullable<Simulation['effects']>,
  observedToken: TokenRef,
  addresses: readonly Address[],
): RawChange[] {
  const changes: RawChange[] = []
  for (const { holder, before, after } of effects.observed) {
    if (before === undefined || after === undefined || observedToken.address === 'native') continue
    if (after !== before)
      changes.push({ address: holder, token: observedToken.address, delta: after - before })
  }
  for (const address of addresses) {
    const deltas = new Map<string, { token: Address | 'native'; delta: bigint }>()
    for (const transfer of effects.transfers) {
      const isObserved =
        observedToken.address !== 'native' &&
        transfer.token.toLowerCase() === observedToken.address.toLowerCase()
      if (isObserved) continue
      let delta = 0n
      if (isSameAddress(transfer.from, address)) delta -= transfer.units
      if (isSameAddress(transfer.to, address)) delta += transfer.units
      const key = transfer.token.toLowerCase()
      deltas.set(key, { token: transfer.token, delta: (deltas.get(key)?.delta ?? 0n) + delta })
    }
    for (const { token, delta } of deltas.values()) if (delta !== 0n) changes.push({ address, token, delta })
  }
  return changes
}
