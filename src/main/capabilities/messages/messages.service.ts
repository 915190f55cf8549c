import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { MessageToSign } from '../../../shared/contract/messages.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'
import type { ApprovalsService, MessageQuestion } from '../approvals/index.ts'
import { encodeSignature, encodeText } from './domain/encoding.ts'

export interface MessagesDependencies {
  readonly approvals: Pick<ApprovalsService, 'requestMessage'>
}

/** Has the user's own messages shown and signed: the signer reads them by itself, and the approval window decides. */
export function createMessagesService({
  approvals,
}: MessagesDependencies): Handlers<typeof mainWindowContract>['messages'] {
  return {
    async request({ accountId, message }) {
      const outcome = await approvals.requestMessage(toQuestion(accountId, message))
      if (outcome.status === 'rejected') return { status: 'rejected' }
      if (!outcome.signature) throw new AppError('internal')
      return { status: 'signed', from: outcome.from, signature: encodeSignature(outcome.signature) }
    },
  }
}

function toQuestion(accountId: AccountId, message: MessageToSign): MessageQuestion {
  if (message.kind === 'text') return { kind: 'text', accountId, message: encodeText(message.text) }
  return { kind: 'typedData', accountId, chainId: message.chainId, typedData: message.json }
}
