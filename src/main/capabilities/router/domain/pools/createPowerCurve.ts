import { ROUNDING_SLACK, type SwapCurve } from './SwapCurve.ts'

/** The curve of reserveIn^w * reserveOut^(1-w) = const with a fee on the input; w is one half for a constant product. */
export function createPowerCurve(
  reserveIn: number,
  reserveOut: number,
  keep: number,
  inputShare = 0.5,
): SwapCurve | undefined {
  if (!(reserveIn > 0) || !(reserveOut > 0) || !(keep > 0)) return undefined
  return {
    // Marginal rate (out/in) * keep * wIn/wOut, where the shares of depth are w_out and w_in crosswise.
    logRate: Math.log(reserveOut / reserveIn) + Math.log((keep * (1 - inputShare)) / inputShare),
    keep,
    inputShare,
    pieces: 1,
    slack: ROUNDING_SLACK,
    table: Float64Array.of(0, 0, 0, reserveIn, reserveOut, Infinity, Infinity, reserveOut),
  }
}
