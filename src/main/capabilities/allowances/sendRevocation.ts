import type { SendOutcome } from '../../../shared/contract/transfers.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import {
  matchSigned,
  type SignedSwapTransaction,
  type SwapApprovalPort,
  type SwapJournal,
} from '../swaps/index.ts'
import { encodeHex } from '../transfers/index.ts'
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
  const prepared = steps.map(({ fields, allowances }) => ({
    kind: 'approve' as const,
    transaction: fields,
    allowance: allowances[0],
  }))
  const matched = await matchSigned(outcome, prepared, account.address, undefined)
  const transactions = matched.map(
    ({ step: { allowance, transaction }, signed }): SignedSwapTransaction => ({
      kind: 'approve',
      channel: 'public',
      accountId: account.id,
      from: account.address,
      to: allowance?.spender ?? account.address,
      toName: allowance?.spenderName,
      token: allowance?.token ?? chain.nativeToken,
      units: 0n,
      swap: undefined,
      transaction,
      signedTransaction: encodeHex(signed.signedTransaction),
      transactionHash: signed.transactionHash,
    }),
  )
  const { activityIds } = await journal.submitAll(transactions)
  return { status: 'sent', activityId: activityIds.at(-1) ?? '' }
}
