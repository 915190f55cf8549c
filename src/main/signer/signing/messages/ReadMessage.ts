import type { MessageContent } from '../../../../shared/contract/messages.ts'
import type { Danger } from '../../../../shared/contract/readings.ts'
import type { Hash } from '../../../../shared/identity/identity.ts'

/** What the signer understood of a message, and the hash that it would sign for it. */
export interface ReadMessage {
  readonly digest: Hash
  readonly content: MessageContent
  readonly dangers?: readonly Danger[]
}
