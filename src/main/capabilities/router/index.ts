export { type BalancerStableState, createBalancerStablePool } from './domain/pools/balancerStable.ts'
export { type BalancerWeightedState, createBalancerWeightedPool } from './domain/pools/balancerWeighted.ts'
export type { TickLiquidity } from './domain/pools/concentrated/TickTable.ts'
export { createPool, type PoolSource } from './domain/pools/createPool.ts'
export { type CurveStableSwapState, createCurveStableSwapPool } from './domain/pools/curveStableSwap.ts'
export { createErc4626Pool, type Erc4626State } from './domain/pools/erc4626.ts'
export { measureDepth } from './domain/pools/measureDepth.ts'
export type { Pool, PoolGas, PoolQuote, TokenId } from './domain/pools/Pool.ts'
export { createUniswapV2Pool, type UniswapV2State } from './domain/pools/uniswapV2.ts'
export { createUniswapV3Pool, type UniswapV3State } from './domain/pools/uniswapV3.ts'
export { createUniswapV4Pool, type UniswapV4State } from './domain/pools/uniswapV4.ts'
export { createWethWrapPool } from './domain/pools/wethWrap.ts'
export { findBestRoute, findRoutes } from './domain/search/findRoutes.ts'
export { createPoolGraph, type PoolGraph } from './domain/search/PoolGraph.ts'
export type { Leg, NoRoute, NoRouteReason, PlanPath, RoutePlan } from './domain/search/RoutePlan.ts'
export {
  type CostPerGas,
  DEFAULT_EFFORT,
  type RouteRequest,
  SearchStopped,
} from './domain/search/RouteRequest.ts'
