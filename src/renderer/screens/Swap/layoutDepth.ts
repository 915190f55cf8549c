import type { Depth } from '../../../shared/contract/swaps.ts'

export interface DepthTick {
  readonly at: number
  readonly value: number
}

export interface DepthLayout {
  /** The curve, and the same closed along the bottom. */
  readonly line: string
  readonly area: string
  /** The user's size on the curve; absent where it lies outside of what the pools can do. */
  readonly mark: { readonly x: number; readonly y: number; readonly costBps: number } | undefined
  readonly reference: number | undefined
  readonly xTicks: readonly DepthTick[]
  readonly yTicks: readonly DepthTick[]
}

interface DepthBox {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

interface Sample {
  /** Common logarithm of the size in whole tokens. */
  readonly log: number
  readonly costBps: number
}

/** The common logarithm of an amount in whole tokens: for drawing only, so a `number` is exact enough. */
export function logOf(units: bigint, decimals: number): number {
  const digits = units.toString()
  return Math.log10(Number(digits.slice(0, 15))) + Math.max(0, digits.length - 15) - decimals
}

/**
 * Places the curve of cost against size: sizes by their logarithm, costs evenly from zero.
 *
 * The top of the scale follows the user's own size, because the end of the pools, at which everything is lost, would flatten
 * all that matters; what is above is cut off.
 */
export function layoutDepth(
  points: Depth['points'],
  decimals: number,
  sellUnits: bigint,
  referenceBps: number | undefined,
  box: DepthBox,
): DepthLayout {
  const all = points.map((point) => ({ log: logOf(point.sellUnits, decimals), costBps: point.costBps }))
  const size = sellUnits === 0n ? undefined : logOf(sellUnits, decimals)
  const costAtSize = size === undefined ? undefined : costAt(all, size)
  const top = niceTop(
    Math.min(
      all.at(-1)?.costBps ?? 100,
      Math.max((costAtSize ?? 0) * 2.5, (referenceBps ?? 0) * 2, (all[0]?.costBps ?? 0) * 3, 20),
    ),
  )
  const shown = cutAbove(all, top)
  const least = shown[0]?.log ?? 0
  const most = shown.at(-1)?.log ?? 1
  const span = most - least || 1
  const toX = (log: number) => round(box.left + ((log - least) / span) * (box.right - box.left))
  const toY = (cost: number) => round(box.bottom - (Math.min(cost, top) / top) * (box.bottom - box.top))
  const line = shown
    .map(({ log, costBps }, index) => `${index === 0 ? 'M' : 'L'}${toX(log)} ${toY(costBps)}`)
    .join('')
  const isShown = size !== undefined && costAtSize !== undefined && size <= most && size >= least
  return {
    line,
    area: shown.length === 0 ? '' : `${line}L${toX(most)} ${box.bottom}L${toX(least)} ${box.bottom}Z`,
    mark: isShown ? { x: toX(size), y: toY(costAtSize), costBps: costAtSize } : undefined,
    reference: referenceBps !== undefined && referenceBps <= top ? toY(referenceBps) : undefined,
    xTicks: decadesBetween(least, most).map((log) => ({ at: toX(log), value: log })),
    yTicks: [0, top / 2, top].map((value) => ({ at: toY(value), value })),
  }
}

/** The cost at a size between two points, or `undefined` outside of them. */
export function costAt(samples: readonly Sample[], log: number): number | undefined {
  const next = samples.findIndex((sample) => sample.log >= log)
  const after = samples[next]
  if (!after) return undefined
  const before = samples[next - 1]
  if (after.log === log) return after.costBps
  if (!before) return undefined
  const part = (log - before.log) / (after.log - before.log)
  return before.costBps + part * (after.costBps - before.costBps)
}

/** The largest size whose cost is not above a limit, in base units, by the points alone; `undefined` when even the smallest is above. */
export function largestWithin(points: Depth['points'], limitBps: number): bigint | undefined {
  return points.filter(({ costBps }) => costBps <= limitBps).at(-1)?.sellUnits
}

/** Points up to the height, and where the curve crosses it. */
function cutAbove(samples: readonly Sample[], top: number): readonly Sample[] {
  const over = samples.findIndex(({ costBps }) => costBps > top)
  if (over < 0) return samples
  const before = samples[over - 1]
  const after = samples[over]
  if (!before || !after) return samples.slice(0, Math.max(over, 1))
  const part = (top - before.costBps) / (after.costBps - before.costBps)
  return [...samples.slice(0, over), { log: before.log + part * (after.log - before.log), costBps: top }]
}

/** The next of 1, 2 and 5 times a power of ten, so that the scale's labels are round. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)))
  return ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10) * power
}

/** Powers of ten in a range, thinned out to five at most. */
function decadesBetween(least: number, most: number): number[] {
  const first = Math.ceil(least - 1e-9)
  const decades = Array.from(
    { length: Math.max(0, Math.floor(most + 1e-9) - first + 1) },
    (_, index) => first + index,
  )
  const step = Math.ceil(decades.length / 5)
  return decades.filter((_, index) => index % step === 0)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
