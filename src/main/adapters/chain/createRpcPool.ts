import type { z } from 'zod'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { createHttpRpc } from './createHttpRpc.ts'
import { createWebSocketRpc } from './createWebSocketRpc.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { NodeUnreachableError, type UnreachableReason } from './NodeUnreachableError.ts'
import { parseRpcUrl, type RpcUrl } from './parseRpcUrl.ts'
import type { RpcConnection } from './RpcConnection.ts'
import { quantitySchema } from './rpcSchemas.ts'

/** A chain's nodes behind one door. */
export interface RpcPool {
  /**
   * Asks the healthiest node, then the others; results that do not fit the schema count as no answer.
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
}

interface Endpoint {
  readonly url: RpcUrl
  readonly connection: RpcConnection
  verified: Promise<void> | undefined
  failures: number
  restsUntilMs: number
}

class WrongChain extends Error {
  readonly actual: bigint
  constructor(actual: bigint) {
    super('wrong chain')
    this.actual = actual
  }
}

const defaultTimeoutMs = 8_000
const defaultMaxBytes = 8_000_000
/** A node that serves another chain is asked again after this time; it may have been repaired. */
const wrongChainRestMs = 30_000

export function createRpcPool(options: RpcPoolOptions): RpcPool {
  const connection = {
    chainId: options.chainId,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    maxBytes: options.maxBytes ?? defaultMaxBytes,
  }
  const endpoints: Endpoint[] = options.rpcUrls.map((text) => {
    const url = parseRpcUrl(text)
    return {
      url,
      connection: url.kind === 'http' ? createHttpRpc(url, connection) : createWebSocketRpc(url, connection),
      verified: undefined,
      failures: 0,
      restsUntilMs: 0,
    }
  })
  let lastUsed: Endpoint | undefined
  let verifications = 0
  let isClosed = false

  async function verify(endpoint: Endpoint): Promise<void> {
    const answer = quantitySchema.safeParse(await endpoint.connection.request('eth_chainId', []))
    if (!answer.success) throw new NodeUnreachableError('garbage')
    if (answer.data !== BigInt(options.chainId)) throw new WrongChain(answer.data)
    verifications += 1
  }

  function byHealth(): Endpoint[] {
    const now = options.nowMs()
    // The sort is stable: among equally healthy nodes the user's order decides, so that requests do not wander.
    return [...endpoints].sort(
      (a, b) =>
        Number(a.restsUntilMs > now) - Number(b.restsUntilMs > now) ||
        (a.restsUntilMs > now ? a.restsUntilMs - b.restsUntilMs : a.failures - b.failures),
    )
  }

  function noteFailure(endpoint: Endpoint, restMs?: number): void {
    endpoint.failures = Math.min(endpoint.failures + 1, 6)
    endpoint.restsUntilMs = options.nowMs() + (restMs ?? 500 * 2 ** endpoint.failures)
    // Whatever answers at this address next may be another node.
    endpoint.verified = undefined
  }

  async function ask<Schema extends z.ZodType>(
    endpoint: Endpoint,
    method: string,
    params: readonly unknown[],
    schema: Schema,
  ): Promise<z.output<Schema>> {
    endpoint.verified ??= verify(endpoint)
    await endpoint.verified
    const answer = schema.safeParse(await endpoint.connection.request(method, params))
    if (!answer.success) throw new NodeUnreachableError('garbage')
    return answer.data
  }

  return {
    async request(method, params, schema) {
      let failure: AppError | undefined
      for (const endpoint of byHealth()) {
        try {
          const answer = await ask(endpoint, method, params, schema)
          endpoint.failures = 0
          endpoint.restsUntilMs = 0
          lastUsed = endpoint
          return answer
        } catch (thrown) {
          const node = endpoint.url.host
          if (thrown instanceof NodeRefusedError) {
            // Only a verified node's refusal says anything about the request.
            if (!thrown.isRateLimit && !thrown.isMethodMissing) {
              lastUsed = endpoint
              throw thrown
            }
            if (thrown.isRateLimit) noteFailure(endpoint)
            failure ??= thrown
          } else if (thrown instanceof WrongChain) {
            noteFailure(endpoint, wrongChainRestMs)
            failure ??= new AppError('chain.wrongChainId', {
              chainId: options.chainId,
              actual: thrown.actual,
              node,
            })
          } else if (thrown instanceof NodeUnreachableError) {
            if (thrown.reason !== 'tooLarge') noteFailure(endpoint)
            failure = unreachable(options.chainId, thrown.reason, node, failure)
          } else {
            throw thrown
          }
          if (isClosed) break
        }
      }
      throw (
        failure ?? new AppError('chain.unreachable', { chainId: options.chainId, reason: 'noNode', node: '' })
      )
    },
    get node() {
      return lastUsed?.url.host
    },
    get verifications() {
      return verifications
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

function unreachable(
  chainId: ChainId,
  reason: UnreachableReason,
  node: string,
  earlier: AppError | undefined,
): AppError {
  // A node's own refusal tells the user more than another node's silence.
  if (earlier instanceof NodeRefusedError) return earlier
  return new AppError('chain.unreachable', { chainId, reason, node }, { retryable: true })
}
