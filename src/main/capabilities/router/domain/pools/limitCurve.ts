import { createCurveFlow, flowAtInput, PIECE, type SwapCurve } from './SwapCurve.ts'

/** The curve cut off at an input, for pools that refuse larger trades. Made for curves of one piece. */
export function limitCurve(curve: SwapCurve, input: number): SwapCurve {
  const flow = createCurveFlow()
  if (!flowAtInput(curve, input, flow)) return curve
  const table = curve.table.slice(0, PIECE + 3)
  table.set([flow.depth, input, flow.output], PIECE)
  return { ...curve, pieces: 1, table }
}
