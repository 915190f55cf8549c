interface HistoryPoint {
  readonly atMs: number
  readonly usdE8: bigint
}

/** The path of a price over time, from its lowest to its highest; a value holds until the next report, so it moves in steps. */
export function layoutHistory(
  points: readonly HistoryPoint[],
  box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
): string {
  // Drawn, not told: a number is exact enough.
  const values = points.map(({ usdE8 }) => Number(usdE8))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const first = points[0]?.atMs ?? 0
  const span = Math.max(1, (points.at(-1)?.atMs ?? 1) - first)
  const toX = (atMs: number) => round(box.left + ((atMs - first) / span) * (box.right - box.left))
  const toY = (value: number) =>
    round(
      high === low
        ? (box.top + box.bottom) / 2
        : box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top),
    )
  return points
    .map(({ atMs, usdE8 }, index) =>
      index === 0 ? `M${toX(atMs)} ${toY(Number(usdE8))}` : `H${toX(atMs)}V${toY(Number(usdE8))}`,
    )
    .join('')
}

const round = (value: number) => Math.round(value * 10) / 10
