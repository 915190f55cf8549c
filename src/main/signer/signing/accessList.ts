import { bytesToHex } from 'viem/utils'
import type { AccessList } from '../../../shared/contract/signing.ts'
import { hashSchema } from '../../../shared/identity/identity.ts'
import { type RlpItem, readBytes, readRecipient } from './rlpFields.ts'
import { undecodable } from './undecodable.ts'

/**
 * The contracts and storage slots that a transaction says beforehand that it touches (EIP-2930): they change what its gas costs and
 * nothing that it does.
 *
 * @throws AppError `signing.undecodable`
 */
export function readAccessList(item: RlpItem | undefined): AccessList {
  if (!Array.isArray(item)) throw undecodable('malformed')
  return item.map((entry: RlpItem) => {
    if (!Array.isArray(entry) || entry.length !== 2) throw undecodable('malformed')
    const [address, storageKeys] = entry as readonly RlpItem[]
    if (!Array.isArray(storageKeys)) throw undecodable('malformed')
    return { address: readRecipient(address), storageKeys: storageKeys.map(readStorageKey) }
  })
}

function readStorageKey(item: RlpItem) {
  const key = hashSchema.safeParse(bytesToHex(readBytes(item)))
  if (!key.success) throw undecodable('malformed')
  return key.data
}
