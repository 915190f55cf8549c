import type { SwapQuote } from '../../../../shared/contract/swaps.ts'
import type { InclusionTime } from '../../mev/index.ts'
import type { SwapVenues } from './SwapVenues.ts'

type Channels = SwapQuote['mev']['channels']

/** The ways in which a trade can be sent on a chain, the one that is taken unless the user says otherwise first. */
export function listChannels(
  venues: Pick<SwapVenues, 'relay' | 'publicChannel'>,
  hasPrivateFlow: boolean,
  blockTimeSeconds: number,
): Channels {
  const { relay } = venues
  const isSequencer = venues.publicChannel === 'sequencer'
  const hasRelay = relay !== undefined && hasPrivateFlow
  const channels: Channels = []
  if (hasRelay) {
    channels.push({
      channel: 'private',
      kind: 'relay',
      isDefault: true,
      ...(relay.kind === 'protect' ? { operator: hostOf(relay.rpcUrl) } : {}),
      paysForFailure: false,
      canCancel: true,
      // Not every block is made by a builder that the relay reaches.
      usualSeconds: relay.kind === 'protect' ? blockTimeSeconds * 2 : blockTimeSeconds,
    })
  }
  channels.push({
    channel: 'public',
    kind: isSequencer ? 'sequencer' : 'mempool',
    isDefault: !hasRelay,
    paysForFailure: true,
    canCancel: false,
    usualSeconds: blockTimeSeconds,
  })
  return channels
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
