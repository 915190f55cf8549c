import { createBalancerStablePool } from './balancerStable.ts'
import { createBalancerWeightedPool } from './balancerWeighted.ts'
import { createCurveStableSwapPool } from './curveStableSwap.ts'
import { createErc4626Pool } from './erc4626.ts'
import type { Pool } from './Pool.ts'
import { createUniswapV2Pool } from './uniswapV2.ts'
import { createUniswapV3Pool } from './uniswapV3.ts'
import { createUniswapV4Pool } from './uniswapV4.ts'

/** Every kind of pool, each in a file of its own; a new kind is one more line. */
const kinds = {
  uniswapV2: createUniswapV2Pool,
  uniswapV3: createUniswapV3Pool,
  uniswapV4: createUniswapV4Pool,
  balancerStable: createBalancerStablePool,
  balancerWeighted: createBalancerWeightedPool,
  curveStableSwap: createCurveStableSwapPool,
  erc4626: createErc4626Pool,
} as const
type PoolKind = keyof typeof kinds

/** A pool as plain data, which may cross between threads and be compared field by field. */
export type PoolSource = {
  readonly [K in PoolKind]: { readonly kind: K; readonly state: Parameters<(typeof kinds)[K]>[0] }
}[PoolKind]

/** The pool of a state. @throws RangeError for a state that no contract can be in. */
export function createPool({ kind, state }: PoolSource): Pool {
  return (kinds[kind] as (of: typeof state) => Pool)(state)
}
