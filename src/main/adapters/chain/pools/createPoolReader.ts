import type { ChainId } from '../../../../shared/identity/identity.ts'
import type { KeyedPool, PoolReader } from '../../../capabilities/swaps/index.ts'
import { callContracts } from '../callContracts.ts'
import type { RpcNetwork } from '../createNodeNetwork.ts'
import type { RpcPool } from '../createRpcPool.ts'
import type { ContractCall } from '../multicall3.ts'
import { blockHeaderSchema } from '../rpcSchemas.ts'
import { findDust } from './findDust.ts'
import { followChanges } from './followChanges.ts'
import { isSameState } from './isSameState.ts'
import { listCandidates } from './listCandidates.ts'
import type { Answers, PoolCandidate, PoolReading } from './PoolCandidate.ts'
import type { Snapshot } from './Snapshot.ts'

/** Blocks after which a pool that did not exist, or held next to nothing, is looked at again. */
const absenceLasts = 300n

/**
 * Reads pools at one block. Between blocks their own events are applied; a reorganisation forgets everything. In every block one
 * of the pools that are kept by events is read as well: should the two differ, all is read anew.
 */
export function createPoolReader(network: RpcNetwork): PoolReader {
  const snapshots = new Map<ChainId, Snapshot>()

  async function bringTo(rpc: RpcPool, chainId: ChainId, block: { number: bigint; hash: string }) {
    const before = snapshots.get(chainId)
    if (before?.blockHash === block.hash) return before
    const isFollowed = before !== undefined && (await followChanges(rpc, before, block))
    const next: Snapshot = isFollowed ? before : { ...emptySnapshot(), blockNumber: 0n, blockHash: '' }
    next.blockNumber = block.number
    next.blockHash = block.hash
    next.isAudited = !isFollowed
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
      const isLeftOut = (id: string) => {
        const since = snapshot.leftOut.get(id)
        return since !== undefined && block.number - since <= absenceLasts
      }
      const read = (wanted: readonly { readonly candidate: PoolCandidate; readonly reach: number }[]) =>
        readTogether(
          wanted.map(({ candidate, reach: far }) => candidate.read(far)),
          (calls) => callContracts(rpc, multicall3, calls, block.number),
        )
      const missing = candidates
        .filter(({ id }) => {
          const known = snapshot.pools.get(id)
          return known ? known.reach < reach : !isLeftOut(id)
        })
        .map((candidate) => ({ candidate, reach }))
      const audited = chooseAudited(snapshot, missing)
      const states = await read(audited ? [...missing, audited] : missing)
      if (audited) {
        const found = states.pop()
        const isRight = found !== undefined && isSameState(audited.state, found)
        // What events said of one pool is wrong, so that what they said of the others proves nothing.
        if (!isRight) {
          snapshots.delete(chainId)
          return this.readPools({ chainId, venues, tokens, block, reach, pairing })
        }
        audited.eventsSinceRead = 0
      }
      for (const [index, { candidate }] of missing.entries()) {
        const state = states[index]
        if (state) snapshot.pools.set(candidate.id, { candidate, reach, state, eventsSinceRead: 0 })
        else snapshot.leftOut.set(candidate.id, block.number)
      }
      for (const id of findDust(snapshot.pools)) {
        snapshot.pools.delete(id)
        snapshot.leftOut.set(id, block.number)
      }
      const found = candidates.flatMap(({ id }) => snapshot.pools.get(id)?.state ?? [])
      // A pool of three tokens is found by each of its pairs.
      return [...new Map(found.map((state) => [state.pool.id, state])).values()]
    },

    forget: (chainId) => {
      snapshots.delete(chainId)
    },
  }
}

function emptySnapshot(): Pick<Snapshot, 'pools' | 'leftOut' | 'isAudited'> {
  return { pools: new Map(), leftOut: new Map(), isAudited: true }
}

/** Once a block, the pool that the most events were applied to. */
function chooseAudited(snapshot: Snapshot, missing: readonly { readonly candidate: PoolCandidate }[]) {
  if (snapshot.isAudited) return undefined
  snapshot.isAudited = true
  let chosen: (typeof snapshot)['pools'] extends Map<string, infer Known> ? Known | undefined : never
  for (const known of snapshot.pools.values()) {
    if (known.eventsSinceRead === 0 || missing.some(({ candidate }) => candidate.id === known.candidate.id)) {
      continue
    }
    if (!chosen || known.eventsSinceRead > chosen.eventsSinceRead) chosen = known
  }
  return chosen
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
