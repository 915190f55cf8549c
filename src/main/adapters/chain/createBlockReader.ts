import { z } from 'zod'
import { addressSchema } from '../../../shared/identity/identity.ts'
import type { BlockReader } from '../../capabilities/activity/index.ts'
import { swapTopics } from '../../capabilities/mev/index.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { readUint256 } from './readUint256.ts'
import { bytesSchema, hash32Schema, logSchema, quantitySchema, smallQuantitySchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

const blockSchema = z.object({
  transactions: z
    .array(
      z.object({
        hash: hash32Schema,
        from: addressSchema,
        to: addressSchema.nullish(),
        value: quantitySchema,
        input: bytesSchema,
        gas: quantitySchema,
      }),
    )
    .max(100_000),
})
const blockLogsSchema = z
  .array(
    logSchema.extend({
      transactionHash: hash32Schema,
      transactionIndex: smallQuantitySchema,
      logIndex: smallQuantitySchema,
    }),
  )
  .max(100_000)
const simulatedSchema = z
  .array(
    z.object({
      calls: z.array(z.object({ status: quantitySchema, logs: z.array(logSchema).max(10_000).optional() })),
    }),
  )
  .length(1)

/** ERC-20's Transfer(address,address,uint256), in which `traceTransfers` also reports coin, as if 0xeeee… were a token. */
const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const coinAddress = '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'

/** Reads whole blocks of a chain's nodes, and runs parts of them again. */
export function createBlockReader(network: RpcNetwork): BlockReader {
  return {
    async readTransactions(chainId, blockNumber) {
      const block = await network
        .rpc(chainId)
        .request('eth_getBlockByNumber', [toBlockTag(blockNumber), true], blockSchema)
      return block.transactions.map(({ hash, from, to, value, input, gas }) => ({
        hash,
        from,
        to: to ?? undefined,
        value,
        data: input,
        gas,
      }))
    },

    readSwapLogs: (chainId, blockNumber) =>
      network.rpc(chainId).request(
        'eth_getLogs',
        [
          {
            fromBlock: toBlockTag(blockNumber),
            toBlock: toBlockTag(blockNumber),
            topics: [swapTopics],
          },
        ],
        blockLogsSchema,
      ),

    async replay(chainId, block, transactions, account, tokens) {
      const calls = transactions.map(({ from, to, value, data, gas }) => ({
        from,
        ...(to ? { to } : {}),
        value: `0x${value.toString(16)}`,
        data,
        gas: `0x${gas.toString(16)}`,
      }))
      let simulated: z.output<typeof simulatedSchema>
      try {
        simulated = await network
          .rpc(chainId)
          .request(
            'eth_simulateV1',
            [{ blockStateCalls: [{ calls }], traceTransfers: true, validation: false }, toBlockTag(block)],
            simulatedSchema,
          )
      } catch (thrown) {
        // A node that keeps no past states, or simulates nothing, cannot be asked for this.
        if (thrown instanceof NodeRefusedError && !thrown.isRateLimit) return undefined
        throw thrown
      }
      const last = simulated[0]?.calls.at(-1)
      if (last?.status !== 1n) return undefined
      return tokens.map((token) => sumMoved(last.logs ?? [], account, token))
    },
  }
}

function sumMoved(logs: readonly z.output<typeof logSchema>[], account: string, token: string): bigint {
  const own = account.slice(2).toLowerCase()
  const contract = token === 'native' ? coinAddress : token.toLowerCase()
  let moved = 0n
  for (const { address, topics, data } of logs) {
    const [topic, from, to, more] = topics
    if (address.toLowerCase() !== contract || topic !== transferTopic || more !== undefined) continue
    const units = readUint256(data) ?? 0n
    if (from?.slice(26) === own) moved -= units
    if (to?.slice(26) === own) moved += units
  }
  return moved
}
