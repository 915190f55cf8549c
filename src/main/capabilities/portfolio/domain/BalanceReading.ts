import type { Address } from '../../../../shared/identity/identity.ts'

export interface RawBalance {
  readonly holder: Address
  readonly token: Address | 'native'
  readonly units: bigint
}

export interface BalanceReading {
  readonly blockNumber: bigint
  readonly blockTimestampMs: number
  /** Without entries for contracts that reverted or answered nonsense. */
  readonly balances: readonly RawBalance[]
}
