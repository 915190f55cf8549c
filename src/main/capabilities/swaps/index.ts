export { describeSwapContracts } from './domain/describeSwapContracts.ts'
export { createMarket, findTrade, type Market, priceGas } from './domain/findTrade.ts'
export { findMainWay, followPrice, type PoolPrice } from './domain/followPrice.ts'
export { isSignedAsPrepared } from './domain/isSignedAsPrepared.ts'
export { listSharedContracts } from './domain/listSharedContracts.ts'
export { nameTradeContracts } from './domain/nameTradeContracts.ts'
export { type KeyedPool, nativeTokenId, type PoolKey } from './domain/PoolKey.ts'
export { computeV2Pair, computeV3Pool, computeV4PoolId, sortTokens } from './domain/poolAddresses.ts'
export type { KnownBalancerPool, PrivateRelay, SwapVenues } from './domain/SwapVenues.ts'
export { loadMarket } from './loadMarket.ts'
export { type PreparedStep, type PreparedSwap, type PrepareSwapDeps, prepareSwap } from './prepareSwap.ts'
export type {
  Allowances,
  BlockRef,
  KnownPrices,
  PoolReader,
  PriceHistory,
  PriceHistoryStore,
  PrivateFlow,
  SignedSwapTransaction,
  SimulatedStep,
  StepsSimulation,
  SwapApprovalOutcome,
  SwapApprovalPort,
  SwapJournal,
  SwapNode,
  VenueDirectory,
} from './swaps.ports.ts'
export { createSwapsService, type SwapsService, type SwapsServiceDeps } from './swaps.service.ts'
