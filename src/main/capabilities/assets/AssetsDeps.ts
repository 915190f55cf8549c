import type { Portfolio } from '../../../shared/contract/portfolio.ts'
import type { AccountDirectory, ChainDirectory } from '../chains/index.ts'
import type { PoolReader, TradeFinder, VenueDirectory } from '../swaps/index.ts'
import type { TokensService } from '../tokens/index.ts'
import type { AlertStore, ContractReader, PegSampleStore } from './assets.ports.ts'
import type { AssetRegistry } from './domain/registry/AssetRegistry.ts'

/** What everything about assets needs from outside. */
export interface AssetsDeps {
  readonly registry: AssetRegistry
  readonly chains: Pick<ChainDirectory, 'listEnabled' | 'getEnabled' | 'subscribeHeads'>
  readonly tokens: Pick<TokensService, 'resolve' | 'findHeard' | 'hear'>
  readonly accounts: AccountDirectory
  readonly portfolio: { get(): Portfolio | Promise<Portfolio> }
  readonly venues: VenueDirectory
  readonly pools: Pick<PoolReader, 'readBlock' | 'readPools'>
  readonly search: TradeFinder
  readonly reader: ContractReader
  readonly samples: PegSampleStore
  readonly alerts: AlertStore
  readonly nowMs: () => number
  readonly makeId: () => string
  onBug(thrown: unknown): void
}
