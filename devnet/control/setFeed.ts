import { type Address, encodeFunctionData, type Hex, parseAbi } from 'viem'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import type { Rpc } from '../anvil/rpc.ts'
import type { LocalChainManifest } from '../manifest.ts'
import { sendAs } from './sendAs.ts'

const feedAbi = parseAbi([
  'function setAnswer(int256 answer)',
  'function setRound(int256 answer, uint256 updatedAt)',
])

/** The address of the feed of a base in USD; throws where the chain has none. */
export function feedAddress(manifest: Pick<LocalChainManifest, 'feeds'>, base: string): Address {
  const feed = manifest.feeds.find((entry) => entry.base === base && entry.quote === 'USD')
  if (feed === undefined) throw new Error(`no ${base} / USD feed`)
  return feed.address
}

/** A new answer for a feed. */
export interface FeedUpdate {
  /** In units of 1e-8. */
  answer: bigint
  /**
   * Seconds since the answer was reported: the feed stands still from there and grows older with the chain. Absent
   * brings it to life: it looks reported every heartbeat.
   */
  ageS?: number
  /** As in `sendAs`. */
  mine?: boolean
}

/** Sets the price, and where wanted the age, of a feed. */
export async function setFeed(
  rpc: Rpc,
  feed: Address,
  { answer, ageS, mine = false }: FeedUpdate,
): Promise<void> {
  let data: Hex
  if (ageS === undefined) {
    data = encodeFunctionData({ abi: feedAbi, functionName: 'setAnswer', args: [answer] })
  } else {
    const block = await rpc<{ timestamp: Hex }>('eth_getBlockByNumber', 'latest', false)
    const updatedAt = BigInt(block.timestamp) - BigInt(ageS)
    data = encodeFunctionData({ abi: feedAbi, functionName: 'setRound', args: [answer, updatedAt] })
  }
  await sendAs(rpc, ACCOUNT_ADDRESSES.deployer, { to: feed, data, mine })
}
