import type { SwapQuote } from '../../../../shared/contract/swaps.ts'
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

function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]+)/.exec(url)?.[1] ?? url
}
