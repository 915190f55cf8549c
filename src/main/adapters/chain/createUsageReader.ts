import type { ChainDirectory } from '../../capabilities/chains/index.ts'
import type { UsageReader } from '../../capabilities/vault/index.ts'
import { createBalanceReader } from './createBalanceReader.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { quantitySchema } from './rpcSchemas.ts'

/** Requests under way at once at one node. */
const atOnce = 5

/** Tells which addresses sent something or hold anything that a list knows, on the enabled chains. */
export function createUsageReader(
  network: RpcNetwork,
  chains: () => Pick<ChainDirectory, 'listEnabled'>,
): UsageReader {
  const balances = createBalanceReader(network)
  return {
    listChainIds: () =>
      chains()
        .listEnabled()
        .map(({ chainId }) => chainId),

    async readUsage(chainId, addresses) {
      const rpc = network.rpc(chainId)
      const tokens = network.definition(chainId).tokens.map(({ ref }) => ref.address)
      const reading = await balances.readBalances({ chainId, holders: addresses, tokens })
      const used = new Set(
        reading.balances.filter(({ units }) => units > 0n).map(({ holder }) => holder.toLowerCase()),
      )
      // Whoever holds something needs no second question.
      const open = addresses.filter((address) => !used.has(address.toLowerCase()))
      for (let start = 0; start < open.length; start += atOnce) {
        await Promise.all(
          open.slice(start, start + atOnce).map(async (address) => {
            const nonce = await rpc.request('eth_getTransactionCount', [address, 'latest'], quantitySchema)
            if (nonce > 0n) used.add(address.toLowerCase())
          }),
        )
      }
      return addresses.map((address) => used.has(address.toLowerCase()))
    },
  }
}
