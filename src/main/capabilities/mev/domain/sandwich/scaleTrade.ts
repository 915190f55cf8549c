import type { Pool } from '../../../router/index.ts'
import type { ExposedLeg, ExposedTrade } from './ExposedTrade.ts'

/** A part of a trade, in thousandths, over the same legs in the same shares, quoted anew; undefined where a pool refuses its part. */
export function scaleTrade(trade: ExposedTrade, thousandths: number): ExposedTrade | undefined {
  return requote(
    trade,
    (amount) => (amount * BigInt(thousandths)) / 1000n,
    ({ pool }) => pool,
  )
}

/** The same trade on other states of its pools, quoted anew; undefined where one refuses. */
export function replacePools(
  trade: ExposedTrade,
  poolOf: (leg: ExposedLeg) => Pool,
): ExposedTrade | undefined {
  return requote(trade, (amount) => amount, poolOf)
}

function requote(
  trade: ExposedTrade,
  part: (amount: bigint) => bigint,
  poolOf: (leg: ExposedLeg) => Pool,
): ExposedTrade | undefined {
  return trade.mode === 'exactIn' ? requoteSale(trade, part, poolOf) : requotePurchase(trade, part, poolOf)
}

function requoteSale(
  trade: Extract<ExposedTrade, { mode: 'exactIn' }>,
  part: (amount: bigint) => bigint,
  poolOf: (leg: ExposedLeg) => Pool,
): ExposedTrade | undefined {
  const amountIn = part(trade.amountIn)
  const held = new Map([[trade.tokenIn, amountIn]])
  const planned = new Map([[trade.tokenIn, trade.amountIn]])
  const legs: ExposedLeg[] = []
  for (const leg of trade.legs) {
    const there = held.get(leg.tokenIn) ?? 0n
    const left = planned.get(leg.tokenIn) ?? 0n
    if (left === 0n) return undefined
    const input = leg.amountIn >= left ? there : (there * leg.amountIn) / left
    const pool = poolOf(leg)
    const { tokenIn, tokenOut } = leg
    const quote = pool.quoteExactIn(pool.tokens.indexOf(tokenIn), pool.tokens.indexOf(tokenOut), input)
    if (!quote.complete) return undefined
    legs.push({ ...leg, pool, amountIn: input, amountOut: quote.amountOut })
    held.set(tokenIn, there - input)
    planned.set(tokenIn, left - leg.amountIn)
    held.set(tokenOut, (held.get(tokenOut) ?? 0n) + quote.amountOut)
    planned.set(tokenOut, (planned.get(tokenOut) ?? 0n) + leg.amountOut)
  }
  const amountOut = held.get(trade.tokenOut) ?? 0n
  return amountOut > 0n ? { ...trade, amountIn, amountOut, legs } : undefined
}

function requotePurchase(
  trade: Extract<ExposedTrade, { mode: 'exactOut' }>,
  part: (amount: bigint) => bigint,
  poolOf: (leg: ExposedLeg) => Pool,
): ExposedTrade | undefined {
  const paths: ExposedLeg[][] = []
  for (const path of trade.paths) {
    let needed = part(path.at(-1)?.amountOut ?? 0n)
    const legs: ExposedLeg[] = []
    for (const leg of [...path].reverse()) {
      const pool = poolOf(leg)
      const { tokenIn, tokenOut } = leg
      const quote = pool.quoteExactOut(pool.tokens.indexOf(tokenIn), pool.tokens.indexOf(tokenOut), needed)
      if (!quote.complete) return undefined
      legs.unshift({ ...leg, pool, amountIn: quote.amountIn, amountOut: needed })
      needed = quote.amountIn
    }
    paths.push(legs)
  }
  const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n)
  return {
    ...trade,
    amountIn: sumOf(paths.map((path) => path[0]?.amountIn ?? 0n)),
    amountOut: sumOf(paths.map((path) => path.at(-1)?.amountOut ?? 0n)),
    paths,
  }
}
