export { describeSwapContracts } from './domain/describeSwapContracts.ts'
export { createMarket, findTrade, type Market, priceGas, type TradeRequest } from './domain/findTrade.ts'
export { findMainWay, followPrice, type PoolPrice } from './domain/followPrice.ts'
export { listExecutors } from './domain/listExecutors.ts'
export { listRouters } from './domain/listRouters.ts'
export { listSharedContracts } from './domain/listSharedContracts.ts'
export { matchSigned } from './domain/matchSigned.ts'
export { nameSwapContract } from './domain/nameSwapContract.ts'
export { nameTradeContracts } from './domain/nameTradeContracts.ts'
export { type KeyedPool, keyPool, nativeTokenId, type PoolKey } from './domain/PoolKey.ts'
export { computeV2Pair, computeV3Pool, computeV4PoolId, sortTokens } from './domain/poolAddresses.ts'
export type { Trade } from './domain/router/TradePlan.ts'
export type {
  ForkVenues,
  KnownBalancerPool,
  KnownVault,
  PrivateRelay,
  RouterVenues,
  SwapVenues,
} from './domain/SwapVenues.ts'
export { atWei, type TradeSearchResult } from './domain/searchTrade.ts'
export { loadMarket } from './loadMarket.ts'
export { type PreparedStep, type PreparedSwap, type PrepareSwapDeps, prepareSwap } from './prepareSwap.ts'
export { quoteOutput, type TradeFinder } from './quoteOutput.ts'
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
  TradeSearch,
  VenueDirectory,
} from './swaps.ports.ts'
export { createSwapsService, type SwapsService, type SwapsServiceDeps } from './swaps.service.ts'
