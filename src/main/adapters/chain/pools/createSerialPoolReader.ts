import type { ChainId } from '../../../../shared/identity/identity.ts'
import type { PoolReader } from '../../../capabilities/swaps/index.ts'

/**
 * One reading of a chain's pools after the other. What a pool reader knows is of one block: two readings at different blocks at
 * the same time would mix them.
 */
export function createSerialPoolReader(reader: PoolReader): PoolReader {
  const last = new Map<ChainId, Promise<unknown>>()
  return {
    ...reader,
    readPools(request) {
      const before = last.get(request.chainId) ?? Promise.resolve()
      const next = before.catch(() => {}).then(() => reader.readPools(request))
      last.set(request.chainId, next)
      return next
    },
  }
}
