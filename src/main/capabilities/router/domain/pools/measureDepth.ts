import type { Pool } from './Pool.ts'
import { createCurveFlow, flowAtDepth } from './SwapCurve.ts'

/** Two hundredths: what moves a price by that much is a pool's depth as people speak of it. */
const move = Math.log(1.02)
const everyPiece = 0x7fffffff

/** What a pool gives of a token, in base units, until its price has moved by 2%; nothing where it trades nothing. */
export function measureDepth(pool: Pool, tokenIn: number, tokenOut: number): number {
  const curve = pool.curve(tokenIn, tokenOut)
  if (curve === undefined) return 0
  const flow = createCurveFlow()
  flowAtDepth(curve, move, everyPiece, flow)
  return flow.output
}
