/** One pool of a route, as far as a drawing needs it. */
export interface RouteLeg {
  readonly from: string
  readonly to: string
  /** Of all that leaves `from`. */
  readonly shareBps: number
  /** Changes only the form of a token, as wrapping does: takes less room. */
  readonly isPassage?: boolean
}

export interface RouteBox {
  readonly kind: 'token' | 'pool'
  /** The token's key, or the position of the leg. */
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface RouteStream {
  readonly id: string
  readonly path: string
  readonly width: number
}

export interface RouteLayout {
  readonly width: number
  readonly height: number
  /** There is little room: letters have to be smaller. */
  readonly isTight: boolean
  readonly boxes: readonly RouteBox[]
  readonly streams: readonly RouteStream[]
}

/** Widths of the boxes where there is room, and where there is little. */
const roomy = { token: 76, pool: 132, passage: 92 }
const tight = { token: 60, pool: 101, passage: 68 }
const heights = { token: 40, pool: 62, passage: 46, lane: 18 }
const rowGap = 14
const leastColumnGap = 16
const mostColumnGap = 72
const widestStream = 16

interface Cell {
  readonly id: string
  readonly kind: 'token' | 'pool' | 'lane'
  readonly column: number
  readonly height: number
  readonly size: keyof typeof roomy | undefined
  /** Centre, once placed. */
  y: number
}

/**
 * Places a route from left to right: tokens in even columns by how many pools lie before them, each pool beside the token that it
 * takes, and a lane kept free in every column that a stream passes. Streams are as thick as their part of the whole.
 *
 * A layered drawing after Sugiyama: barycentres order the columns, so that streams cross little.
 */
export function layoutRoute(legs: readonly RouteLeg[], availableWidth: number): RouteLayout {
  const levels = levelTokens(legs)
  const cells = new Map<string, Cell>()
  const columnOf = (token: string) => 2 * (levels.get(token) ?? 0)
  const add = (id: string, kind: Cell['kind'], column: number, size: Cell['size']) => {
    const height = heights[size === 'passage' ? size : kind]
    if (!cells.has(id)) cells.set(id, { id, kind, column, size, height, y: 0 })
    return id
  }
  const ways = legs.map((leg, index) => {
    const first = columnOf(leg.from)
    const last = columnOf(leg.to)
    const way = [
      add(`token:${leg.from}`, 'token', first, 'token'),
      add(`pool:${index}`, 'pool', first + 1, leg.isPassage ? 'passage' : 'pool'),
    ]
    for (let column = first + 2; column < last; column += 1) {
      way.push(add(`lane:${index}:${column}`, 'lane', column, undefined))
    }
    way.push(add(`token:${leg.to}`, 'token', last, 'token'))
    return way
  })

  const columns = placeColumns([...cells.values()], ways)
  const height = Math.max(...columns.map((column) => heightOf(column)), heights.token)
  for (const column of columns) {
    let y = (height - heightOf(column)) / 2
    for (const cell of column) {
      cell.y = y + cell.height / 2
      y += cell.height + rowGap
    }
  }
  const widthsIn = (sizes: typeof roomy) =>
    columns.map((column) => Math.max(...column.map(({ size }) => (size === undefined ? 0 : sizes[size]))))
  const total = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width, 0)
  const gaps = Math.max(1, columns.length - 1)
  const isTight = total(widthsIn(roomy)) + leastColumnGap * gaps > availableWidth
  const sizes = isTight ? tight : roomy
  const widths = widthsIn(sizes)
  const filled = total(widths)
  const gap = Math.min(mostColumnGap, Math.max(leastColumnGap, (availableWidth - filled) / gaps))
  const centres = widths.map(
    (width, index) => widths.slice(0, index).reduce((sum, before) => sum + before + gap, 0) + width / 2,
  )
  const width = filled + gap * (columns.length - 1)
  const extent = (cell: Cell) => {
    const centre = centres[cell.column] ?? 0
    const half = cell.size === undefined ? 0 : sizes[cell.size] / 2
    return { left: centre - half, right: centre + half }
  }
  return {
    width,
    height,
    isTight,
    boxes: [...cells.values()]
      .filter(({ kind }) => kind !== 'lane')
      .map((cell) => ({
        kind: cell.kind === 'pool' ? 'pool' : 'token',
        id: cell.id.slice(cell.id.indexOf(':') + 1),
        x: extent(cell).left,
        y: cell.y - cell.height / 2,
        width: extent(cell).right - extent(cell).left,
        height: cell.height,
      })),
    streams: drawStreams(legs, ways, cells, extent),
  }
}

