import { z } from 'zod'
import { AppError } from '../../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../../shared/identity/identity.ts'
import type { KeyedPool, PoolReader } from '../../../capabilities/swaps/index.ts'
import { type ContractCall, callContracts } from '../callContracts.ts'
import type { RpcNetwork } from '../createNodeNetwork.ts'
import type { RpcPool } from '../createRpcPool.ts'
import { blockHeaderSchema, logSchema } from '../rpcSchemas.ts'
import { toBlockTag } from '../toBlockTag.ts'
import { listCandidates } from './listCandidates.ts'
import type { Answers, PoolCandidate, PoolReading } from './PoolCandidate.ts'

interface Known {
  readonly candidate: PoolCandidate
  readonly reach: number
  readonly state: KeyedPool
}

/** What is known of a chain's pools at one block. */
interface Snapshot {
  blockNumber: bigint
  blockHash: string
  readonly pools: Map<string, Known>
  /** Pools that do not exist, by id, with the block at which that was seen. */
  readonly absent: Map<string, bigint>
}

/** Blocks after which a pool that did not exist is looked for again. */
const absenceLasts = 300n
/** Blocks over which changes are followed by logs; after more everything is read anew. */
const longestCatchUp = 50n

const logsSchema = z.array(logSchema).max(100_000)

/**
 * Reads pools at one block. Between blocks only those are read again that had an event; a reorganisation forgets everything.
 */
export function createPoolReader(network: RpcNetwork): PoolReader {
  const snapshots = new Map<ChainId, Snapshot>()

  async function bringTo(rpc: RpcPool, chainId: ChainId, block: { number: bigint; hash: string }) {
    const before = snapshots.get(chainId)
    if (before?.blockHash === block.hash) return before
    const fresh = (): Snapshot => ({
      blockNumber: block.number,
      blockHash: block.hash,
      pools: new Map(),
      absent: new Map(),
    })
    const next = before && (await followChanges(rpc, before, block)) ? before : fresh()
    next.blockNumber = block.number
    next.blockHash = block.hash
    snapshots.set(chainId, next)
    return next
  }

  return {
    async readBlock(chainId) {
      const block = await network
        .rpc(chainId)
        .request('eth_getBlockByNumber', ['latest', false], blockHeaderSchema)
      return { number: block.number, hash: block.hash, timestampMs: block.timestamp * 1000 }
    },

    async readPools({ chainId, venues, tokens, block, reach, pairing = 'all' }) {
      const rpc = network.rpc(chainId)
      const { multicall3 } = network.definition(chainId)
      const snapshot = await bringTo(rpc, chainId, block)
      const candidates = listCandidates(venues, tokens, pairing)
      const toRead = candidates.filter(({ id }) => {
        const known = snapshot.pools.get(id)
        if (known) return known.reach < reach
        const absentSince = snapshot.absent.get(id)
        return absentSince === undefined || block.number - absentSince > absenceLasts
      })
      const states = await readTogether(
        toRead.map((candidate) => candidate.read(reach)),
        (calls) => callContracts(rpc, multicall3, calls, block.number),
      )
      for (const [index, candidate] of toRead.entries()) {
        const state = states[index]
        if (state) snapshot.pools.set(candidate.id, { candidate, reach, state })
        else snapshot.absent.set(candidate.id, block.number)
      }
      return candidates.flatMap(({ id }) => snapshot.pools.get(id)?.state ?? [])
    },

    forget: (chainId) => {
      snapshots.delete(chainId)
    },
  }
}

/** Runs many readings side by side, putting the calls of each round together. */
async function readTogether(
  readings: readonly PoolReading[],
  call: (calls: readonly ContractCall[]) => Promise<Answers>,
): Promise<(KeyedPool | undefined)[]> {
  const results = new Array<KeyedPool | undefined>(readings.length).fill(undefined)
  let open = readings.map((reading, index) => ({ reading, index, step: reading.next([]) }))
  for (;;) {
    for (const { step, index } of open) if (step.done) results[index] = step.value
    open = open.filter(({ step }) => !step.done)
    if (open.length === 0) return results
    const rounds = open.map(({ step }) => (step.done ? [] : step.value))
    const answers = await call(rounds.flat())
    let start = 0
    open = open.map(({ reading, index }, at) => {
      const end = start + (rounds[at]?.length ?? 0)
      const own = answers.slice(start, end)
      start = end
      return { reading, index, step: reading.next(own) }
    })
  }
}

/** Forgets the pools that had an event since the snapshot's block. False where the snapshot cannot be followed up. */
async function followChanges(
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
  for (const [id, { candidate }] of pools) {
    if (candidate.watch.kind === 'address') addresses.push(id)
    else {
      contracts.add(candidate.watch.contract)
      ids.push(id)
    }
  }
  try {
    const [before, ...logs] = await Promise.all([
      rpc.request('eth_getBlockByNumber', [toBlockTag(blockNumber), false], blockHeaderSchema.nullable()),
      ...(addresses.length === 0
        ? []
        : [rpc.request('eth_getLogs', [{ ...range, address: addresses }], logsSchema)]),
      ...(ids.length === 0
        ? []
        : [
            rpc.request(
              'eth_getLogs',
              [{ ...range, address: [...contracts], topics: [null, ids] }],
              logsSchema,
            ),
          ]),
    ])
    if (before?.hash !== snapshot.blockHash) return false
    for (const log of logs.flat()) {
      pools.delete(log.address.toLowerCase())
      const id = log.topics[1]
      if (id !== undefined) pools.delete(id)
    }
    // An amplification that is being changed moves without an event.
    for (const [id, { state }] of pools) if (state.key.venue === 'balancerStable') pools.delete(id)
    return true
  } catch (thrown) {
    // Nodes limit logs in many ways; reading everything again is always right.
    if (thrown instanceof AppError) return false
    throw thrown
  }
}
