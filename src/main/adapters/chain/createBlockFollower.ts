import type { ChainStatus } from '../../../shared/contract/chains.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainDefinition, Head } from '../../capabilities/chains/chains.ports.ts'
import type { RpcPool } from './createRpcPool.ts'
import { type BlockHeader, blockHeaderSchema, quantitySchema } from './rpcSchemas.ts'

export interface BlockFollower {
  stop(): void
}

export interface BlockFollowerOptions {
  readonly definition: ChainDefinition
  readonly pool: RpcPool
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  readonly schedule: (callback: () => void, delayMs: number) => () => void
  onHead(head: Head): void
  onStatus(status: ChainStatus): void
  /** Told of what should not be possible; following goes on. */
  onBug(thrown: unknown): void
}

/** Behind a load balancer the next answer may come from a node that is a few blocks older: that is no reorganisation. */
const toleratedLag = 64n
/** Answers at the same height after which the block's hash is compared all the same. */
const sameHeightChecks = 20

/** How often the nodes that are not in use are asked for their height. */
const surveyEveryMs = 30_000

/** Follows a chain's newest block, by polling at the chain's rhythm and by subscription where the node pushes. */
export function startBlockFollower(options: BlockFollowerOptions): BlockFollower {
  const { definition, pool } = options
  const { chainId } = definition
  const isPractice = definition.kind === 'practice'
  const pollMs = Math.min(Math.max((definition.blockTimeSeconds * 1000) / 2, isPractice ? 250 : 2000), 4000)
  const slowestPollMs = isPractice ? 2000 : 15_000
  /** Age of the newest block from which a node counts as behind. */
  const staleMs = Math.max(60_000, definition.blockTimeSeconds * 20_000)

  let isStopped = false
  let isChecking = false
  let checkAgain = false
  let isPushed = false
  let cancelTimer: () => void = () => {}
  let newest: BlockHeader | undefined
  let seenVerifications = 0
  let unchanged = 0
  let lower = 0
  let failures = 0
  let surveyAtMs = options.monotonicMs()

  const readLatest = () => pool.request('eth_getBlockByNumber', ['latest', false], blockHeaderSchema)

  /** Whether the block that was newest before is still part of the chain. */
  async function isStillCanonical(before: BlockHeader, latest: BlockHeader): Promise<boolean> {
    if (latest.number === before.number) return latest.hash === before.hash
    if (latest.number === before.number + 1n) return latest.parentHash === before.hash
    if (latest.number < before.number) return false
    const number = `0x${before.number.toString(16)}`
    const block = await pool.request('eth_getBlockByNumber', [number, false], blockHeaderSchema.nullable())
    return block?.hash === before.hash
  }

  async function adopt(latest: BlockHeader): Promise<void> {
    const before = newest
    const isReorganised = before !== undefined && !(await isStillCanonical(before, latest))
    if (isStopped) return
    newest = latest
    pool.noteHead(latest.number, latest.hash)
    unchanged = 0
    lower = 0
    if (before?.hash === latest.hash) return
    options.onHead({
      chainId,
      number: latest.number,
      hash: latest.hash,
      timestampMs: latest.timestamp * 1000,
      isReorganised,
    })
  }

  async function check(): Promise<void> {
    if (options.monotonicMs() >= surveyAtMs) {
      surveyAtMs = options.monotonicMs() + surveyEveryMs
      // Beside the question that everybody waits for: a node that hangs must not hold it.
      pool.survey().catch(options.onBug)
    }
    const startedAt = options.monotonicMs()
    const number = await pool.request('eth_blockNumber', [], quantitySchema)
    if (isStopped) return
    const latencyMs = Math.round(options.monotonicMs() - startedAt)
    const isNewNode = pool.verifications !== seenVerifications
    seenVerifications = pool.verifications
    if (newest === undefined || number > newest.number || isNewNode) {
      await adopt(await readLatest())
    } else if (number < newest.number) {
      lower += 1
      if (isPractice || newest.number - number > toleratedLag || lower >= 10) await adopt(await readLatest())
    } else {
      unchanged += 1
      if (unchanged >= sameHeightChecks) await adopt(await readLatest())
    }
    if (isStopped || newest === undefined) return
    const ageMs = options.nowMs() - newest.timestamp * 1000
    report({
      health: definition.hasSteadyBlocks && ageMs > staleMs ? 'behind' : 'ok',
      blockNumber: newest.number,
      blockTimestampMs: newest.timestamp * 1000,
      latencyMs,
    })
    isPushed = await pool.subscribeNewHeads(() => void tick())
  }

  function report(status: Omit<ChainStatus, 'chainId' | 'checkedAtMs' | 'node'>): void {
    const { node } = pool
    options.onStatus({
      chainId,
      ...status,
      checkedAtMs: options.nowMs(),
      nodes: [...pool.describeNodes()],
      ...(node === undefined ? {} : { node }),
    })
  }

  async function tick(): Promise<void> {
    if (isStopped) return
    if (isChecking) {
      checkAgain = true
      return
    }
    cancelTimer()
    isChecking = true
    try {
      await check()
      failures = 0
    } catch (thrown) {
      failures += 1
      if (!isStopped) {
        const isWrongChain = thrown instanceof AppError && thrown.code === 'chain.wrongChainId'
        report({
          health: isWrongChain ? 'wrongChain' : 'down',
          ...(newest && { blockNumber: newest.number, blockTimestampMs: newest.timestamp * 1000 }),
        })
        if (!(thrown instanceof AppError)) options.onBug(thrown)
      }
    } finally {
      isChecking = false
      if (!isStopped) {
        const waitMs =
          failures > 0
            ? Math.min(pollMs * 2 ** Math.min(failures - 1, 6), slowestPollMs)
            : isPushed
              ? pollMs * 4
              : pollMs
        cancelTimer = options.schedule(() => void tick(), checkAgain ? 0 : waitMs)
        checkAgain = false
      }
    }
  }

  void tick()
  return {
    stop() {
      isStopped = true
      cancelTimer()
    },
  }
}
