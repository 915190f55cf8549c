export interface LinePoint {
  readonly atMs: number
  /** Money in 10^-18 of a currency. */
  readonly value: bigint
}

export interface LineBox {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface LineLayout {
  /** The line as a path; where the time between two points is much longer than usual, it is broken. */
  readonly path: string
  /** Where each point lies, in their order. */
  readonly places: readonly { readonly x: number; readonly y: number }[]
}

/** Resolution of the drawing: finer than any screen. */
const steps = 10_000n

/** Lays out money over time, from the lowest to the highest value. Only places become numbers, never the money. */
export function layoutLine(
  points: readonly LinePoint[],
  fromMs: number,
  toMs: number,
  box: LineBox,
): LineLayout {
  let [low, high] = [points[0]?.value ?? 0n, points[0]?.value ?? 0n]
  for (const { value } of points) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const span = Math.max(1, toMs - fromMs)
  const toX = (atMs: number) => round(box.left + ((atMs - fromMs) / span) * (box.right - box.left))
  const toY = (value: bigint) =>
    high === low
      ? round((box.top + box.bottom) / 2)
      : round(
          box.bottom -
            (Number(((value - low) * steps) / (high - low)) / Number(steps)) * (box.bottom - box.top),
        )
  const places = points.map(({ atMs, value }) => ({ x: toX(atMs), y: toY(value) }))
  const gaps = points.slice(1).map(({ atMs }, index) => atMs - (points[index]?.atMs ?? atMs))
  const usual = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 0
  const path = places
    .map(({ x, y }, index) => {
      const isApart = index === 0 || (gaps[index - 1] ?? 0) > usual * 3
      return `${isApart ? 'M' : 'L'}${x} ${y}`
    })
    .join('')
  return { path, places }
}

const round = (value: number) => Math.round(value * 10) / 10
