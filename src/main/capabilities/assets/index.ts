export type { AssetsDeps } from './AssetsDeps.ts'
export type {
  AlertStore,
  ContractRead,
  ContractReader,
  OwnRegistry,
  PegSample,
  PegSampleStore,
  ReadAnswer,
  TokenMovement,
} from './assets.ports.ts'
export { createCurrencyMarkets } from './createCurrencyMarkets.ts'
export { type AssetGuard, createTransferGuard } from './createTransferGuard.ts'
export {
  type AssetDeployment,
  type AssetRegistry,
  assetKinds,
  type Claim,
  type ClaimSource,
  type FeedEntry,
  type RealWorldAssetEntry,
  type StablecoinEntry,
} from './domain/registry/AssetRegistry.ts'
export { indexRegistry } from './domain/registry/indexRegistry.ts'
export { createRealWorldAssetsService } from './realWorldAssets.service.ts'
export { createRegistryService } from './registry.service.ts'
export { createStablecoinsService } from './stablecoins.service.ts'
