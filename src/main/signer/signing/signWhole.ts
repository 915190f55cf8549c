import { keccak256 } from 'viem/utils'
import { transactionTypeOf } from './decodeTransaction.ts'
import { signDigest } from './signDigest.ts'
import { fillPermitSignature, hashPermit } from './swap/fillPermitSignature.ts'
import type { PermitReading } from './swap/SwapReading.ts'
import type { Signature } from './transactionType.ts'

type Owner = Parameters<typeof signDigest>[0]

/** Signs a transaction, the permit inside it first, and what has to go before it, in order. */
export function signWhole(
  owner: Owner,
  transaction: Uint8Array,
  preparations: readonly Uint8Array[],
  permit: PermitReading | undefined,
) {
  const sign = (unsigned: Uint8Array) => {
    const signature = signDigest(owner, keccak256(unsigned, 'bytes'))
    const signedTransaction = transactionTypeOf(unsigned).attachSignature(unsigned, signature)
    return { signedTransaction, transactionHash: keccak256(signedTransaction) }
  }
  const signedPreparations = preparations.map(sign)
  const whole = permit ? fillPermit(transaction, permit, (hash) => signDigest(owner, hash)) : transaction
  return {
    ...sign(whole),
    from: owner.address,
    ...(signedPreparations.length > 0 ? { preparations: signedPreparations } : {}),
  }
}

/** The transaction with its permit signed: what was read, and in the blank the signature over what was read. */
function fillPermit(
  unsigned: Uint8Array,
  permit: PermitReading,
  sign: (hash: Uint8Array) => Signature,
): Uint8Array {
  const type = transactionTypeOf(unsigned)
  const decoded = type.decode(unsigned)
  const signature = sign(hashPermit(permit, decoded.chainId))
  return type.encode({ ...decoded, data: fillPermitSignature(decoded.data, permit, signature) })
}
