/**
 * One direction of a pool in floating point: pieces on each of which the reserves obey a power law
 * reserveIn^w * reserveOut^(1-w) = const. One piece is a constant-product or weighted pool, many are a
 * concentrated-liquidity pool or a fitted stable one.
 *
 * Depth `d` is the natural logarithm of how far the marginal rate has fallen from its start: it grows with the amount, so
 * amounts are differences of small numbers and dust does not cancel away.
 */
export interface SwapCurve {
  /** Natural logarithm of the output per input of the first infinitesimal unit, fee taken. */
  readonly logRate: number
  /** What remains of the input after the fee, 0 to 1. */
  readonly keep: number
  /** Share of a change of depth that the input reserve takes; one half for a constant product. */
  readonly inputShare: number
  readonly pieces: number
  /** By how much the exact mathematics may exceed the curve's output, as a part of it; for bounds that must hold. */
  readonly slack: number
  /**
   * Five numbers a piece: depth, input and output at its start, and the reserves (in, out) that hold there. Then the
   * depth, input and output at the end. Zero reserves are a gap: the rate moves and nothing trades.
   */
  readonly table: Float64Array
}

export const PIECE = 5

/** Rounding of floating point in curves that are exact otherwise. */
export const ROUNDING_SLACK = 1e-12

/** What flows at some depth, or at some amount; reused between calls so that the search allocates nothing. */
export interface CurveFlow {
  input: number
  output: number
  /** Growth of the input by depth, at this depth. */
  inputSlope: number
  depth: number
  /** Index of the piece reached. */
  piece: number
}

export function createCurveFlow(): CurveFlow {
  return { input: 0, output: 0, inputSlope: 0, depth: 0, piece: 0 }
}

const at = (table: Float64Array, index: number): number => table[index] as number

/** The flow at which the marginal rate has fallen by `depth`: the best trade at outside prices. Depth must not be negative. */
export function flowAtDepth(curve: SwapCurve, depth: number, lastPiece: number, flow: CurveFlow): void {
  const { table, inputShare } = curve
  const piece = pieceOf(table, Math.min(curve.pieces - 1, lastPiece), 0, depth)
  const base = piece * PIECE
  flow.piece = piece
  flow.depth = depth
  if (depth >= at(table, base + PIECE)) {
    flow.input = at(table, base + PIECE + 1)
    flow.output = at(table, base + PIECE + 2)
    flow.inputSlope = 0
    return
  }
  const reserveIn = at(table, base + 3) / curve.keep
  const growth = Math.expm1((depth - at(table, base)) * inputShare)
  flow.input = at(table, base + 1) + reserveIn * growth
  flow.inputSlope = reserveIn * (growth + 1) * inputShare
  // For a constant product 1 - e^(-h) = (e^h - 1) / e^h saves the second exponential.
  const shrink =
    inputShare === 0.5 ? growth / (growth + 1) : -Math.expm1((at(table, base) - depth) * (1 - inputShare))
  flow.output = at(table, base + 2) + at(table, base + 4) * shrink
}

/** The flow for an input. @returns false where the curve ends before it; the flow then is all that it can do. */
export function flowAtInput(curve: SwapCurve, input: number, flow: CurveFlow): boolean {
  const { table, inputShare } = curve
  const piece = pieceOf(table, curve.pieces - 1, 1, input)
  const base = piece * PIECE
  flow.piece = piece
  flow.input = input
  flow.inputSlope = 0
  if (input > at(table, base + PIECE + 1)) return saturate(table, base, flow)
  const reserveIn = at(table, base + 3)
  if (reserveIn === 0) {
    flow.output = at(table, base + 2)
    flow.depth = at(table, base)
    return true
  }
  const growth = ((input - at(table, base + 1)) * curve.keep) / reserveIn
  if (inputShare === 0.5) {
    flow.output = at(table, base + 2) + (at(table, base + 4) * growth) / (1 + growth)
    flow.depth = at(table, base) + 2 * Math.log1p(growth)
  } else {
    const step = Math.log1p(growth) / inputShare
    flow.output = at(table, base + 2) - at(table, base + 4) * Math.expm1(-step * (1 - inputShare))
    flow.depth = at(table, base) + step
  }
  return true
}

/** The output alone for an input, or -1 where the curve ends before it. */
export function outputAt(curve: SwapCurve, input: number): number {
  const { table } = curve
  const piece = curve.pieces === 1 ? 0 : pieceOf(table, curve.pieces - 1, 1, input)
  const base = piece * PIECE
  if (input > at(table, base + PIECE + 1)) return -1
  const reserveIn = at(table, base + 3)
  if (reserveIn === 0) return at(table, base + 2)
  const growth = ((input - at(table, base + 1)) * curve.keep) / reserveIn
  if (curve.inputShare === 0.5) return at(table, base + 2) + (at(table, base + 4) * growth) / (1 + growth)
  const step = Math.log1p(growth) / curve.inputShare
  return at(table, base + 2) - at(table, base + 4) * Math.expm1(-step * (1 - curve.inputShare))
}

/** The input for an output, or -1 where the curve ends before it. */
export function inputAt(curve: SwapCurve, output: number): number {
  const { table, inputShare } = curve
  const piece = pieceOf(table, curve.pieces - 1, 2, output)
  const base = piece * PIECE
  if (output > at(table, base + PIECE + 2)) return -1
  const reserveOut = at(table, base + 4)
  if (reserveOut === 0) return at(table, base + 1)
  const left = (output - at(table, base + 2)) / reserveOut
  if (left >= 1) return -1
  const growth =
    inputShare === 0.5 ? left / (1 - left) : Math.expm1((-Math.log1p(-left) * inputShare) / (1 - inputShare))
  return at(table, base + 1) + (at(table, base + 3) * growth) / curve.keep
}

/** Most that the curve gives. */
export function outputLimit(curve: SwapCurve): number {
  return at(curve.table, curve.pieces * PIECE + 2)
}

/** Finds the piece whose start (column 0 depth, 1 input, 2 output) is the last one not above the value. */
function pieceOf(table: Float64Array, lastPiece: number, column: number, value: number): number {
  if (lastPiece === 0 || value <= at(table, PIECE + column)) return 0
  let low = 1
  let high = lastPiece
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (at(table, middle * PIECE + column) < value) low = middle
    else high = middle - 1
  }
  return low
}

function saturate(table: Float64Array, base: number, flow: CurveFlow): false {
  flow.depth = at(table, base + PIECE)
  flow.input = at(table, base + PIECE + 1)
  flow.output = at(table, base + PIECE + 2)
  return false
}
