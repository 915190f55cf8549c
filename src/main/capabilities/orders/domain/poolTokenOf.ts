import type { Address } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { nativeTokenId } from '../../swaps/index.ts'

/** A token as pools name it: in lower case, and the coin as the zero address. */
export function poolTokenOf({ ref }: Token): Address {
  return (ref.address === 'native' ? nativeTokenId : ref.address.toLowerCase()) as Address
}