/** How many pools lie before each token, at most: so that every stream runs to the right. */
function levelTokens(legs: readonly RouteLeg[]): ReadonlyMap<string, number> {
  const levels = new Map<string, number>()
  // One more pass than there are pools settles every route without a circle; a circle must not run for ever.
  for (let pass = 0; pass <= legs.length; pass += 1) {
    for (const { from, to } of legs) {
      const before = levels.get(from) ?? 0
      levels.set(from, before)
      levels.set(to, Math.max(levels.get(to) ?? 0, Math.min(before + 1, legs.length)))
    }
  }
  return levels
}

function placeColumns(cells: readonly Cell[], ways: readonly (readonly string[])[]): Cell[][] {
  const columns: Cell[][] = []
  const place = new Map<string, number>()
  const last = Math.max(...cells.map(({ column }) => column), 0)
  for (let index = 0; index <= last; index += 1) {
    const members = cells.filter(({ column }) => column === index)
    const weight = (cell: Cell) => {
      const before = ways.flatMap((way) => {
        const at = way.indexOf(cell.id)
        const previous = at > 0 ? way[at - 1] : undefined
        return previous === undefined ? [] : [place.get(previous) ?? 0]
      })
      return before.length === 0 ? 0 : before.reduce((sum, value) => sum + value, 0) / before.length
    }
    const ordered = members
      .map((cell) => ({ cell, weight: weight(cell) }))
      .sort((a, b) => a.weight - b.weight)
      .map(({ cell }) => cell)
    ordered.forEach((cell, position) => {
      place.set(cell.id, position - (ordered.length - 1) / 2)
    })
    columns.push(ordered)
  }
  return columns
}

function heightOf(column: readonly Cell[]): number {
  return column.reduce((sum, { height }) => sum + height, 0) + rowGap * Math.max(0, column.length - 1)
}

function drawStreams(
  legs: readonly RouteLeg[],
  ways: readonly (readonly string[])[],
  cells: ReadonlyMap<string, Cell>,
  extent: (cell: Cell) => { left: number; right: number },
): RouteStream[] {
  const parts = partsOfWhole(legs)
  const widths = parts.map((part) => Math.max(1.5, part * widestStream))
  const yOf = (id: string | undefined) => (id === undefined ? 0 : (cells.get(id)?.y ?? 0))
  /** Streams leave and enter a token side by side, in the order of where they go to or come from. */
  const dock = (index: number, end: 'from' | 'to') => {
    const token = legs[index]?.[end]
    const neighbour = (leg: number) => yOf(end === 'from' ? ways[leg]?.[1] : ways[leg]?.at(-2))
    const siblings = legs
      .flatMap((leg, position) => (leg[end] === token ? [position] : []))
      .sort((a, b) => neighbour(a) - neighbour(b) || a - b)
    const total = siblings.reduce((sum, leg) => sum + (widths[leg] ?? 0), 0)
    const before = siblings
      .slice(0, siblings.indexOf(index))
      .reduce((sum, leg) => sum + (widths[leg] ?? 0), 0)
    return yOf(`token:${token}`) - total / 2 + before + (widths[index] ?? 0) / 2
  }
  return ways.map((way, index) => {
    const stops = way.flatMap((id, position) => {
      const cell = cells.get(id)
      if (!cell) return []
      const y =
        position === 0 ? dock(index, 'from') : position === way.length - 1 ? dock(index, 'to') : cell.y
      return [{ ...extent(cell), y }]
    })
    return { id: String(index), path: curveThrough(stops), width: widths[index] ?? 1.5 }
  })
}

/** What part of the whole trade each leg carries, 0 to 1. */
function partsOfWhole(legs: readonly RouteLeg[]): number[] {
  const levels = levelTokens(legs)
  const flow = new Map<string, number>()
  const inOrder = legs
    .map((leg, index) => ({ leg, index }))
    .sort((a, b) => (levels.get(a.leg.from) ?? 0) - (levels.get(b.leg.from) ?? 0))
  const parts = new Array<number>(legs.length).fill(0)
  for (const { leg, index } of inOrder) {
    const isSource = !legs.some(({ to }) => to === leg.from)
    const part = ((isSource ? 1 : (flow.get(leg.from) ?? 0)) * leg.shareBps) / 10_000
    parts[index] = Math.min(1, part)
    flow.set(leg.to, (flow.get(leg.to) ?? 0) + part)
  }
  return parts
}

function curveThrough(stops: readonly { left: number; right: number; y: number }[]): string {
  const round = (value: number) => Math.round(value * 10) / 10
  const [first, ...rest] = stops
  if (!first) return ''
  let path = `M${round(first.right)} ${round(first.y)}`
  let from = { x: first.right, y: first.y }
  for (const stop of rest) {
    const middle = round((from.x + stop.left) / 2)
    path += `C${middle} ${round(from.y)} ${middle} ${round(stop.y)} ${round(stop.left)} ${round(stop.y)}`
    if (stop !== rest.at(-1)) path += `H${round(stop.right)}`
    from = { x: stop.right, y: stop.y }
  }
  return path
}
