import { zeroAddress } from 'viem'
import type { SignerConfig } from '../../../../shared/contract/signer.ts'
import type { SigningIntent } from '../../../../shared/contract/signing.ts'
import { AppError } from '../../../../shared/errors/AppError.ts'
import { type Address, isSameAddress } from '../../../../shared/identity/identity.ts'
import { undecodable } from '../undecodable.ts'
import type { DelegationTransaction } from './delegationTransaction.ts'

/**
 * What a transaction of EIP-7702 does: it gives the account the code of a listed delegate, or takes that back (the zero address), and
 * nothing besides. A call in the same transaction would run code that nobody here has read.
 *
 * @throws AppError `signing.undecodable`, `signing.delegateNotAllowed`
 */
export function decodeDelegation(
  { chainId, to, value, data, nonce, authorization }: DelegationTransaction,
  account: Address,
  delegates: NonNullable<SignerConfig['delegates']>,
): Extract<SigningIntent, { kind: 'delegation' }> {
  if (!isSameAddress(to, account) || value !== 0n || data.length > 0) throw undecodable('delegation')
  // The transaction uses the account's number before the authorisation is looked at: any other one would be passed over.
  if (authorization.nonce !== nonce + 1) throw undecodable('delegation')
  const { delegate } = authorization
  if (isSameAddress(delegate, zeroAddress)) return { kind: 'delegation' }
  const listed = findDelegate(delegates, chainId, delegate)
  return { kind: 'delegation', delegate: { address: listed.address, name: listed.name } }
}

/**
 * Only what is on the list, each on its own chain.
 *
 * @throws AppError `signing.delegateNotAllowed`
 */
export function findDelegate(
  delegates: NonNullable<SignerConfig['delegates']>,
  chainId: number,
  delegate: Address,
) {
  const listed = delegates.find((each) => each.chainId === chainId && isSameAddress(each.address, delegate))
  if (!listed) throw new AppError('signing.delegateNotAllowed', { delegate })
  return listed
}
