import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Hash } from '../../../shared/identity/identity.ts'
import { encodeHex } from './domain/encodeHex.ts'
import { encodeUnsigned } from './domain/encodeUnsigned.ts'
import { isSignedAsPreviewed } from './domain/isSignedAsPreviewed.ts'
import type { ApprovalPort, Hex, TransactionFields } from './transfers.ports.ts'

export interface ApprovedTransaction {
  readonly signedTransaction: Hex
  readonly transactionHash: Hash
}

/**
 * Asks for the approval of one transaction. What comes back is signed over exactly these fields, by this account; `undefined`
 * where the user rejected it.
 *
 * @throws AppError `signing.*`
 */
export async function approveTransaction(
  approvals: ApprovalPort,
  account: Account,
  transaction: TransactionFields,
  claims: Parameters<ApprovalPort['requestApproval']>[0]['claims'] = {},
): Promise<ApprovedTransaction | undefined> {
  const outcome = await approvals.requestApproval({
    accountId: account.id,
    transaction: encodeUnsigned(transaction),
    claims,
  })
  if (outcome.status === 'rejected') return undefined
  const { signedTransaction, transactionHash } = outcome
  if (!(await isSignedAsPreviewed(signedTransaction, transactionHash, transaction, account.address))) {
    throw new AppError('signing.digestMismatch')
  }
  return { signedTransaction: encodeHex(signedTransaction), transactionHash }
}
