import { z } from 'zod'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId, Hash } from '../../../shared/identity/identity.ts'
import { toSafeText } from '../../../shared/text/toSafeText.ts'
import type { BroadcastOutcome, PrivateChannel, PrivateStatus } from '../../capabilities/activity/index.ts'
import type { PrivateFlow, VenueDirectory } from '../../capabilities/swaps/index.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { createRpcPool, type RpcPool } from './createRpcPool.ts'
import { NodeRefusedError } from './NodeRefusedError.ts'
import { hash32Schema } from './rpcSchemas.ts'

/** What Flashbots Protect's status page tells, and the local block builder in the same words. */
const statusSchema = z.object({
  status: z.enum(['PENDING', 'INCLUDED', 'FAILED', 'CANCELLED', 'UNKNOWN']),
  simError: z.string().nullish(),
})
const statusTimeoutMs = 8_000
/** How the local block builder is asked for the same. */
const localStatusMethod = 'minato_privateTransactionStatus'
const noTransaction: Hash = `0x${'0'.repeat(64)}`

/**
 * Sends transactions to those who make blocks and to nobody else. What cannot be sent privately is not sent at all.
 */
export function createPrivateFlow(
  network: RpcNetwork,
  venues: VenueDirectory,
  nowMs: () => number,
): PrivateFlow & PrivateChannel & { close(): void } {
  const relays = new Map<ChainId, RpcPool>()
  const available = new Map<ChainId, boolean>()

  function open(chainId: ChainId): { rpc: RpcPool; statusUrl: string | undefined } {
    const relay = venues.find(chainId)?.relay
    if (!relay) throw new AppError('swap.channelUnavailable', { channel: 'private' })
    if (relay.kind === 'node') return { rpc: network.rpc(chainId), statusUrl: undefined }
    const rpc = relays.get(chainId) ?? createRpcPool({ chainId, rpcUrls: [relay.rpcUrl], nowMs })
    relays.set(chainId, rpc)
    return { rpc, statusUrl: relay.statusUrl }
  }

  async function askStatus(chainId: ChainId, hash: Hash): Promise<z.output<typeof statusSchema>> {
    const { rpc, statusUrl } = open(chainId)
    if (statusUrl === undefined) return rpc.request(localStatusMethod, [hash], statusSchema)
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

  return {
    async isAvailable(chainId) {
      const relay = venues.find(chainId)?.relay
      if (!relay) return false
      if (relay.kind === 'protect') return true
      const known = available.get(chainId)
      if (known !== undefined) return known
      try {
        // A bare node in the builder's place takes no private transactions.
        await askStatus(chainId, noTransaction)
        available.set(chainId, true)
      } catch (thrown) {
        if (!(thrown instanceof NodeRefusedError) || !thrown.isMethodMissing) throw thrown
        available.set(chainId, false)
      }
      return available.get(chainId) ?? false
    },

    async submit(chainId, signedTransaction): Promise<BroadcastOutcome> {
      const { rpc } = open(chainId)
      try {
        await rpc.request('eth_sendPrivateTransaction', [{ tx: signedTransaction }], hash32Schema)
        return { status: 'accepted' }
      } catch (thrown) {
        if (!(thrown instanceof NodeRefusedError) || thrown.isRateLimit) throw thrown
        const { reason } = thrown
        if (/already known/i.test(reason)) return { status: 'accepted' }
        return { status: /nonce too low/i.test(reason) ? 'nonceTaken' : 'refused', reason }
      }
    },

    async readStatus(chainId, hash): Promise<PrivateStatus> {
      const { status, simError } = await askStatus(chainId, hash)
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

    async cancel(chainId, hash) {
      const { rpc } = open(chainId)
      return rpc.request('eth_cancelPrivateTransaction', [{ txHash: hash }], z.boolean())
    },

    close() {
      for (const rpc of relays.values()) rpc.close()
      relays.clear()
    },
  }
}
