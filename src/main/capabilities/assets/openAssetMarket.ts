import type { AssetContract } from '../../../shared/contract/assets.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address, ChainId, TokenRef } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { BlockRef, SwapVenues } from '../swaps/index.ts'
import type { AssetsDeps } from './AssetsDeps.ts'
import type { AssetDeployment } from './domain/registry/AssetRegistry.ts'
import { attribute } from './domain/registry/describeFacts.ts'
import type { RegistryIndex } from './domain/registry/indexRegistry.ts'
import { type FeedBook, readFeeds } from './readFeeds.ts'
import { readTokenMarket, type TokenMarket } from './readTokenMarket.ts'

export type ContractToken = Token & { readonly ref: TokenRef & { readonly address: Address } }

/** One chain at one block, to measure assets on. */
export interface AssetMarket {
  readonly chainId: ChainId
  readonly block: BlockRef
  readonly feeds: FeedBook
  readonly venues: SwapVenues | undefined
  /** The token of a contract, by list or by its own word. @throws AppError `token.unknown`, `chain.*` */
  resolve(address: Address): Promise<ContractToken>
  /** @throws AppError `chain.*` */
  readMarket(token: ContractToken, worthUsdE8: bigint | undefined): Promise<TokenMarket | undefined>
}

/** @throws AppError `chain.*` */
export async function openAssetMarket(
  deps: AssetsDeps,
  index: RegistryIndex,
  chainId: ChainId,
): Promise<AssetMarket> {
  const block = await deps.pools.readBlock(chainId)
  const feeds = await readFeeds(deps.reader, chainId, deps.registry.feeds, block)
  const venues = deps.venues.find(chainId)
  const marketDeps = {
    pools: deps.pools,
    tokens: deps.tokens,
    currencyOf: (token: TokenRef) => index.findCoin(token)?.entry.currency,
  }
  return {
    chainId,
    block,
    feeds,
    venues,
    async resolve(address) {
      const token = await deps.tokens.resolve({ chainId, address })
      return { ...token, ref: { chainId, address } }
    },
    readMarket: async (token, worthUsdE8) =>
      venues && readTokenMarket(marketDeps, venues, token, worthUsdE8, feeds, block),
  }
}

/** A contract of the registry, and whether its own word bears the registry out; that of a list does not count. */
export function describeContract(
  { findHeard }: Pick<AssetsDeps['tokens'], 'findHeard'>,
  symbol: string,
  deployment: AssetDeployment,
): AssetContract {
  const { chainId, address, confirmed } = deployment
  const heard = findHeard({ chainId, address })
  const isBorneOut = heard ? heard.symbol.toUpperCase() === symbol.toUpperCase() : confirmed
  return {
    chainId,
    address,
    confirmation: isBorneOut ? 'confirmed' : heard ? 'otherSymbol' : 'unconfirmed',
    source: attribute(deployment),
  }
}

/** The code of a failure that one network may have without the others. @throws what is a bug. */
export function toFailureCode(thrown: unknown): string {
  if (thrown instanceof AppError) return thrown.code
  throw thrown
}
