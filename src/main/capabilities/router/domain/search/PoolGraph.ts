import type { Pool, TokenId } from '../pools/Pool.ts'
import { PIECE, type SwapCurve } from '../pools/SwapCurve.ts'
import { NodeFacts } from './NodeFacts.ts'
import type { Room } from './Room.ts'
import { f64, i32 } from './typedArrays.ts'

/**
 * Every direction of a pool as a numbered edge between numbered nodes. Edges that leave a node are consecutive, in the order of
 * the nodes.
 */
export interface EdgeGraph {
  readonly pools: readonly Pool[]
  /** The pools that convert at parity, which join nodes instead of being edges. */
  readonly parityPools: readonly Pool[]
  readonly nodeCount: number
  readonly edgeCount: number
  readonly edgeFrom: Int32Array
  readonly edgeTo: Int32Array
  readonly edgePool: Int32Array
  readonly tokenIn: Int32Array
  readonly tokenOut: Int32Array
  /** By edge: output per input of the first infinitesimal unit, which no amount exceeds; its root, and its natural logarithm. */
  readonly rate: Float64Array
  readonly rootRate: Float64Array
  readonly logRate: Float64Array
  /** By edge: gas of a swap, and of each boundary that it crosses. */
  readonly swapGas: Float64Array
  readonly tickGas: Float64Array
  readonly curves: readonly SwapCurve[]
  /**
   * By edge, where its curve starts as a constant product: the input up to which it does, and the reserves (the fee on the
   * side of the input) by which that gives reserveOut * input / (reserveIn + input). Else the limit is -1. Side by side,
   * as fetching a curve from its place in memory takes longer than working it out.
   */
  readonly productLimit: Float64Array
  readonly productIn: Float64Array
  readonly productOut: Float64Array
  readonly firstEdge: Int32Array
  /** Edges by the node that they enter: `entering[firstEntering[node]...]`. */
  readonly firstEntering: Int32Array
  readonly entering: Int32Array
  /** In the order of `entering`: where those edges come from. */
  readonly enteringFrom: Int32Array
}

/** Pools made ready for many searches: tokens are numbered nodes, those that convert at parity are one. */
export interface PoolGraph extends EdgeGraph {
  readonly nodeOfToken: ReadonlyMap<TokenId, number>
  /** Nodes with a single neighbour, through which no route can pass. */
  readonly isLeaf: Uint8Array
  readonly leastSwapGas: number
  readonly facts: NodeFacts
}

interface Edge {
  readonly from: number
  readonly to: number
  readonly pool: number
  readonly tokenIn: number
  readonly tokenOut: number
  readonly curve: SwapCurve
}

/** Prepares pools for searching; the order of the pools does not matter to what is found. */
export function createPoolGraph(unordered: readonly Pool[]): PoolGraph {
  // One order of pools, whatever order they were found in, so that ties are always broken the same way.
  const sorted = [...unordered].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const pools = sorted.filter(({ parity }) => !parity)
  const parityPools = sorted.filter(({ parity }) => parity)
  const nodeOfToken = numberTokens(sorted, parityPools)
  const edges = listEdges(pools, nodeOfToken)
  const nodeCount = new Set(nodeOfToken.values()).size
  const entering = Int32Array.from(edges.keys())
  entering.sort((a, b) => (edges[a] as Edge).to - (edges[b] as Edge).to || a - b)
  const edgeFrom = Int32Array.from(edges, ({ from }) => from)
  const edgeTo = Int32Array.from(edges, ({ to }) => to)
  const firstEdge = countStarts(edgeFrom, new Int32Array(nodeCount + 1))
  const firstEntering = countStarts(edgeTo, new Int32Array(nodeCount + 1))
  const swapGas = Float64Array.from(edges, ({ pool }) => (pools[pool] as Pool).gas.swap)
  const graph: EdgeGraph = {
    pools,
    parityPools,
    nodeCount,
    edgeCount: edges.length,
    edgeFrom,
    edgeTo,
    edgePool: Int32Array.from(edges, ({ pool }) => pool),
    tokenIn: Int32Array.from(edges, ({ tokenIn }) => tokenIn),
    tokenOut: Int32Array.from(edges, ({ tokenOut }) => tokenOut),
    rate: Float64Array.from(edges, ({ curve }) => Math.exp(curve.logRate)),
    rootRate: Float64Array.from(edges, ({ curve }) => Math.exp(curve.logRate / 2)),
    logRate: Float64Array.from(edges, ({ curve }) => curve.logRate),
    swapGas,
    tickGas: Float64Array.from(edges, ({ pool }) => (pools[pool] as Pool).gas.perTick),
    curves: edges.map(({ curve }) => curve),
    productLimit: Float64Array.from(edges, ({ curve }) =>
      curve.inputShare === 0.5 ? f64(curve.table, PIECE + 1) : -1,
    ),
    productIn: Float64Array.from(edges, ({ curve }) => f64(curve.table, 3) / curve.keep),
    productOut: Float64Array.from(edges, ({ curve }) => f64(curve.table, 4)),
    firstEdge,
    firstEntering,
    entering,
    enteringFrom: entering.map((edge) => (edges[edge] as Edge).from),
  }
  return {
    ...graph,
    nodeOfToken,
    isLeaf: findLeaves(nodeCount, edgeFrom, edgeTo),
    leastSwapGas: swapGas.reduce((least, gas) => Math.min(least, gas), Number.POSITIVE_INFINITY),
    facts: new NodeFacts(graph),
  }
}

