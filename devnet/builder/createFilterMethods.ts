import { type Hash, type Hex, numberToHex } from 'viem'
import { z } from 'zod'
import type { BlockBuilder } from './BlockBuilder.ts'
import { parseParams, quantitySchema } from './parseParams.ts'
import { RpcError, rpcErrorCode } from './RpcError.ts'
import type { RpcMethods } from './RpcMethods.ts'

interface InstalledFilter {
  /** Reports what is new since the last call. */
  readonly readChanges: () => Promise<unknown>
  readonly logQuery?: Record<string, unknown>
  readonly uninstall?: () => void
}

const mostFilters = 1024
const idParams = z.tuple([z.string()])
const logQuerySchema = z.record(z.string(), z.unknown())

/**
 * Polling filters, kept here and not on the node: the node's own would report the transactions of blocks that were
 * tried and undone.
 */
export function createFilterMethods(builder: BlockBuilder): RpcMethods {
  const filters = new Map<string, InstalledFilter>()
  let lastId = 0

  const install = (filter: InstalledFilter): Hex => {
    // As geth does with filters that nobody polls any more, the oldest gives way.
    const [oldest] = filters.keys()
    if (filters.size >= mostFilters && oldest !== undefined) uninstall(oldest)
    lastId += 1
    const id = numberToHex(lastId)
    filters.set(id, filter)
    return id
  }

  const uninstall = (id: string): boolean => {
    filters.get(id)?.uninstall?.()
    return filters.delete(id)
  }

  const find = (params: readonly unknown[]): InstalledFilter => {
    const filter = filters.get(parseParams(idParams, params)[0])
    if (filter === undefined) throw new RpcError(rpcErrorCode.rejected, 'filter not found')
    return filter
  }

  const readNewest = async () => BigInt(await builder.readNode<Hex>('eth_blockNumber'))

  return {
    eth_newBlockFilter: async () => {
      let seen = await readNewest()
      const readChanges = async () => {
        const newest = await readNewest()
        const hashes: Hash[] = []
        for (let number = seen + 1n; number <= newest; number += 1n) {
          const block = await builder.readNode<{ hash: Hash } | null>('eth_getBlockByNumber', [
            numberToHex(number),
            false,
          ])
          if (block !== null) hashes.push(block.hash)
        }
        seen = newest
        return hashes
      }
      return install({ readChanges })
    },

    eth_newFilter: async (params) => {
      const [logQuery] = parseParams(z.tuple([logQuerySchema]), params)
      let seen = await readNewest()
      const lastWanted = quantitySchema.safeParse(logQuery.toBlock)
      const readChanges = async () => {
        const newest = await readNewest()
        const from = seen + 1n
        const to = lastWanted.success && lastWanted.data < newest ? lastWanted.data : newest
        seen = newest
        if (to < from) return []
        const range = { fromBlock: numberToHex(from), toBlock: numberToHex(to) }
        return builder.readNode('eth_getLogs', [{ ...logQuery, ...range }])
      }
      return install({ readChanges, logQuery })
    },

    eth_newPendingTransactionFilter: async () => {
      let hashes: Hash[] = []
      const collect = ({ hash }: { hash: Hash }) => {
        hashes.push(hash)
      }
      builder.events.on('pending', collect)
      const readChanges = async () => {
        const fresh = hashes
        hashes = []
        return fresh
      }
      return install({ readChanges, uninstall: () => builder.events.off('pending', collect) })
    },

    eth_getFilterChanges: async (params) => find(params).readChanges(),

    eth_getFilterLogs: async (params) => {
      const { logQuery } = find(params)
      if (logQuery === undefined) throw new RpcError(rpcErrorCode.rejected, 'filter not found')
      return builder.readNode('eth_getLogs', [logQuery])
    },

    eth_uninstallFilter: async (params) => uninstall(parseParams(idParams, params)[0]),
  }
}
