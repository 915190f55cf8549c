import type { Pool } from '../../src/main/capabilities/router/domain/pools/Pool.ts'
import type { PeerAnswer } from './Peer.ts'

export interface Replay {
  readonly amountOut: bigint
  readonly gas: number
}

/** Gas of the transaction before any swap. */
const BASE_GAS = 100_000
const PORTION_BITS = 52n

/**
 * Carries an answer out on the pools by exact mathematics, each swap on the state that those before it left; undefined where a
 * pool refuses. Every router is judged by this and not by its own claim.
 */
export function replayAnswer(
  pools: ReadonlyMap<string, Pool>,
  answer: PeerAnswer,
  tokenIn: string,
  tokenOut: string,
  amountIn: bigint,
): Replay | undefined {
  const states = new Map<string, Pool>()
  let gas = BASE_GAS
  const swap = (poolId: string, from: string, to: string, amount: bigint): bigint | undefined => {
    const pool = states.get(poolId) ?? pools.get(poolId)
    if (pool === undefined) throw new Error(`An answer names an unknown pool ${poolId}`)
    const [inIndex, outIndex] = [pool.tokens.indexOf(from), pool.tokens.indexOf(to)]
    const quote = pool.quoteExactIn(inIndex, outIndex, amount)
    if (!quote.complete) return undefined
    gas += pool.gas.swap + pool.gas.perTick * quote.ticksCrossed
    states.set(poolId, pool.afterSwap(inIndex, outIndex, amount))
    return quote.amountOut
  }
  if (answer.kind === 'paths') {
    let total = 0n
    for (const { amountIn: share, poolIds, tokens } of answer.paths) {
      let amount: bigint | undefined = share
      for (const [at, poolId] of poolIds.entries()) {
        if (amount === undefined) return undefined
        amount = swap(poolId, tokens[at] as string, tokens[at + 1] as string, amount)
      }
      if (amount === undefined) return undefined
      total += amount
    }
    return { amountOut: total, gas }
  }
  const held = new Map([[tokenIn, amountIn]])
  for (const step of answer.swaps) {
    const whole = held.get(step.tokenIn) ?? 0n
    const amount =
      step.portion >= 1 ? whole : (whole * BigInt(Math.round(step.portion * 2 ** 52))) >> PORTION_BITS
    if (amount === 0n) continue
    const output = swap(step.poolId, step.tokenIn, step.tokenOut, amount)
    if (output === undefined) return undefined
    held.set(step.tokenIn, whole - amount)
    held.set(step.tokenOut, (held.get(step.tokenOut) ?? 0n) + output)
  }
  return { amountOut: held.get(tokenOut) ?? 0n, gas }
}
