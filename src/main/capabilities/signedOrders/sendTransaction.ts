import type { SentOutcome } from '../../../shared/contract/signedOrders.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import {
  matchSigned,
  type PreparedStep,
  type PrivateFlow,
  type SignedSwapTransaction,
  type SwapJournal,
} from '../swaps/index.ts'
import { encodeHex, encodeUnsigned } from '../transfers/index.ts'
import type { SignedOrderApprovals } from './signedOrders.ports.ts'

export interface SendTransactionDeps {
  readonly approvals: Pick<SignedOrderApprovals, 'requestApproval'>
  readonly journal: SwapJournal
  readonly privateFlow: PrivateFlow
}

/** What the activity says of a transaction. */
export type TransactionAccount = Pick<SignedSwapTransaction, 'kind' | 'to' | 'units' | 'swap'> & {
  readonly token: Token
}

/**
 * Asks for the approval of transactions that belong together, writes them down, and sends them: to nobody but block builders where the
 * chain offers that, because who sees a cancellation or a fill coming may be quicker.
 *
 * @throws AppError `signing.digestMismatch`, `account.busy`, `transfer.broadcastFailed`, `signing.*`
 */
export async function sendTransaction(
  deps: SendTransactionDeps,
  account: Account,
  chainId: ChainId,
  steps: readonly PreparedStep[],
  tell: (step: PreparedStep) => TransactionAccount,
): Promise<SentOutcome> {
  const last = steps.at(-1)
  if (!last) throw new RangeError('Nothing to send')
  const taken = deps.journal.listOpenNonces(chainId, account.address)
  if (steps.some(({ transaction }) => taken.includes(transaction.nonce)))
    throw new AppError('swap.quoteExpired')
  const channel = (await deps.privateFlow.listRelays(chainId))[0]?.channel ?? 'public'
  const outcome = await deps.approvals.requestApproval({
    accountId: account.id,
    transaction: encodeUnsigned(last.transaction),
    preparations: steps.slice(0, -1).map(({ transaction }) => encodeUnsigned(transaction)),
    claims: {},
  })
  if (outcome.status === 'rejected') return { status: 'rejected' }
  const matched = await matchSigned(outcome, steps, account.address, undefined)
  const transactions = matched.map(
    ({ step, signed }): SignedSwapTransaction => ({
      ...tell(step),
      channel,
      accountId: account.id,
      from: account.address,
      toName: '1inch',
      transaction: step.transaction,
      signedTransaction: encodeHex(signed.signedTransaction),
      transactionHash: signed.transactionHash,
    }),
  )
  const { activityIds } = await deps.journal.submitAll(transactions)
  return { status: 'sent', activityId: activityIds.at(-1) ?? '' }
}
