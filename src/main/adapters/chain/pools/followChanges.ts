import { z } from 'zod'
import { AppError } from '../../../../shared/errors/AppError.ts'
import type { RpcPool } from '../createRpcPool.ts'
import { blockHeaderSchema, logSchema, quantitySchema, smallQuantitySchema } from '../rpcSchemas.ts'
import { toBlockTag } from '../toBlockTag.ts'
import type { Snapshot } from './Snapshot.ts'

/** Blocks over which changes are followed by logs; after more everything is read anew. */
const longestCatchUp = 50n

const eventSchema = logSchema.extend({ blockNumber: quantitySchema, logIndex: smallQuantitySchema })
const eventsSchema = z.array(eventSchema).max(100_000)

/**
 * Applies the events since the snapshot's block to its pools; those of which events do not say enough are forgotten. False where
 * the snapshot cannot be followed up.
 */
export async function followChanges(
  rpc: RpcPool,
  snapshot: Snapshot,
  block: { readonly number: bigint },
): Promise<boolean> {
  const { pools, blockNumber } = snapshot
  if (block.number <= blockNumber || block.number - blockNumber > longestCatchUp) return false
  const range = { fromBlock: toBlockTag(blockNumber + 1n), toBlock: toBlockTag(block.number) }
  const addresses: string[] = []
  const contracts = new Set<string>()
  const ids: string[] = []
  /** By a pool's own contract, where that is not its id. */
  const idOfOwn = new Map<string, string>()
  for (const [id, { candidate }] of pools) {
    if (candidate.watch.kind === 'address') addresses.push(id)
    if (candidate.watch.kind !== 'topic') continue
    const { contract, own } = candidate.watch
    contracts.add(contract)
    if (own) {
      addresses.push(own)
      idOfOwn.set(own.toLowerCase(), id)
    }
    ids.push(id)
  }
  try {
    const [before, ...answers] = await Promise.all([
      rpc.request('eth_getBlockByNumber', [toBlockTag(blockNumber), false], blockHeaderSchema.nullable()),
      ...(addresses.length === 0
        ? []
        : [rpc.request('eth_getLogs', [{ ...range, address: addresses }], eventsSchema)]),
      ...(ids.length === 0
        ? []
        : [
            rpc.request(
              'eth_getLogs',
              [{ ...range, address: [...contracts], topics: [null, ids] }],
              eventsSchema,
            ),
          ]),
    ])
    if (before?.hash !== snapshot.blockHash) return false
    const events = answers
      .flat()
      .sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
    for (const event of events) {
      const own = event.address.toLowerCase()
      const id = pools.has(own) ? own : (idOfOwn.get(own) ?? event.topics[1])
      if (id !== undefined) apply(snapshot, id, event)
    }
    for (const [id, { candidate }] of pools) if (candidate.watch.kind === 'block') pools.delete(id)
    return true
  } catch (thrown) {
    // Nodes limit logs in many ways; reading everything again is always right.
    if (thrown instanceof AppError) return false
    throw thrown
  }
}

function apply({ pools }: Snapshot, id: string, event: z.output<typeof eventSchema>): void {
  const known = pools.get(id)
  if (known === undefined) return
  const after = known.candidate.apply?.(known.state, event)
  if (after === undefined) {
    pools.delete(id)
    return
  }
  known.state = after
  known.eventsSinceRead += 1
}
