import type { Address } from '../../../../shared/identity/identity.ts'
import type { Hex } from './TransactionFields.ts'

export interface TransferLog {
  /** Token contract, or `native` where the node itself traced coin. */
  readonly token: Address | 'native'
  readonly from: Address
  readonly to: Address
  readonly units: bigint
}

export interface Simulation {
  readonly blockNumber: bigint
  readonly gasUsed: bigint
  readonly returnData: Hex
  /** `undefined` where the node could only execute the call without reporting what moved. */
  readonly effects:
    | {
        readonly transfers: readonly TransferLog[]
        /** Balances of the observed token around the transaction, as its contract states them. */
        readonly observed: readonly {
          readonly holder: Address
          readonly before: bigint | undefined
          readonly after: bigint | undefined
        }[]
      }
    | undefined
}
