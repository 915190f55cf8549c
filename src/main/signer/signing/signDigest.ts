import { secp256k1 } from '@noble/curves/secp256k1.js'
import { publicKeyToAddress } from 'viem/accounts'
import { bytesToHex } from 'viem/utils'
import { AppError } from '../../../shared/errors/AppError.ts'
import { isSameAddress } from '../../../shared/identity/identity.ts'
import type { AccountKey } from '../keys/walletKeys.ts'
import type { Signature } from './transactionType.ts'

/**
 * ECDSA on secp256k1, deterministic (RFC 6979), with low s (EIP-2). The signer is recovered from the signature before it
 * is returned: a fault in between must not leak a key's bits or spend from another account.
 *
 * @throws AppError `signing.wrongAccount` when the key does not belong to the address.
 */
export function signDigest(key: AccountKey, digest: Uint8Array): Signature {
  const bytes = secp256k1.sign(digest, key.privateKey, { prehash: false, format: 'recovered', lowS: true })
  const recovered = secp256k1.recoverPublicKey(bytes, digest, { prehash: false })
  const uncompressed = secp256k1.Point.fromBytes(recovered).toBytes(false)
  if (!isSameAddress(publicKeyToAddress(bytesToHex(uncompressed)), key.address)) {
    throw new AppError('signing.wrongAccount')
  }
  return { r: bytes.slice(1, 33), s: bytes.slice(33, 65), yParity: bytes[0] === 1 ? 1 : 0 }
}
