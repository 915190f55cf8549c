import { bytesToHex, keccak256, recoverTransactionAddress, type TransactionSerializedEIP1559 } from 'viem'
import { type Address, type Hash, isSameAddress } from '../../../../shared/identity/identity.ts'
import { encodeUnsigned } from './encodeUnsigned.ts'
import { parseSigned } from './parseSigned.ts'
import type { TransactionFields } from './TransactionFields.ts'

/**
 * Whether the signed bytes are exactly the transaction that was previewed, signed by this account, under this hash.
 *
 * The last look before the network: a signature over anything else must not leave.
 *
 * @param unsignedData takes out of the call what was allowed to be filled in after the preview; `undefined` where that is wrong
 */
export async function isSignedAsPreviewed(
  signed: Uint8Array,
  hash: Hash,
  previewed: TransactionFields,
  from: Address,
  unsignedData?: (fields: TransactionFields) => Promise<TransactionFields['data'] | undefined>,
): Promise<boolean> {
  if (signed[0] !== 2 || keccak256(signed) !== hash) return false
  const serialized = bytesToHex(signed) as TransactionSerializedEIP1559
  try {
    const fields = parseSigned(serialized)
    if (fields === undefined) return false
    const data = unsignedData ? await unsignedData(fields) : fields.data
    if (data === undefined) return false
    if (bytesToHex(encodeUnsigned({ ...fields, data })) !== bytesToHex(encodeUnsigned(previewed)))
      return false
    const signer = await recoverTransactionAddress({ serializedTransaction: serialized })
    return isSameAddress(signer, from)
  } catch {
    return false
  }
}
