import type { z } from 'zod'
import type { NodeHealth } from '../../../shared/contract/chains.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import { createHttpRpc } from './createHttpRpc.ts'
import type { RateGate } from './createRateGate.ts'
import { createWebSocketRpc } from './createWebSocketRpc.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { NodeUnreachableError } from './NodeUnreachableError.ts'
import type { RpcUrl } from './parseRpcUrl.ts'
import type { RpcConnection } from './RpcConnection.ts'
import { quantitySchema } from './rpcSchemas.ts'

/** One node of a chain: proves its chain id before it is believed, and remembers how it does. */
export interface Endpoint {
  readonly node: string
  readonly connection: RpcConnection
  /** @throws NodeUnreachableError, NodeRefusedError, WrongChain */
  ask<Schema extends z.ZodType>(
    method: string,
    params: readonly unknown[],
    schema: Schema,
  ): Promise<z.output<Schema>>
  /** Milliseconds until the node may be asked again because it said so; 0 where it may. */
  quietMs(): number
  /** Lower is better: among equals the user's order decides. */
  rank(): number
  /** Notes the node's newest block, by which others are measured. */
  noteHeight(height: bigint): void
  /** What the node said was shown to be false. It is asked last from now on, until its address is given anew. */
  distrust(): void
  /** @param height of the furthest of the chain's nodes */
  describe(height: bigint | undefined, isInUse: boolean): NodeHealth
  readonly height: bigint | undefined
  /** Set where the node is some blocks behind the others. */
  isBehind: boolean
}

export interface EndpointOptions {
  readonly chainId: ChainId
  readonly url: RpcUrl
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly gate: RateGate | undefined
  readonly nowMs: () => number
  readonly onVerified: () => void
}

export class WrongChain extends Error {
  readonly actual: bigint
  constructor(actual: bigint) {
    super('wrong chain')
    this.actual = actual
  }
}

/** A node that serves another chain is asked again after this time; it may have been repaired. */
const wrongChainRestMs = 30_000
/** Where a node complains of too many requests without saying for how long. */
const usualQuietMs = 1_000
/** Answers by which the share of errors is told. */
const remembered = 50

export function createEndpoint(options: EndpointOptions): Endpoint {
  const { chainId, url, gate, nowMs } = options
  const limits = { chainId, timeoutMs: options.timeoutMs, maxBytes: options.maxBytes }
  const connection = url.kind === 'http' ? createHttpRpc(url, limits) : createWebSocketRpc(url, limits)
  let verified: Promise<void> | undefined
  let failures = 0
  let restsUntilMs = 0
  let quietUntilMs = 0
  let latencyMs: number | undefined
  let height: bigint | undefined
  let isDistrusted = false
  let isOtherChain = false
  let lastFailure: NodeHealth['lastFailure']
  let outcomes: boolean[] = []

  async function verify(): Promise<void> {
    const answer = quantitySchema.safeParse(await connection.request('eth_chainId', []))
    if (!answer.success) throw new NodeUnreachableError('garbage')
    isOtherChain = answer.data !== BigInt(chainId)
    if (isOtherChain) throw new WrongChain(answer.data)
    options.onVerified()
  }

  function note(isSuccess: boolean): void {
    outcomes = [...outcomes.slice(1 - remembered), isSuccess]
  }

  function noteFailure(restMs?: number): void {
    note(false)
    failures = Math.min(failures + 1, 6)
    restsUntilMs = nowMs() + (restMs ?? 500 * 2 ** failures)
    // Whatever answers at this address next may be another node.
    verified = undefined
  }

  function noteLimit(retryAfterMs: number | undefined): void {
    note(false)
    lastFailure = 'rateLimited'
    quietUntilMs = nowMs() + (retryAfterMs ?? usualQuietMs)
    gate?.slowDown()
  }

  function judge(thrown: unknown): void {
    if (thrown instanceof WrongChain) {
      noteFailure(wrongChainRestMs)
    } else if (thrown instanceof NodeRefusedError) {
      if (thrown.isRateLimit) noteLimit(undefined)
    } else if (thrown instanceof NodeUnreachableError && thrown.reason !== 'closed') {
      if (thrown.reason === 'rateLimited') {
        noteLimit(thrown.retryAfterMs)
        return
      }
      lastFailure = thrown.reason
      // The question was too big, which another node would answer as long.
      if (thrown.reason !== 'tooLarge') noteFailure()
    }
  }

  const endpoint: Endpoint = {
    node: url.host,
    connection,
    isBehind: false,

    async ask(method, params, schema) {
      try {
        await gate?.pass()
        verified ??= verify()
        await verified
        const startedAtMs = nowMs()
        const answer = schema.safeParse(await connection.request(method, params))
        if (!answer.success) throw new NodeUnreachableError('garbage')
        const tookMs = nowMs() - startedAtMs
        latencyMs = latencyMs === undefined ? tookMs : latencyMs * 0.8 + tookMs * 0.2
        failures = 0
        restsUntilMs = 0
        note(true)
        return answer.data
      } catch (thrown) {
        judge(thrown)
        throw thrown
      }
    },

    quietMs: () => Math.max(0, quietUntilMs - nowMs()),

    rank() {
      const restMs = Math.max(0, restsUntilMs - nowMs())
      return (isDistrusted ? 1e9 : 0) + (restMs > 0 ? 1e6 + restMs : failures) + (endpoint.isBehind ? 1e3 : 0)
    },

    noteHeight(next) {
      height = next
    },

    distrust() {
      isDistrusted = true
    },

    describe(furthest, isInUse) {
      const state: NodeHealth['state'] = isDistrusted
        ? 'contradicted'
        : isOtherChain
          ? 'wrongChain'
          : quietUntilMs > nowMs()
            ? 'limited'
            : failures > 0
              ? 'failing'
              : endpoint.isBehind
                ? 'behind'
                : outcomes.length === 0
                  ? 'unasked'
                  : 'ok'
      return {
        node: url.host,
        state,
        isInUse,
        errorsPercent:
          outcomes.length === 0
            ? 0
            : Math.round((outcomes.filter((isSuccess) => !isSuccess).length * 100) / outcomes.length),
        ...(latencyMs === undefined ? {} : { latencyMs: Math.round(latencyMs) }),
        ...(height === undefined ? {} : { blockNumber: height }),
        ...(height === undefined || furthest === undefined || furthest <= height
          ? {}
          : { lagBlocks: Number(furthest - height) }),
        ...(lastFailure === undefined ? {} : { lastFailure }),
      }
    },

    get height() {
      return height
    },
  }
  return endpoint
}
