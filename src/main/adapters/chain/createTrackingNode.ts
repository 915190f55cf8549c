import { z } from 'zod'
import type { TrackingNode } from '../../capabilities/activity/activity.ports.ts'
import { decodeRevertReason } from '../../capabilities/transfers/index.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { readMoved } from './readMoved.ts'
import {
  blockHeaderSchema,
  bytesSchema,
  hash32Schema,
  quantitySchema,
  smallQuantitySchema,
} from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

const receiptSchema = z
  .object({
    transactionHash: hash32Schema,
    blockHash: hash32Schema,
    blockNumber: quantitySchema,
    status: quantitySchema,
    gasUsed: quantitySchema,
    effectiveGasPrice: quantitySchema,
    /** Data fee of rollups built on the OP stack, which comes on top of gas. */
    l1Fee: quantitySchema.nullish(),
  })
  .nullable()

const transactionSchema = z.object({ hash: hash32Schema, blockNumber: quantitySchema.nullish() }).nullable()

/** Reads of a chain's nodes that tracking needs, and the broadcast of what was signed. */
export function createTrackingNode(network: RpcNetwork): TrackingNode {
  async function isTransactionKnown(
    chainId: Parameters<RpcNetwork['rpc']>[0],
    hash: string,
  ): Promise<boolean> {
    const transaction = await network
      .rpc(chainId)
      .request('eth_getTransactionByHash', [hash], transactionSchema)
    return transaction?.hash === hash
  }

  return {
    isTransactionKnown,

    async isInPublicPool(chainId, hash) {
      const transaction = await network
        .rpc(chainId)
        .request('eth_getTransactionByHash', [hash], transactionSchema)
      return transaction?.hash === hash && (transaction.blockNumber ?? undefined) === undefined
    },

    async readBlockHash(chainId, blockNumber) {
      const block = await network
        .rpc(chainId)
        .request('eth_getBlockByNumber', [toBlockTag(blockNumber), false], blockHeaderSchema.nullable())
      return block?.hash
    },

    async readReceipt(chainId, hash) {
      const rpc = network.rpc(chainId)
      const receipt = await rpc.request('eth_getTransactionReceipt', [hash], receiptSchema)
      if (receipt?.transactionHash !== hash) return undefined
      const block = await rpc.request(
        'eth_getBlockByNumber',
        [toBlockTag(receipt.blockNumber), false],
        blockHeaderSchema.nullable(),
      )
      // A receipt of a block that is not the canonical one at its height is of a fork that lost.
      if (block?.hash !== receipt.blockHash) return undefined
      return {
        succeeded: receipt.status === 1n,
        blockNumber: receipt.blockNumber,
        blockTimestampMs: block.timestamp * 1000,
        gasUsed: receipt.gasUsed,
        effectiveGasPrice: receipt.effectiveGasPrice,
        fee: receipt.gasUsed * receipt.effectiveGasPrice + (receipt.l1Fee ?? 0n),
      }
    },

    readLatestNonce: (chainId, address) =>
      network.rpc(chainId).request('eth_getTransactionCount', [address, 'latest'], smallQuantitySchema),

    async broadcast(chainId, signedTransaction) {
      try {
        await network.rpc(chainId).request('eth_sendRawTransaction', [signedTransaction], hash32Schema)
        return { status: 'accepted' }
      } catch (thrown) {
        if (!(thrown instanceof NodeRefusedError) || thrown.isRateLimit || thrown.isMethodMissing)
          throw thrown
        const { reason } = thrown
        if (/already known|already imported|known transaction|alreadyknown|already exists/i.test(reason)) {
          return { status: 'accepted' }
        }
        if (/nonce too low|nonce is too low|nonce has already been used/i.test(reason)) {
          return { status: 'nonceTaken', reason }
        }
        return { status: 'refused', reason }
      }
    },

    readMoved: (chainId, hash, account, token) => readMoved(network.rpc(chainId), hash, account, token),

    async readFailureReason(chainId, from, call, blockNumber) {
      const fields = {
        from,
        to: call.to,
        data: call.data,
        value: `0x${call.value.toString(16)}`,
        gas: `0x${call.gas.toString(16)}`,
      }
      try {
        await network.rpc(chainId).request('eth_call', [fields, toBlockTag(blockNumber - 1n)], bytesSchema)
        return undefined
      } catch (thrown) {
        if (!(thrown instanceof NodeRefusedError) || !thrown.isRevert) return undefined
        return decodeRevertReason(thrown.data ?? '0x', thrown.reason)
      }
    },
  }
}
