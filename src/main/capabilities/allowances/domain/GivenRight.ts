import type { Address } from '../../../../shared/identity/identity.ts'

/** A right that was given once; whether it still holds has to be asked. */
export interface GivenRight {
  readonly kind: 'token' | 'permit2'
  readonly token: Address
  readonly spender: Address
}
