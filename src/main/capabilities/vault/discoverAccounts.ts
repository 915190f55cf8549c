import {
  type DerivedAddress,
  type Discovery,
  type DiscoveryProgress,
  pathTemplates,
} from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import type { UsageReader } from './vault.ports.ts'

/** BIP-44: so many unused addresses in a row end the search. */
export const gapLimit = 20

/**
 * Looks in every path style for addresses that were used on any of the chains. A chain whose nodes do not answer is told of and
 * otherwise passed over; the search goes on with the rest.
 *
 * @param ownTemplate the wallet's own style, where it is none of the known ones.
 */
export async function discoverAccounts(
  usage: UsageReader,
  derive: (pathTemplate: string, start: number, count: number) => Promise<readonly DerivedAddress[]>,
  ownTemplate: string | undefined,
  onProgress: (progress: DiscoveryProgress) => void = () => {},
): Promise<Discovery> {
  const unanswered = new Set<ChainId>()
  const found: Discovery['found'] = []
  const templates = new Set([
    ...(ownTemplate === undefined ? [] : [ownTemplate]),
    ...Object.values(pathTemplates),
  ])
  const seen = new Set<string>()
  let searched = 0
  for (const pathTemplate of templates) {
    let unusedInARow = 0
    for (let start = 0; unusedInARow < gapLimit; start += gapLimit) {
      const derived = await derive(pathTemplate, start, gapLimit)
      const chainIdsOf = await readChains(usage, derived, unanswered)
      for (const [index, address] of derived.entries()) {
        const chainIds = chainIdsOf[index] ?? []
        if (chainIds.length === 0) {
          if (++unusedInARow >= gapLimit) break
          continue
        }
        unusedInARow = 0
        // BIP-44's first account is Ledger Live's first too.
        const key = address.address.toLowerCase()
        if (!seen.has(key)) found.push({ ...address, pathTemplate, chainIds })
        seen.add(key)
      }
      searched += derived.length
      onProgress({ searched, found: found.length })
    }
  }
  return { found, unansweredChainIds: [...unanswered] }
}

async function readChains(
  usage: UsageReader,
  derived: readonly DerivedAddress[],
  unanswered: Set<ChainId>,
): Promise<ChainId[][]> {
  const addresses = derived.map(({ address }) => address)
  const chainIds = usage.listChainIds().filter((chainId) => !unanswered.has(chainId))
  const used = await Promise.all(
    chainIds.map(async (chainId) => {
      try {
        return await usage.readUsage(chainId, addresses)
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown
        unanswered.add(chainId)
        return []
      }
    }),
  )
  return derived.map((_, index) => chainIds.filter((_chainId, chain) => used[chain]?.[index] === true))
}
