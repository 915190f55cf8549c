import type { z } from 'zod'
import type { NodeHealth } from '../../../shared/contract/chains.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { monotonicMs } from '../system/clock.ts'
import { schedule } from '../system/schedule.ts'
import { createBlockCache } from './createBlockCache.ts'
import { createEndpoint, type Endpoint, WrongChain } from './createEndpoint.ts'
import { createRateGate } from './createRateGate.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { NodeUnreachableError, type UnreachableReason } from './NodeUnreachableError.ts'
import { parseRpcUrl } from './parseRpcUrl.ts'
import { quantitySchema } from './rpcSchemas.ts'

/** One of a chain's nodes, asked by itself. */
export interface PoolNode {
  readonly node: string
  /** @throws AppError `chain.unreachable`, `chain.wrongChainId`; NodeRefusedError */
  request<Schema extends z.ZodType>(
    method: string,
    params: readonly unknown[],
    schema: Schema,
  ): Promise<z.output<Schema>>
  /** What it said was shown to be false: it is asked last from now on. */
  distrust(): void
}

/** A chain's nodes behind one door. */
export interface RpcPool {
  /**
   * Asks the healthiest node, then the others; results that do not fit the schema count as no answer. The same question asked twice at a time is
   * asked once, and what was read at the newest block is not read again while that block is the newest.
   *
   * @throws AppError `chain.unreachable`, `chain.wrongChainId`; NodeRefusedError (`chain.rpcFailed`) where a node refused the request itself.
   */
  request<Schema extends z.ZodType>(
    method: string,
    params: readonly unknown[],
    schema: Schema,
  ): Promise<z.output<Schema>>
  /** Host of the node that answered last. */
  readonly node: string | undefined
  /** Rises each time that a node had to prove its chain id anew, which a restart makes necessary. */
  readonly verifications: number
  /** The nodes one by one, healthiest first, without those that asked to be left alone. */
  listNodes(): readonly PoolNode[]
  /** How each node does, in the user's order. */
  describeNodes(): readonly NodeHealth[]
  /** Asks every node that is not in use for its height, so that one that lags is known before it is needed. */
  survey(): Promise<void>
  /** Tells which block is the newest. */
  noteHead(number: bigint, hash: string): void
  /** Asks to be told of new blocks; `false` where the node in use cannot push. */
  subscribeNewHeads(listener: () => void): Promise<boolean>
  close(): void
}

export interface RpcPoolOptions {
  readonly chainId: ChainId
  readonly rpcUrls: readonly string[]
  readonly nowMs: () => number
  readonly timeoutMs?: number
  readonly maxBytes?: number
  /** Requests a second to one node, but for those on this machine, which nobody else waits for. */
  readonly requestsPerSecond?: number
  /** Blocks by which a node may be behind the others before they are preferred. */
  readonly toleratedLag?: bigint
}

const defaultTimeoutMs = 8_000
const defaultMaxBytes = 8_000_000
const defaultPerSecond = 25
const defaultToleratedLag = 3n
/** A caller waits this long for a node that asked to be left alone; beyond that it is told. */
const patienceMs = 4_000

