import { toHex } from 'viem'
import type { PoolTransaction } from './decodeTransaction.ts'

const typeNumbers = { legacy: '0x0', eip2930: '0x1', eip1559: '0x2', eip7702: '0x4' } as const

/** A pool transaction as `eth_getTransactionByHash` shows it before it is in a block. */
export function formatPendingTransaction(transaction: PoolTransaction, chainId: number) {
  const { signature } = transaction
  const hasGasPrice = transaction.type === 'legacy' || transaction.type === 'eip2930'
  return {
    blockHash: null,
    blockNumber: null,
    transactionIndex: null,
    hash: transaction.hash,
    type: typeNumbers[transaction.type],
    chainId: toHex(chainId),
    nonce: toHex(transaction.nonce),
    from: transaction.from.toLowerCase(),
    to: transaction.to?.toLowerCase() ?? null,
    value: toHex(transaction.value),
    input: transaction.data,
    gas: toHex(transaction.gas),
    gasPrice: toHex(transaction.maxFeePerGas),
    ...(hasGasPrice
      ? {}
      : {
          maxFeePerGas: toHex(transaction.maxFeePerGas),
          maxPriorityFeePerGas: toHex(transaction.maxPriorityFeePerGas),
        }),
    ...(transaction.type === 'legacy'
      ? {}
      : { accessList: transaction.accessList, yParity: toHex(signature.yParity) }),
    ...(transaction.type === 'eip7702'
      ? {
          authorizationList: transaction.authorizationList.map((authorization) => ({
            address: authorization.address,
            chainId: toHex(authorization.chainId),
            nonce: toHex(authorization.nonce),
            r: authorization.r,
            s: authorization.s,
            yParity: toHex(authorization.yParity ?? 0),
          })),
        }
      : {}),
    r: signature.r,
    s: signature.s,
    v: toHex(signature.v),
  }
}