function numberTokens(pools: readonly Pool[], parityPools: readonly Pool[]): Map<TokenId, number> {
  const representative = new Map<TokenId, TokenId>()
  const find = (token: TokenId): TokenId => {
    const parent = representative.get(token)
    return parent === undefined ? token : find(parent)
  }
  for (const { tokens } of parityPools) {
    const root = find(tokens[0] as TokenId)
    for (const token of tokens.slice(1)) if (find(token) !== root) representative.set(find(token), root)
  }
  const nodeOfToken = new Map<TokenId, number>()
  const roots = new Map<TokenId, number>()
  for (const { tokens } of pools) {
    for (const token of tokens) {
      const root = find(token)
      const node = roots.get(root) ?? roots.size
      roots.set(root, node)
      nodeOfToken.set(token, node)
    }
  }
  return nodeOfToken
}

function listEdges(pools: readonly Pool[], nodeOfToken: ReadonlyMap<TokenId, number>): Edge[] {
  const edges: Edge[] = []
  for (const [poolIndex, pool] of pools.entries()) {
    const nodes = pool.tokens.map((token) => nodeOfToken.get(token) as number)
    for (const [tokenIn, from] of nodes.entries()) {
      for (const [tokenOut, to] of nodes.entries()) {
        if (from === to) continue
        const curve = pool.curve(tokenIn, tokenOut)
        if (curve !== undefined && Number.isFinite(curve.logRate)) {
          edges.push({ from, to, pool: poolIndex, tokenIn, tokenOut, curve })
        }
      }
    }
  }
  return edges.sort((a, b) => a.from - b.from || a.to - b.to || a.pool - b.pool)
}

/** Where each node's edges start when they are in the order of these nodes; written to `starts`, which is one longer than nodes are. */
function countStarts(nodes: Int32Array, starts: Int32Array): Int32Array {
  for (let at = 0; at < nodes.length; at += 1) {
    const after = i32(nodes, at) + 1
    starts[after] = i32(starts, after) + 1
  }
  for (let node = 0; node + 1 < starts.length; node += 1)
    starts[node + 1] = i32(starts, node + 1) + i32(starts, node)
  return starts
}

function findLeaves(nodeCount: number, edgeFrom: Int32Array, edgeTo: Int32Array): Uint8Array {
  const neighbour = new Int32Array(nodeCount).fill(-1)
  const isLeaf = new Uint8Array(nodeCount).fill(1)
  for (let edge = 0; edge < edgeFrom.length; edge += 1) {
    for (const [node, other] of [
      [i32(edgeFrom, edge), i32(edgeTo, edge)],
      [i32(edgeTo, edge), i32(edgeFrom, edge)],
    ] as const) {
      if (i32(neighbour, node) === -1) neighbour[node] = other
      else if (i32(neighbour, node) !== other) isLeaf[node] = 0
    }
  }
  return isLeaf
}

/** The graph of these edges alone, in rising order; nodes are numbered by `numberOf`, which keeps their order. */
export function takeEdges(
  graph: EdgeGraph,
  room: Room,
  edges: Int32Array,
  nodeCount: number,
  numberOf: Int32Array,
): EdgeGraph {
  const edgeFrom = pickInts(numberOf, pickInts(graph.edgeFrom, edges, room), room)
  const edgeTo = pickInts(numberOf, pickInts(graph.edgeTo, edges, room), room)
  const logRate = pickFloats(graph.logRate, edges, room)
  const firstEntering = countStarts(edgeTo, room.ints(nodeCount + 1))
  const entering = room.ints(edges.length)
  const next = room.ints(nodeCount + 1)
  next.set(firstEntering)
  for (let edge = 0; edge < edges.length; edge += 1) {
    const node = i32(edgeTo, edge)
    entering[i32(next, node)] = edge
    next[node] = i32(next, node) + 1
  }
  const curves: SwapCurve[] = []
  for (const edge of edges) curves.push(graph.curves[edge] as SwapCurve)
  return {
    pools: graph.pools,
    parityPools: graph.parityPools,
    nodeCount,
    edgeCount: edges.length,
    edgeFrom,
    edgeTo,
    edgePool: pickInts(graph.edgePool, edges, room),
    tokenIn: pickInts(graph.tokenIn, edges, room),
    tokenOut: pickInts(graph.tokenOut, edges, room),
    rate: pickFloats(graph.rate, edges, room),
    rootRate: pickFloats(graph.rootRate, edges, room),
    logRate,
    swapGas: pickFloats(graph.swapGas, edges, room),
    tickGas: pickFloats(graph.tickGas, edges, room),
    curves,
    productLimit: pickFloats(graph.productLimit, edges, room),
    productIn: pickFloats(graph.productIn, edges, room),
    productOut: pickFloats(graph.productOut, edges, room),
    firstEdge: countStarts(edgeFrom, room.ints(nodeCount + 1)),
    firstEntering,
    entering,
    enteringFrom: pickInts(edgeFrom, entering, room),
  }
}

function pickInts(values: Int32Array, places: Int32Array, room: Room): Int32Array {
  const picked = room.ints(places.length)
  for (let at = 0; at < places.length; at += 1) picked[at] = i32(values, i32(places, at))
  return picked
}

function pickFloats(values: Float64Array, places: Int32Array, room: Room): Float64Array {
  const picked = room.floats(places.length)
  for (let at = 0; at < places.length; at += 1) picked[at] = f64(values, i32(places, at))
  return picked
}
