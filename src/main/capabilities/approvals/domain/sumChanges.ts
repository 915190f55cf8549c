import type { Address } from '../../../../shared/identity/identity.ts'
import type { MovedUnits } from './Inspection.ts'

export interface Change {
  readonly owner: Address
  readonly token: Address | 'native'
  /** Positive for what arrives. */
  readonly delta: bigint
}

/** What each address gains and loses of each token in all; what comes to nothing is left out. */
export function sumChanges(moved: readonly MovedUnits[]): Change[] {
  const changes = new Map<string, Change>()
  const add = (owner: Address, token: Address | 'native', delta: bigint) => {
    const key = `${owner}:${token}`.toLowerCase()
    const before = changes.get(key)
    changes.set(key, { owner, token, delta: (before?.delta ?? 0n) + delta })
  }
  for (const { token, from, to, units } of moved) {
    add(from, token, -units)
    add(to, token, units)
  }
  return [...changes.values()].filter(({ delta }) => delta !== 0n)
}
