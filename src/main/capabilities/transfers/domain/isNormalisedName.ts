import { normalize } from 'viem/ens'

/** Whether a claimed name is exactly its own normal form (ENSIP-15); any other may look like somebody else's. */
export function isNormalisedName(name: string): boolean {
  try {
    return name.includes('.') && normalize(name) === name
  } catch {
    return false
  }
}