export function createRpcPool(options: RpcPoolOptions): RpcPool {
  const { chainId, nowMs } = options
  let verifications = 0
  const endpoints = options.rpcUrls.map((text) => {
    const url = parseRpcUrl(text)
    const perSecond = options.requestsPerSecond ?? (isOnThisMachine(url.host) ? undefined : defaultPerSecond)
    return createEndpoint({
      chainId,
      url,
      timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
      maxBytes: options.maxBytes ?? defaultMaxBytes,
      gate:
        perSecond === undefined
          ? undefined
          : createRateGate({ perSecond, burst: perSecond * 2, monotonicMs, schedule }),
      nowMs,
      onVerified() {
        verifications += 1
      },
    })
  })
  const cache = createBlockCache()
  let lastUsed: Endpoint | undefined
  let isClosed = false

  const byHealth = () =>
    endpoints
      .filter((endpoint) => endpoint.quietMs() === 0)
      // The sort is stable: among equally healthy nodes the user's order decides, so that requests do not wander.
      .sort((a, b) => a.rank() - b.rank())

  async function askAny<Schema extends z.ZodType>(
    method: string,
    params: readonly unknown[],
    schema: Schema,
  ): Promise<z.output<Schema>> {
    let failure: AppError | undefined
    for (const endpoint of byHealth()) {
      try {
        const answer = await endpoint.ask(method, params, schema)
        lastUsed = endpoint
        return answer
      } catch (thrown) {
        // Only a verified node's refusal says anything about the request.
        if (thrown instanceof NodeRefusedError && !thrown.isRateLimit && !thrown.isMethodMissing) {
          lastUsed = endpoint
          throw thrown
        }
        failure = toFailure(thrown, endpoint.node, failure)
        if (isClosed) break
      }
    }
    throw failure ?? noNode()
  }

  function noNode(): AppError {
    const [limited] = [...endpoints].sort((a, b) => a.quietMs() - b.quietMs())
    return limited
      ? unreachable('rateLimited', limited.node)
      : new AppError('chain.unreachable', { chainId, reason: 'noNode', node: '' })
  }

  function unreachable(reason: UnreachableReason, node: string): AppError {
    return new AppError('chain.unreachable', { chainId, reason, node }, { retryable: true })
  }

  function toFailure(thrown: unknown, node: string, earlier: AppError | undefined): AppError {
    if (thrown instanceof NodeRefusedError) return earlier ?? thrown
    if (thrown instanceof WrongChain)
      return earlier ?? new AppError('chain.wrongChainId', { chainId, actual: thrown.actual, node })
    if (!(thrown instanceof NodeUnreachableError)) throw thrown
    // A node's own refusal tells the user more than another node's silence.
    return earlier instanceof NodeRefusedError ? earlier : unreachable(thrown.reason, node)
  }

  /** Waits once for nodes that were asked too often, where they let themselves be waited for. */
  async function askPatiently<Schema extends z.ZodType>(
    method: string,
    params: readonly unknown[],
    schema: Schema,
  ): Promise<z.output<Schema>> {
    try {
      return await askAny(method, params, schema)
    } catch (thrown) {
      const waitMs = Math.min(...endpoints.map((endpoint) => endpoint.quietMs()))
      const isLimited =
        thrown instanceof NodeRefusedError
          ? thrown.isRateLimit
          : thrown instanceof AppError && thrown.params.reason === 'rateLimited'
      if (!isLimited || isClosed || !(waitMs <= patienceMs)) throw thrown
      await new Promise<void>((resolve) => schedule(resolve, waitMs + 1))
      return askAny(method, params, schema)
    }
  }

  return {
    request: (method, params, schema) =>
      cache.answer(method, params, schema, () => askPatiently(method, params, schema)),

    get node() {
      return lastUsed?.node
    },
    get verifications() {
      return verifications
    },

    listNodes: () =>
      byHealth().map((endpoint) => ({
        node: endpoint.node,
        async request(method, params, schema) {
          try {
            return await endpoint.ask(method, params, schema)
          } catch (thrown) {
            if (thrown instanceof NodeRefusedError) throw thrown
            throw toFailure(thrown, endpoint.node, undefined)
          }
        },
        distrust: endpoint.distrust,
      })),

    describeNodes() {
      const heights = endpoints.flatMap(({ height }) => (height === undefined ? [] : [height]))
      const furthest = heights.reduce<bigint | undefined>(
        (most, height) => (most === undefined || height > most ? height : most),
        undefined,
      )
      return endpoints.map((endpoint) => endpoint.describe(furthest, endpoint === lastUsed))
    },

    async survey() {
      if (endpoints.length < 2) return
      await Promise.all(
        byHealth().map(async (endpoint) => {
          try {
            endpoint.noteHeight(await endpoint.ask('eth_blockNumber', [], quantitySchema))
          } catch {
            // What went wrong was noted where it happened.
          }
        }),
      )
      const heights = endpoints.flatMap(({ height }) => (height === undefined ? [] : [height]))
      // The height that at least two claim: one alone could claim any.
      const [, agreed] = heights.sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))
      for (const endpoint of endpoints) {
        endpoint.isBehind =
          agreed !== undefined &&
          endpoint.height !== undefined &&
          agreed - endpoint.height > (options.toleratedLag ?? defaultToleratedLag)
      }
    },

    noteHead(number, hash) {
      cache.noteHead(number, hash)
      lastUsed?.noteHeight(number)
    },

    async subscribeNewHeads(listener) {
      if (!lastUsed?.connection.subscribeNewHeads) return false
      try {
        await lastUsed.connection.subscribeNewHeads(listener)
        return true
      } catch {
        // Polling goes on, so that a node without subscriptions is followed all the same.
        return false
      }
    },

    close() {
      isClosed = true
      for (const endpoint of endpoints) endpoint.connection.close()
    },
  }
}

function isOnThisMachine(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(host)
}
