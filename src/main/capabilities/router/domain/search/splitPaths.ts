import type { TokenId } from '../pools/Pool.ts'
import type { Leg, PlanPath } from './RoutePlan.ts'

/**
 * Tells a plan as paths: each takes, at every token, the leg with the most left to carry, and as much as fits through all of
 * its legs. The legs are what is carried out; the paths are how to show them.
 */
export function splitPaths(
  legs: readonly Leg[],
  tokenIn: TokenId,
  tokenOut: TokenId,
  amountIn: bigint,
): PlanPath[] {
  // Carried amounts as parts of the plan's input, so that they compare across tokens.
  const left = partsOfInput(legs, tokenIn, amountIn)
  const leaving = listLeaving(legs)
  const paths: PlanPath[] = []
  let rest = amountIn
  for (let round = 0; round < legs.length * 2 && rest > 0n; round += 1) {
    const path = widestPath(legs, leaving, left, tokenIn, tokenOut)
    if (path.length === 0) break
    const carried = Math.min(...path.map((at) => left[at] as number))
    for (const at of path) left[at] = (left[at] as number) - carried
    const amount = bigintMin(rest, BigInt(Math.round(carried * Number(amountIn))))
    if (amount > 0n) paths.push({ legs: path, amountIn: amount })
    rest -= amount
  }
  const [first, ...others] = paths
  if (first !== undefined && rest > 0n) return [{ ...first, amountIn: first.amountIn + rest }, ...others]
  return paths
}

function partsOfInput(legs: readonly Leg[], tokenIn: TokenId, amountIn: bigint): number[] {
  const amounts = new Map<TokenId, bigint>([[tokenIn, amountIn]])
  for (const { tokenOut, amountOut } of legs) amounts.set(tokenOut, (amounts.get(tokenOut) ?? 0n) + amountOut)
  const parts = new Map<TokenId, number>([[tokenIn, 1]])
  return legs.map((leg) => {
    const whole = amounts.get(leg.tokenIn) ?? 0n
    const part = whole === 0n ? 0 : (Number(leg.amountIn) / Number(whole)) * (parts.get(leg.tokenIn) ?? 0)
    parts.set(leg.tokenOut, (parts.get(leg.tokenOut) ?? 0) + part)
    return part
  })
}

/** The legs that leave each token, in their order. */
function listLeaving(legs: readonly Leg[]): Map<TokenId, number[]> {
  const leaving = new Map<TokenId, number[]>()
  for (const [at, { tokenIn }] of legs.entries()) {
    const others = leaving.get(tokenIn)
    if (others === undefined) leaving.set(tokenIn, [at])
    else others.push(at)
  }
  return leaving
}

function widestPath(
  legs: readonly Leg[],
  leaving: ReadonlyMap<TokenId, readonly number[]>,
  left: readonly number[],
  tokenIn: TokenId,
  tokenOut: TokenId,
): number[] {
  const path: number[] = []
  let token = tokenIn
  while (token !== tokenOut) {
    let widest = -1
    for (const at of leaving.get(token) ?? []) {
      if (path.includes(at) || (left[at] as number) <= 1e-12) continue
      if (widest < 0 || (left[at] as number) > (left[widest] as number)) widest = at
    }
    if (widest < 0) return []
    path.push(widest)
    token = (legs[widest] as Leg).tokenOut
  }
  return path
}

function bigintMin(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
