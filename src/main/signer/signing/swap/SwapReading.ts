import type { Address } from '../../../../shared/identity/identity.ts'

/** A Permit2 permit as it stands in a router call. */
export interface PermitReading {
  /** The contract that keeps the permit. */
  readonly permit2: Address
  readonly token: Address
  readonly amount: bigint
  /** Seconds since 1970. */
  readonly expiration: number
  readonly nonce: number
  readonly spender: Address
  readonly signatureDeadline: bigint
}

/** What a swap's call can do at most and must do at least, whatever the prices are when it runs. The coin is the zero address. */
export interface SwapReading {
  readonly sold: Address
  /** `allowance`: whatever the allowance granted together with it is for. */
  readonly maximumSold: bigint | 'allowance'
  readonly bought: Address
  readonly minimumBought: bigint
  /** Seconds since 1970; absent for a conversion, which has no price that could grow old. */
  readonly deadline: bigint | undefined
  readonly permit: PermitReading | undefined
  /** What has to be allowed to take the token sold; absent where nothing is taken. */
  readonly takenBy: Address | undefined
  readonly throughName: string
  /** Whose signed order it fills, where it does. */
  readonly maker?: Address
}
