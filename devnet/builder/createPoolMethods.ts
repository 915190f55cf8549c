import { getAddress, type Hash, type Hex, numberToHex } from 'viem'
import { z } from 'zod'
import type { BlockBuilder } from './BlockBuilder.ts'
import type { PoolTransaction } from './decodeTransaction.ts'
import { formatPendingTransaction } from './formatPendingTransaction.ts'
import { addressSchema, hashSchema, parseParams } from './parseParams.ts'
import type { RpcMethods } from './RpcMethods.ts'

const hashParams = z.tuple([hashSchema])
const accountAtBlockParams = z.tuple([addressSchema]).rest(z.unknown())
const blockParams = z.tuple([z.unknown(), z.boolean().optional()])

/** Reads in which the public mempool has a say, and from which private transactions must stay absent. */
export function createPoolMethods(builder: BlockBuilder): RpcMethods {
  const { publicPool, privatePool } = builder
  const formatBody = (transaction: PoolTransaction) => formatPendingTransaction(transaction, builder.chainId)

  const groupBySender = <Item>(
    transactions: readonly PoolTransaction[],
    format: (transaction: PoolTransaction) => Item,
  ) => {
    const bySender: Record<string, Record<string, Item>> = {}
    for (const transaction of transactions) {
      const own = bySender[transaction.from] ?? {}
      own[String(transaction.nonce)] = format(transaction)
      bySender[transaction.from] = own
    }
    return bySender
  }

  const readUnlessPending =
    (method: string, whilePending: (transaction: PoolTransaction) => unknown) =>
    async (params: readonly unknown[]) => {
      const [hash] = parseParams(hashParams, params)
      const transaction = publicPool.get(hash)
      if (transaction !== undefined) return whilePending(transaction)
      if (privatePool.withholds(hash)) return null
      return builder.readNode(method, params)
    }

  return {
    eth_getTransactionByHash: readUnlessPending('eth_getTransactionByHash', formatBody),
    eth_getRawTransactionByHash: readUnlessPending('eth_getRawTransactionByHash', ({ raw }) => raw),
    eth_getTransactionReceipt: readUnlessPending('eth_getTransactionReceipt', () => null),

    eth_getTransactionCount: async (params) => {
      const [address, block] = parseParams(accountAtBlockParams, params)
      if (block !== 'pending') return builder.readNode('eth_getTransactionCount', params)
      const chainNonce = await builder.readNode<Hex>('eth_getTransactionCount', [address, 'latest'])
      return numberToHex(publicPool.nextNonce(getAddress(address), Number(chainNonce)))
    },

    eth_getBlockByNumber: async (params) => {
      const [tag, withBodies] = parseParams(blockParams, params)
      if (tag !== 'pending') return builder.readNode('eth_getBlockByNumber', params)
      const block = await builder.readNode<Record<string, unknown>>('eth_getBlockByNumber', [tag, false])
      const transactions = publicPool.executable()
      return {
        ...block,
        transactions: withBodies ? transactions.map(formatBody) : transactions.map(({ hash }): Hash => hash),
      }
    },

    txpool_content: async () => ({
      pending: groupBySender(publicPool.executable(), formatBody),
      queued: groupBySender(publicPool.queued(), formatBody),
    }),

    txpool_contentFrom: async (params) => {
      const sender = getAddress(parseParams(z.tuple([addressSchema]), params)[0])
      return {
        pending: groupBySender(publicPool.executable(), formatBody)[sender] ?? {},
        queued: groupBySender(publicPool.queued(), formatBody)[sender] ?? {},
      }
    },

    txpool_inspect: async () => {
      const summarize = (transaction: PoolTransaction) =>
        `${transaction.to ?? 'contract creation'}: ${transaction.value} wei + ${transaction.gas} gas × ${transaction.maxFeePerGas} wei`
      return {
        pending: groupBySender(publicPool.executable(), summarize),
        queued: groupBySender(publicPool.queued(), summarize),
      }
    },

    txpool_status: async () => ({
      pending: numberToHex(publicPool.executable().length),
      queued: numberToHex(publicPool.queued().length),
    }),
  }
}
