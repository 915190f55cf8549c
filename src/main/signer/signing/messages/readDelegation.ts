import { zeroAddress } from 'viem'
import { hashAuthorization } from 'viem/utils'
import type { SignerConfig } from '../../../../shared/contract/signer.ts'
import { type Address, type ChainId, isSameAddress } from '../../../../shared/identity/identity.ts'
import { findDelegate } from '../delegation/decodeDelegation.ts'
import type { ReadMessage } from './ReadMessage.ts'

/**
 * An authorisation of EIP-7702: the account behaves as the delegate's code says from then on. Only delegates of the list, each on
 * its own chain; never for every chain at once. The zero address takes a delegation back and is always allowed.
 *
 * @throws AppError `signing.delegateNotAllowed`
 */
export function readDelegation(
  { chainId, delegate, nonce }: { chainId: ChainId; delegate: Address; nonce: number },
  delegates: NonNullable<SignerConfig['delegates']>,
): ReadMessage {
  const isRevoked = isSameAddress(delegate, zeroAddress)
  const listed = isRevoked ? undefined : findDelegate(delegates, chainId, delegate)
  return {
    digest: hashAuthorization({ chainId, address: delegate, nonce }),
    content: {
      kind: 'delegation',
      nonce,
      ...(listed && { delegate: { address: listed.address, name: listed.name } }),
    },
  }
}
