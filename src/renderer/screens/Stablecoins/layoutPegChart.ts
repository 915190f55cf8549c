export interface PegPoint {
  readonly atMs: number
  readonly deviationBps: number
}

export interface PegLayout {
  readonly line: string
  readonly bands: readonly { readonly bps: number; readonly top: number; readonly height: number }[]
  readonly zero: number
  readonly ticks: readonly { readonly bps: number; readonly at: number }[]
}

/** Labels closer than this stand on each other. */
const leastGap = 13

/** Places a peg's course: time evenly, distance from the peg evenly, at least 50 bps either way so that noise looks like noise. */
export function layoutPegChart(
  points: readonly PegPoint[],
  box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
): PegLayout {
  const reach = Math.max(60, ...points.map(({ deviationBps }) => Math.abs(deviationBps) * 1.1))
  const first = points[0]?.atMs ?? 0
  const span = Math.max(1, (points.at(-1)?.atMs ?? 1) - first)
  const middle = (box.top + box.bottom) / 2
  const toY = (bps: number) => round(middle - (bps / reach) * ((box.bottom - box.top) / 2))
  const toX = (atMs: number) => round(box.left + ((atMs - first) / span) * (box.right - box.left))
  const limits = [25, 50, 100].filter((bps) => bps <= reach)
  const peak = points.reduce(
    (most, { deviationBps }) => (Math.abs(deviationBps) > Math.abs(most) ? deviationBps : most),
    0,
  )
  const worthTelling = [...(Math.abs(peak) > 100 ? [peak] : []), ...limits.flatMap((bps) => [bps, -bps])]
  const ticks: { bps: number; at: number }[] = []
  for (const bps of worthTelling.sort((a, b) => Math.abs(b) - Math.abs(a))) {
    const at = toY(bps)
    if (ticks.every((other) => Math.abs(other.at - at) >= leastGap)) ticks.push({ bps, at })
  }
  return {
    // A reading holds until the next one: steps, no slopes between what nobody measured.
    line: points
      .map(({ atMs, deviationBps }, index) =>
        index === 0 ? `M${toX(atMs)} ${toY(deviationBps)}` : `H${toX(atMs)}V${toY(deviationBps)}`,
      )
      .join(''),
    bands: limits.map((bps) => ({ bps, top: toY(bps), height: round(toY(-bps) - toY(bps)) })),
    zero: toY(0),
    ticks,
  }
}

const round = (value: number) => Math.round(value * 10) / 10
