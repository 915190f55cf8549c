import { type Address, getAddress, zeroAddress } from 'viem'
import type { LocalChainManifest, PoolEntry } from '../manifest.ts'
import { findFeed } from './readPrices.ts'

/**
 * The pools in which the market actors trade: of these kinds, both tokens with a price feed. Pools with a note are out
 * of the ordinary on purpose, thin or off their price, and are left as they are.
 */
export function findMarketPools<Kind extends PoolEntry['kind']>(
  manifest: LocalChainManifest,
  kinds: readonly Kind[],
): (PoolEntry & { kind: Kind })[] {
  const priced = new Set<Address>(
    manifest.tokenList.tokens
      .filter((token) => findFeed(manifest, token) !== undefined)
      .map(({ address }) => address),
  )
  // Ether, in V4 pools, goes by the feed of its wrapping.
  priced.add(zeroAddress)
  const isWanted = (pool: PoolEntry): pool is PoolEntry & { kind: Kind } =>
    kinds.some((kind) => kind === pool.kind) &&
    pool.note === undefined &&
    pool.tokens.every((token) => priced.has(getAddress(token)))
  return manifest.pools.filter(isWanted)
}
