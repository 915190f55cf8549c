import type { feeSpeeds } from '../../../shared/contract/transfers.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'

/** The form as it is filled in; nothing of it is secret. */
export interface TransferDraft {
  /** Absent until one is chosen: then the first that holds something is taken. */
  readonly accountId: AccountId | undefined
  readonly tokenKey: string | undefined
  /** As typed, or `max`. */
  readonly amount: string
  readonly recipient: string
  readonly speed: (typeof feeSpeeds)[number]
}
