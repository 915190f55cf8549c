import { encodeEventTopics, erc20Abi } from 'viem'
import { z } from 'zod'
import type { ContractReader, TokenMovement } from '../../capabilities/assets/index.ts'
import { callContracts } from './callContracts.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { readUint256 } from './readUint256.ts'
import { logSchema, quantitySchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

/** More than this is not read into memory for a figure. */
const mostMovements = 200_000
const movementSchema = logSchema.extend({ blockNumber: quantitySchema })
const logsSchema = z.array(movementSchema).max(mostMovements)
const transferTopics = encodeEventTopics({ abi: erc20Abi, eventName: 'Transfer' })

/** Reads contracts of any kind, and the movements of a token where the node gives them at once. */
export function createContractReader(network: RpcNetwork): ContractReader {
  const call: ContractReader['call'] = async (chainId, reads, block) =>
    reads.length === 0
      ? []
      : callContracts(network.rpc(chainId), network.definition(chainId).multicall3, reads, block)
  return {
    call,

    async callAtOldBlock(chainId, reads, block) {
      try {
        const answers = await call(chainId, reads, block)
        // Where the node has that state but no Multicall3 stood there yet, every call fails.
        return answers.every((answer) => answer === undefined) ? undefined : answers
      } catch (thrown) {
        // A node that keeps no state that old refuses the whole of it.
        if (thrown instanceof NodeRefusedError && !thrown.isRateLimit) return undefined
        throw thrown
      }
    },

    readGasPrice: (chainId) => network.rpc(chainId).request('eth_gasPrice', [], quantitySchema),

    async readMovements(chainId, token, upTo) {
      try {
        const logs = await network
          .rpc(chainId)
          .request(
            'eth_getLogs',
            [{ address: token, topics: transferTopics, fromBlock: '0x0', toBlock: toBlockTag(upTo) }],
            logsSchema,
          )
        return logs.flatMap(toMovement)
      } catch (thrown) {
        // Public nodes limit the span or the number of logs: then nobody knows, and nothing is made up.
        if (thrown instanceof NodeRefusedError) return undefined
        throw thrown
      }
    },
  }
}

function toMovement(log: z.infer<typeof movementSchema>): TokenMovement[] {
  const [, from, to] = log.topics
  const units = readUint256(log.data)
  if (!from || !to || units === undefined) return []
  return [
    {
      blockNumber: log.blockNumber,
      from: `0x${from.slice(26)}`,
      to: `0x${to.slice(26)}`,
      units,
    },
  ]
}
