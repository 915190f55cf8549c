import type { SwapQuote } from '../../../../shared/contract/swaps.ts'
import type { InclusionTime } from '../../mev/index.ts'
import type { PrivateRelay, SwapVenues } from './SwapVenues.ts'

type Channels = SwapQuote['mev']['channels']

/**
 * The ways in which a trade can be sent on a chain, the one that is taken unless the user says otherwise first. A node that the
 * user named is his own choice, but whether it keeps its word nobody can know: it is offered and not preferred, unless the rest of
 * the chain sees everything.
 */
export function listChannels(
  publicChannel: SwapVenues['publicChannel'],
  relays: readonly PrivateRelay[],
  blockTimeSeconds: number,
): Channels {
  const isSequencer = publicChannel === 'sequencer'
  const preferred = isSequencer ? undefined : relays[0]?.channel
  return [
    ...relays.map((relay) => ({
      channel: relay.channel,
      kind: 'relay' as const,
      isDefault: relay.channel === preferred,
      ...('rpcUrl' in relay ? { operator: hostOf(relay.rpcUrl) } : {}),
      paysForFailure: 'paysForFailure' in relay && relay.paysForFailure,
      canCancel: relay.channel === 'private',
      ...('sharesProfit' in relay && relay.sharesProfit !== undefined
        ? { sharesProfit: relay.sharesProfit }
        : {}),
      // Not every block is made by a builder that the relay reaches.
      usualSeconds: 'rpcUrl' in relay ? blockTimeSeconds * 2 : blockTimeSeconds,
    })),
    {
      channel: 'public' as const,
      kind: isSequencer ? ('sequencer' as const) : ('mempool' as const),
      isDefault: preferred === undefined,
      paysForFailure: true,
      canCancel: false,
      sharesProfit: false,
      usualSeconds: blockTimeSeconds,
    },
  ]
}

/** Until a quote has been read and approved: its limits are those of its own block. */
const approvalMs = 15_000

/** When a trade of this channel gets into a block, counted from the quote. */
export function readInclusion(
  option: Pick<Channels[number], 'kind' | 'operator'> | undefined,
  blockTimeSeconds: number,
): InclusionTime {
  const blockTimeMs = blockTimeSeconds * 1000
  const chancePerBlock = option?.kind === 'relay' && option.operator !== undefined ? 0.85 : 0.97
  return { firstMs: approvalMs + blockTimeMs, blockTimeMs, chancePerBlock }
}

function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]+)/.exec(url)?.[1] ?? url
}
