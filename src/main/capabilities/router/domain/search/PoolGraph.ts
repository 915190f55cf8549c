import type { Pool, TokenId } from '../pools/Pool.ts'
import type { SwapCurve } from '../pools/SwapCurve.ts'
import { i32 } from './typedArrays.ts'

/**
 * Pools made ready for many searches: tokens are numbered nodes, every direction of a pool is a numbered edge. Tokens that
 * convert at parity are one node. Edges that leave a node are consecutive.
 */
export interface PoolGraph {
  readonly pools: readonly Pool[]
  /** The pools that convert at parity, which join nodes instead of being edges. */
  readonly parityPools: readonly Pool[]
  readonly nodeCount: number
  readonly edgeCount: number
  readonly nodeOfToken: ReadonlyMap<TokenId, number>
  readonly edgeFrom: Int32Array
  readonly edgeTo: Int32Array
  readonly edgePool: Int32Array
  readonly tokenIn: Int32Array
  readonly tokenOut: Int32Array
  /** By edge: output per input of the first infinitesimal unit, which no amount exceeds; and its natural logarithm. */
  readonly rate: Float64Array
  readonly logRate: Float64Array
  /** By edge: gas of a swap, and of each boundary that it crosses. */
  readonly swapGas: Float64Array
  readonly tickGas: Float64Array
  readonly curves: readonly SwapCurve[]
  readonly firstEdge: Int32Array
  /** Edges by the node that they enter: `entering[firstEntering[node]...]`. */
  readonly firstEntering: Int32Array
  readonly entering: Int32Array
  /** In the order of `entering`: where those edges come from, and their `logRate`. */
  readonly enteringFrom: Int32Array
  readonly enteringLogRate: Float64Array
  /** Nodes with a single neighbour, through which no route can pass. */
  readonly isLeaf: Uint8Array
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
  const firstEdge = countStarts(edges, nodeCount, ({ from }) => from)
  const firstEntering = countStarts(edges, nodeCount, ({ to }) => to)
  const entering = Int32Array.from(edges.keys())
  entering.sort((a, b) => (edges[a] as Edge).to - (edges[b] as Edge).to || a - b)
  const edgeFrom = Int32Array.from(edges, ({ from }) => from)
  const edgeTo = Int32Array.from(edges, ({ to }) => to)
  return {
    pools,
    parityPools,
    nodeCount,
    edgeCount: edges.length,
    nodeOfToken,
    edgeFrom,
    edgeTo,
    edgePool: Int32Array.from(edges, ({ pool }) => pool),
    tokenIn: Int32Array.from(edges, ({ tokenIn }) => tokenIn),
    tokenOut: Int32Array.from(edges, ({ tokenOut }) => tokenOut),
    rate: Float64Array.from(edges, ({ curve }) => Math.exp(curve.logRate)),
    logRate: Float64Array.from(edges, ({ curve }) => curve.logRate),
    swapGas: Float64Array.from(edges, ({ pool }) => (pools[pool] as Pool).gas.swap),
    tickGas: Float64Array.from(edges, ({ pool }) => (pools[pool] as Pool).gas.perTick),
    curves: edges.map(({ curve }) => curve),
    firstEdge,
    firstEntering,
    entering,
    enteringFrom: entering.map((edge) => (edges[edge] as Edge).from),
    enteringLogRate: Float64Array.from(entering, (edge) => (edges[edge] as Edge).curve.logRate),
    isLeaf: findLeaves(nodeCount, edgeFrom, edgeTo),
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

function countStarts(edges: readonly Edge[], nodeCount: number, nodeOf: (edge: Edge) => number): Int32Array {
  const starts = new Int32Array(nodeCount + 1)
  for (const edge of edges) starts[nodeOf(edge) + 1] = i32(starts, nodeOf(edge) + 1) + 1
  for (let node = 0; node < nodeCount; node += 1) starts[node + 1] = i32(starts, node + 1) + i32(starts, node)
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
