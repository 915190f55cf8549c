import type { SwapCurve } from './SwapCurve.ts'

/** A fixed rate falls by this part at the limit, so that prices determine amounts; far below what the search resolves. */
const BEND = 1e-7

/** The curve of a fixed rate up to a limit of input. */
export function createLinearCurve(rate: number, limit: number): SwapCurve | undefined {
  if (!(rate > 0) || !(limit > 0) || !Number.isFinite(rate * limit)) return undefined
  const reserveIn = limit / BEND
  const reserveOut = reserveIn * rate
  const depth = 2 * Math.log1p(BEND)
  return {
    logRate: Math.log(rate),
    keep: 1,
    inputShare: 0.5,
    pieces: 1,
    slack: 2 * BEND,
    table: Float64Array.of(0, 0, 0, reserveIn, reserveOut, depth, limit, (reserveOut * BEND) / (1 + BEND)),
  }
}
