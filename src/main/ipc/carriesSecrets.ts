import { channelOf } from '../../shared/contract/route.ts'

const vaultChannels = channelOf('vault', '')
const otherChannels: ReadonlySet<string> = new Set(
  ['copySecret', 'saveFile'].map((route) => channelOf('app', route)),
)

/** Whether the bytes on a channel are passwords, phrases or kits, of which main must keep no copy. */
export function carriesSecrets(channel: string): boolean {
  return channel.startsWith(vaultChannels) || otherChannels.has(channel)
}
