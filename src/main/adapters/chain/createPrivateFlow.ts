import { z } from 'zod'
import type { PrivateChannelName } from '../../../shared/contract/activity.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId, Hash } from '../../../shared/identity/identity.ts'
import { toSafeText } from '../../../shared/text/toSafeText.ts'
import type { BroadcastOutcome, PrivateChannel, PrivateStatus } from '../../capabilities/activity/index.ts'
import type { PrivateFlow, PrivateRelay, VenueDirectory } from '../../capabilities/swaps/index.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { createRpcPool, type RpcPool } from './createRpcPool.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { hash32Schema, quantitySchema } from './rpcSchemas.ts'

/** What Flashbots Protect's status page tells, and the local block builder in the same words. */
const statusSchema = z.object({
  status: z.enum(['PENDING', 'INCLUDED', 'FAILED', 'CANCELLED', 'UNKNOWN']),
  simError: z.string().nullish(),
})
const transactionSchema = z.object({ hash: hash32Schema, blockNumber: quantitySchema.nullish() }).nullable()
const statusTimeoutMs = 8_000
/** How the local block builder is asked for the same. */
const localStatusMethod = 'minato_privateTransactionStatus'
const noTransaction: Hash = `0x${'0'.repeat(64)}`

export interface PrivateFlowOptions {
  readonly network: Pick<RpcNetwork, 'rpc'>
  readonly venues: VenueDirectory
  /** The user's own private node of a chain. */
  readonly privateRpcUrl: (chainId: ChainId) => string | undefined
  readonly nowMs: () => number
}

/**
 * Sends transactions to those who make blocks and to nobody else. What cannot be sent privately is not sent at all.
 */
export function createPrivateFlow({
  network,
  venues,
  privateRpcUrl,
  nowMs,
}: PrivateFlowOptions): PrivateFlow & PrivateChannel & { close(): void } {
  const pools = new Map<string, RpcPool>()
  const localFlow = new Map<ChainId, boolean>()

  function relaysOf(chainId: ChainId): readonly PrivateRelay[] {
    const own = privateRpcUrl(chainId)
    return [
      ...(venues.find(chainId)?.relays ?? []),
      ...(own === undefined
        ? []
        : [{ channel: 'custom', kind: 'node', rpcUrl: own, paysForFailure: true } as const]),
    ]
  }

  function open(chainId: ChainId, channel: PrivateChannelName): { relay: PrivateRelay; rpc: RpcPool } {
    const relay = relaysOf(chainId).find((each) => each.channel === channel)
    if (!relay) throw new AppError('swap.channelUnavailable', { channel })
    if (!('rpcUrl' in relay)) return { relay, rpc: network.rpc(chainId) }
    const key = `${chainId} ${relay.rpcUrl}`
    const rpc = pools.get(key) ?? createRpcPool({ chainId, rpcUrls: [relay.rpcUrl], nowMs })
    pools.set(key, rpc)
    return { relay, rpc }
  }

  async function askStatusPage(
    chainId: ChainId,
    statusUrl: string,
    hash: Hash,
  ): Promise<z.output<typeof statusSchema>> {
    try {
      const response = await fetch(`${statusUrl}${hash}`, {
        signal: AbortSignal.timeout(statusTimeoutMs),
        redirect: 'error',
        credentials: 'omit',
      })
      return statusSchema.parse(await response.json())
    } catch (thrown) {
      throw new AppError(
        'chain.unreachable',
        { chainId, reason: 'relay' },
        { cause: thrown, retryable: true },
      )
    }
  }

  async function hasLocalFlow(chainId: ChainId): Promise<boolean> {
    const known = localFlow.get(chainId)
    if (known !== undefined) return known
    try {
      // A bare node in the builder's place takes no private transactions.
      await network.rpc(chainId).request(localStatusMethod, [noTransaction], statusSchema)
      localFlow.set(chainId, true)
    } catch (thrown) {
      if (!(thrown instanceof NodeRefusedError) || !thrown.isMethodMissing) throw thrown
      localFlow.set(chainId, false)
    }
    return localFlow.get(chainId) ?? false
  }

  return {
    async listRelays(chainId) {
      const relays = relaysOf(chainId)
      const isUsable = await Promise.all(relays.map((relay) => 'rpcUrl' in relay || hasLocalFlow(chainId)))
      return relays.filter((_, index) => isUsable[index])
    },

    async submit(chainId, channel, signedTransaction): Promise<BroadcastOutcome> {
      const { relay, rpc } = open(chainId, channel)
      try {
        if (relay.channel === 'private') {
          const preferences = relay.kind === 'protect' ? { preferences: { fast: relay.fast } } : {}
          await rpc.request(
            'eth_sendPrivateTransaction',
            [{ tx: signedTransaction, ...preferences }],
            hash32Schema,
          )
        } else {
          await rpc.request('eth_sendRawTransaction', [signedTransaction], hash32Schema)
        }
        return { status: 'accepted' }
      } catch (thrown) {
        if (!(thrown instanceof NodeRefusedError) || thrown.isRateLimit) throw thrown
        const { reason } = thrown
        if (/already known|known transaction|already imported/i.test(reason)) return { status: 'accepted' }
        return { status: /nonce too low/i.test(reason) ? 'nonceTaken' : 'refused', reason }
      }
    },

    async readStatus(chainId, channel, hash): Promise<PrivateStatus> {
      const { relay, rpc } = open(chainId, channel)
      if (relay.channel !== 'private') {
        const transaction = await rpc.request('eth_getTransactionByHash', [hash], transactionSchema)
        if (transaction?.hash !== hash) return { status: 'unknown' }
        return { status: (transaction.blockNumber ?? undefined) === undefined ? 'pending' : 'included' }
      }
      const { status, simError } =
        relay.kind === 'protect'
          ? await askStatusPage(chainId, relay.statusUrl, hash)
          : await rpc.request(localStatusMethod, [hash], statusSchema)
      const reason = simError ? toSafeText(simError, 200) : undefined
      switch (status) {
        case 'PENDING':
          return { status: 'pending' }
        case 'INCLUDED':
          return { status: 'included' }
        case 'CANCELLED':
          return { status: 'cancelled' }
        case 'FAILED':
          return { status: 'expired', ...(reason === undefined ? {} : { reason }) }
        case 'UNKNOWN':
          return { status: 'unknown' }
      }
    },

    async cancel(chainId, channel, hash) {
      const { relay, rpc } = open(chainId, channel)
      if (relay.channel !== 'private') return false
      return rpc.request('eth_cancelPrivateTransaction', [{ txHash: hash }], z.boolean())
    },

    close() {
      for (const rpc of pools.values()) rpc.close()
      pools.clear()
    },
  }
}
