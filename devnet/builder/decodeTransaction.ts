import {
  type AccessList,
  type Address,
  getAddress,
  type Hash,
  type Hex,
  keccak256,
  parseTransaction,
  recoverTransactionAddress,
  type SignedAuthorizationList,
  type TransactionSerialized,
  toHex,
} from 'viem'
import { computeIntrinsicGas } from './computeIntrinsicGas.ts'
import { RpcError, rpcErrorCode } from './RpcError.ts'

/** A signed transaction, decoded and checked as far as that is possible without the chain's state. */
export interface PoolTransaction {
  readonly hash: Hash
  readonly raw: Hex
  readonly type: 'legacy' | 'eip2930' | 'eip1559' | 'eip7702'
  readonly from: Address
  readonly to: Address | null
  readonly nonce: number
  readonly gas: bigint
  readonly value: bigint
  readonly data: Hex
  /** For transactions with a gas price, both fees are that price. */
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
  readonly accessList: AccessList
  readonly authorizationList: SignedAuthorizationList
  readonly signature: { readonly r: Hex; readonly s: Hex; readonly v: bigint; readonly yParity: number }
}

// EIP-2: the upper half of s values is invalid, or anyone could change a pending transaction's hash.
const highestS = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

function reject(message: string): never {
  throw new RpcError(rpcErrorCode.rejected, message)
}

function parseSigned(raw: Hex) {
  try {
    return parseTransaction(raw as TransactionSerialized)
  } catch {
    return reject('rlp: the transaction cannot be decoded')
  }
}

async function recoverSender(raw: Hex): Promise<Address> {
  try {
    return getAddress(
      await recoverTransactionAddress({ serializedTransaction: raw as TransactionSerialized }),
    )
  } catch {
    return reject('invalid sender: the signature does not recover')
  }
}

/** Decodes raw bytes into a transaction of `chainId`; throws `RpcError` with geth's text where geth would refuse it. */
export async function decodeTransaction(raw: Hex, chainId: number): Promise<PoolTransaction> {
  const parsed = parseSigned(raw)
  if (parsed.type === undefined || parsed.type === 'eip4844') reject('transaction type not supported')
  if (parsed.chainId === undefined) {
    reject('only replay-protected (EIP-155) transactions allowed over RPC')
  }
  if (parsed.chainId !== chainId) {
    reject(`invalid chain id for signer: have ${parsed.chainId} want ${chainId}`)
  }
  if (parsed.r === undefined || parsed.s === undefined || BigInt(parsed.s) > highestS) {
    reject('invalid transaction v, r, s values')
  }
  const gasPrice = parsed.type === 'legacy' || parsed.type === 'eip2930' ? (parsed.gasPrice ?? 0n) : undefined
  const maxFeePerGas = gasPrice ?? parsed.maxFeePerGas ?? 0n
  const maxPriorityFeePerGas = gasPrice ?? parsed.maxPriorityFeePerGas ?? 0n
  if (maxPriorityFeePerGas > maxFeePerGas) {
    reject(
      `max priority fee per gas higher than max fee per gas: maxPriorityFeePerGas: ${maxPriorityFeePerGas}, maxFeePerGas: ${maxFeePerGas}`,
    )
  }
  const accessList = ('accessList' in parsed ? parsed.accessList : undefined) ?? []
  const authorizationList =
    (parsed.type === 'eip7702' ? (parsed.authorizationList as SignedAuthorizationList) : undefined) ?? []
  const data = parsed.data ?? '0x'
  const gas = parsed.gas ?? 0n
  const intrinsicGas = computeIntrinsicGas({
    data,
    createsContract: !parsed.to,
    accessListAddresses: accessList.length,
    accessListKeys: accessList.reduce((keys, entry) => keys + entry.storageKeys.length, 0),
    authorizations: authorizationList.length,
  })
  if (gas < intrinsicGas) reject(`intrinsic gas too low: gas ${gas}, minimum needed ${intrinsicGas}`)

  const yParity = parsed.yParity ?? (parsed.v !== undefined ? Number((parsed.v + 1n) % 2n) : 0)
  return {
    hash: keccak256(raw),
    raw,
    type: parsed.type,
    from: await recoverSender(raw),
    to: parsed.to ? getAddress(parsed.to) : null,
    nonce: parsed.nonce ?? 0,
    gas,
    value: parsed.value ?? 0n,
    data,
    maxFeePerGas,
    maxPriorityFeePerGas,
    accessList,
    authorizationList,
    signature: {
      r: toHex(BigInt(parsed.r)),
      s: toHex(BigInt(parsed.s)),
      v: parsed.type === 'legacy' ? (parsed.v ?? 27n) : BigInt(yParity),
      yParity,
    },
  }
}

/** What the sender must be able to pay at most, in wei: gas limit times fee cap, plus value. */
export function computeMaximumCost(transaction: PoolTransaction): bigint {
  return transaction.gas * transaction.maxFeePerGas + transaction.value
}

/** What a block builder earns per gas at this base fee, in wei; negative when the fee cap is below the base fee. */
export function computeEffectiveTip(
  transaction: Pick<PoolTransaction, 'maxFeePerGas' | 'maxPriorityFeePerGas'>,
  baseFeePerGas: bigint,
): bigint {
  const headroom = transaction.maxFeePerGas - baseFeePerGas
  if (headroom < transaction.maxPriorityFeePerGas) return headroom
  return transaction.maxPriorityFeePerGas
}
