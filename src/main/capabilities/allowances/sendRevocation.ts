import type { SendOutcome } from '../../../shared/contract/transfers.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { SignedSwapTransaction, SwapApprovalPort, SwapJournal } from '../swaps/index.ts'
import { encodeHex, isSignedAsPreviewed } from '../transfers/index.ts'
import type { PreparedRevocation } from './prepareRevocation.ts'

export interface SendRevocationDeps {
  readonly approvals: SwapApprovalPort
  readonly journal: Pick<SwapJournal, 'submitAll' | 'listOpenNonces'>
}

/**
 * Asks for one approval of all transactions, and brings them on their way in order.
 *
 * @throws AppError `transfer.previewExpired`, `signing.*`, `transfer.broadcastFailed`
 */
export async function sendRevocation(
  { approvals, journal }: SendRevocationDeps,
  { chain, account, steps }: PreparedRevocation,
): Promise<SendOutcome> {
  const taken = journal.listOpenNonces(chain.chainId, account.address)
  const last = steps.at(-1)
  if (!last || steps.some(({ fields }) => taken.includes(fields.nonce))) {
    throw new AppError('transfer.previewExpired')
  }
  const outcome = await approvals.requestApproval({
    accountId: account.id,
    transaction: last.unsigned,
    preparations: steps.slice(0, -1).map(({ unsigned }) => unsigned),
    claims: {},
  })
  if (outcome.status === 'rejected') return { status: 'rejected' }
  const signed = [...(outcome.preparations ?? []), outcome]
  const transactions: SignedSwapTransaction[] = []
  for (const [index, step] of steps.entries()) {
    const own = signed[index]
    const isRight =
      own &&
      (await isSignedAsPreviewed(own.signedTransaction, own.transactionHash, step.fields, account.address))
    if (!own || !isRight) throw new AppError('signing.digestMismatch')
    const [allowance] = step.allowances
    transactions.push({
      kind: 'approve',
      channel: 'public',
      accountId: account.id,
      from: account.address,
      to: allowance?.spender ?? account.address,
      toName: allowance?.spenderName,
      token: allowance?.token ?? chain.nativeToken,
      units: 0n,
      swap: undefined,
      transaction: step.fields,
      signedTransaction: encodeHex(own.signedTransaction),
      transactionHash: own.transactionHash,
    })
  }
  const { activityIds } = await journal.submitAll(transactions)
  return { status: 'sent', activityId: activityIds.at(-1) ?? '' }
}
