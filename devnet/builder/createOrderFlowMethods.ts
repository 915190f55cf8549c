import { numberToHex } from 'viem'
import { z } from 'zod'
import type { BlockBuilder } from './BlockBuilder.ts'
import { bytesSchema, hashSchema, parseParams, quantitySchema } from './parseParams.ts'
import { RpcError, rpcErrorCode } from './RpcError.ts'
import type { RpcMethods } from './RpcMethods.ts'

const rawSchema = z.tuple([bytesSchema])
const privateSchema = z.tuple([
  z.object({
    tx: bytesSchema,
    maxBlockNumber: quantitySchema.optional(),
    preferences: z.unknown().optional(),
  }),
])
const privateRawSchema = z.tuple([bytesSchema]).rest(z.unknown())
const cancelSchema = z.tuple([z.object({ txHash: hashSchema })])
const bundleSchema = z.tuple([
  z.object({
    txs: z.array(bytesSchema).min(1).max(16),
    blockNumber: quantitySchema,
    revertingTxHashes: z.array(hashSchema).optional(),
  }),
])

/** How transactions come in: publicly, privately in the manner of Flashbots Protect, and as bundles. */
export function createOrderFlowMethods(builder: BlockBuilder): RpcMethods {
  return {
    eth_sendRawTransaction: async (params) => {
      const [raw] = parseParams(rawSchema, params)
      return builder.sendPublic(raw)
    },

    eth_sendPrivateTransaction: async (params) => {
      const [{ tx, maxBlockNumber }] = parseParams(privateSchema, params)
      return builder.sendPrivate(tx, maxBlockNumber)
    },

    eth_sendPrivateRawTransaction: async (params) => {
      const [raw] = parseParams(privateRawSchema, params)
      return builder.sendPrivate(raw)
    },

    // The hash is the proof of ownership here: only the sender can know it before the transaction is in a block.
    eth_cancelPrivateTransaction: async (params) => {
      const [{ txHash }] = parseParams(cancelSchema, params)
      return builder.privatePool.cancel(txHash)
    },

    eth_sendBundle: async (params) => {
      const [{ txs, blockNumber, revertingTxHashes }] = parseParams(bundleSchema, params)
      return { bundleHash: await builder.sendBundle(txs, blockNumber, revertingTxHashes) }
    },

    minato_privateTransactionStatus: async (params) => {
      const [hash] = parseParams(z.tuple([hashSchema]), params)
      return readTransactionStatus(builder, hash)
    },

    minato_mine: async (params) => {
      if (params.length > 0) throw new RpcError(rpcErrorCode.invalidParams, 'minato_mine takes no parameters')
      const block = await builder.mine()
      return { number: numberToHex(block.number), hash: block.hash, transactions: block.included }
    },
  }
}

/** A transaction's status in the form of Flashbots Protect's `GET /tx/<hash>`; a withheld body is not part of it. */
export function readTransactionStatus(builder: BlockBuilder, hash: `0x${string}`) {
  const entry = builder.privatePool.get(hash)
  return {
    status: entry?.status ?? 'UNKNOWN',
    hash,
    ...(entry === undefined ? {} : { maxBlockNumber: Number(entry.maxBlockNumber) }),
    ...(entry?.failure === undefined ? {} : { simError: entry.failure }),
    seenInMempool: builder.publicPool.get(hash) !== undefined,
  }
}
