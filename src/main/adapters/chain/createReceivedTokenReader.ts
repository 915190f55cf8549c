import { pad } from 'viem'
import { z } from 'zod'
import { addressSchema, isSameAddress } from '../../../shared/identity/identity.ts'
import type { ReceivedTokenReader } from '../../capabilities/tokens/tokens.ports.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { hash32Schema, logSchema } from './rpcSchemas.ts'
import { toBlockTag } from './toBlockTag.ts'

const receivedSchema = z.array(logSchema.extend({ transactionHash: hash32Schema })).max(50_000)
const receiptSchema = z.object({ from: addressSchema, logs: z.array(logSchema).max(20_000) })

/** ERC-20's Transfer(address,address,uint256). */
const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

/** Finds which tokens came to accounts, by the transfers that their contracts told of. */
export function createReceivedTokenReader(network: RpcNetwork): ReceivedTokenReader {
  return {
    async findReceived(chainId, accounts, fromBlock, toBlock) {
      const own = new Map(accounts.map((account) => [pad(account.toLowerCase() as `0x${string}`), account]))
      const logs = await network.rpc(chainId).request(
        'eth_getLogs',
        [
          {
            fromBlock: toBlockTag(fromBlock),
            toBlock: toBlockTag(toBlock),
            topics: [transferTopic, null, [...own.keys()]],
          },
        ],
        receivedSchema,
      )
      const first = new Map<string, ReturnType<typeof toReceived>>()
      function toReceived(log: (typeof logs)[number]) {
        const [, , to, identifier] = log.topics
        const account = to === undefined ? undefined : own.get(to)
        // ERC-721 indexes its third argument: no token that has a balance to show.
        if (account === undefined || identifier !== undefined) return undefined
        return { token: log.address, account, transactionHash: log.transactionHash }
      }
      for (const log of logs) {
        const received = toReceived(log)
        const key = log.address.toLowerCase()
        if (received && !first.has(key)) first.set(key, received)
      }
      return [...first.values()].filter((received) => received !== undefined)
    },

    async readArrival(chainId, token, hash) {
      const receipt = await network
        .rpc(chainId)
        .request('eth_getTransactionReceipt', [hash], receiptSchema.nullable())
      if (!receipt) return undefined
      const transfers = receipt.logs.filter(
        ({ address, topics }) => topics[0] === transferTopic && isSameAddress(address, token),
      )
      return { from: receipt.from, recipients: new Set(transfers.map(({ topics }) => topics[2])).size }
    },
  }
}
