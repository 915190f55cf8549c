import type { ExposedTrade } from './ExposedTrade.ts'

/**
 * Estimates the largest front-run of a sale through one constant-product pool by the closed form, in floating point; undefined
 * for any other trade. With reserves x and y, gamma = 1 - fee, input v and tolerance s, and the fee staying in the pool:
 * B = x(1 + gamma) + gamma^2 v and a = (-B + sqrt(B^2 + 4 gamma x (x + gamma v) s / (1 - s))) / (2 gamma).
 */
export function estimateFrontRun(trade: ExposedTrade, limit: bigint): bigint | undefined {
  if (trade.mode !== 'exactIn' || trade.legs.length !== 1 || limit <= 0n) return undefined
  const [leg] = trade.legs
  const curve = leg?.pool.curve(leg.pool.tokens.indexOf(leg.tokenIn), leg.pool.tokens.indexOf(leg.tokenOut))
  if (leg === undefined || curve?.pieces !== 1 || curve.inputShare !== 0.5) return undefined
  const x = curve.table[3] ?? 0
  const gamma = curve.keep
  const v = Number(leg.amountIn)
  const room = Number(leg.amountOut - limit) / Number(limit)
  const b = x * (1 + gamma) + gamma * gamma * v
  const c = 4 * gamma * x * (x + gamma * v) * room
  // The same root, written so that nearly equal numbers are not subtracted.
  const amount = c / (2 * gamma * (b + Math.sqrt(b * b + c)))
  return Number.isFinite(amount) && amount >= 1 ? BigInt(Math.round(amount)) : undefined
}
