import type { Pool, TokenId } from '../pools/Pool.ts'
import type { Flow } from './Flow.ts'
import type { EdgeGraph } from './PoolGraph.ts'
import type { Leg, RoutePlan } from './RoutePlan.ts'
import type { SearchSpace } from './SearchSpace.ts'
import { splitPaths } from './splitPaths.ts'
import { i32 } from './typedArrays.ts'

/** Shares become whole parts of 2^52, the precision of the floating-point numbers that they come from. */
const SHARE_BITS = 52n
const WHOLE_SHARE = 2 ** 52

interface Step {
  readonly pool: Pool
  readonly from: number
  readonly to: number
  readonly inIndex: number
  readonly outIndex: number
  readonly tokenIn: TokenId
  readonly tokenOut: TokenId
  readonly share: bigint
}

/**
 * Turns a flow into whole numbers by exact mathematics: every amount is split to the unit, every pool quoted once.
 * @returns undefined where a pool refuses its part.
 */
export function finishPlan(space: SearchSpace, flow: Flow): RoutePlan | undefined {
  const steps = flow.edges.map((edge, at) => toStep(space.graph, edge, flow.shares[at] as number))
  const { amount } = space.request
  if (space.exactIn) {
    const legs = runForward(space, steps, amount)
    return legs && toPlan(space, legs, amount)
  }
  return finishExactOut(space, steps, amount)
}

const MOST_RAISES = 10

/** Works back from the target, then forward; raises the target until what arrives is enough, as some pools keep a little of both ways. */
function finishExactOut(space: SearchSpace, steps: readonly Step[], target: bigint): RoutePlan | undefined {
  let extra = 0n
  for (let raise = 0; raise < MOST_RAISES; raise += 1) {
    const needs = runBackward(space, steps, target + extra)
    if (needs === undefined) return undefined
    const total = sumAt(steps, needs, space.source)
    const legs = runForward(space, steps, total, needs)
    if (legs === undefined) return undefined
    const got = received(space, legs)
    if (got >= target) return lowerInput(space, steps, needs, total, legs)
    extra = 2n * extra + target - got + 1n
  }
  return undefined
}

/** Each exact-out quote rounds up; a few units less at the start may still be enough at the end. */
function lowerInput(
  space: SearchSpace,
  steps: readonly Step[],
  needs: readonly bigint[],
  total: bigint,
  enough: readonly Leg[],
): RoutePlan {
  let legs = enough
  let least = total
  for (let less = 1n; less < total; less *= 2n) {
    const cheaper = runForward(space, steps, total - less, needs)
    if (cheaper === undefined || received(space, cheaper) < space.request.amount) break
    legs = cheaper
    least = total - less
  }
  return toPlan(space, legs, least)
}

function toStep(graph: EdgeGraph, edge: number, share: number): Step {
  const pool = graph.pools[i32(graph.edgePool, edge)] as Pool
  const inIndex = i32(graph.tokenIn, edge)
  const outIndex = i32(graph.tokenOut, edge)
  return {
    pool,
    from: i32(graph.edgeFrom, edge),
    to: i32(graph.edgeTo, edge),
    inIndex,
    outIndex,
    tokenIn: pool.tokens[inIndex] as TokenId,
    tokenOut: pool.tokens[outIndex] as TokenId,
    share: BigInt(Math.round(share * WHOLE_SHARE)),
  }
}

/** The steps at each node, those that divide its amount between them; the last of its largest shares takes what is left. */
function groupSteps(steps: readonly Step[], nodeOf: (step: Step) => number): Map<number, NodeSteps> {
  const groups = new Map<number, NodeSteps>()
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at] as Step
    const group = groups.get(nodeOf(step))
    if (group === undefined) groups.set(nodeOf(step), { all: [at], taking: at })
    else {
      group.all.push(at)
      if (step.share >= (steps[group.taking] as Step).share) group.taking = at
    }
  }
  return groups
}

interface NodeSteps {
  readonly all: number[]
  taking: number
}

/** Divides an amount among the steps of a node by their shares, and writes down what each takes. */
function splitByShares(
  steps: readonly Step[],
  { all, taking }: NodeSteps,
  total: bigint,
  parts: bigint[],
): void {
  let rest = total
  for (const at of all) {
    if (at === taking) continue
    const part = (total * (steps[at] as Step).share) >> SHARE_BITS
    parts[at] = part
    rest -= part
  }
  parts[taking] = rest
}

/** The input of every step, working back from what must arrive. */
function runBackward(space: SearchSpace, steps: readonly Step[], amountOut: bigint): bigint[] | undefined {
  const groups = groupSteps(steps, ({ to }) => to)
  const needs = new Array<bigint>(steps.length).fill(0n)
  const parts = new Array<bigint>(steps.length).fill(0n)
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at] as Step
    const group = groups.get(step.to)
    if (group !== undefined) {
      const total = step.to === space.sink ? amountOut : sumAt(steps, needs, step.to)
      splitByShares(steps, group, total, parts)
      // The first of a node's steps divides for all.
      groups.delete(step.to)
    }
    const quote = step.pool.quoteExactOut(step.inIndex, step.outIndex, parts[at] as bigint)
    if (!quote.complete) return undefined
    needs[at] = quote.amountIn
  }
  return needs
}

function sumAt(steps: readonly Step[], needs: readonly bigint[], node: number): bigint {
  return steps.reduce((sum, { from }, at) => (from === node ? sum + (needs[at] as bigint) : sum), 0n)
}

/**
 * Carries the amount forward. With planned needs every step takes its need and the remainder step the rest; without, every
 * step takes its share.
 */
function runForward(
  space: SearchSpace,
  steps: readonly Step[],
  amountIn: bigint,
  needs?: readonly bigint[],
): Leg[] | undefined {
  const { graph, request, source, sink } = space
  const groups = groupSteps(steps, ({ from }) => from)
  const parts = new Array<bigint>(steps.length).fill(0n)
  const purse = new Purse(graph)
  purse.add(source, request.tokenIn, amountIn)
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at] as Step
    const group = groups.get(step.from)
    if (group !== undefined) {
      const total = purse.total(step.from)
      if (needs === undefined) splitByShares(steps, group, total, parts)
      else if (!splitByNeeds(group, needs, total, parts)) return undefined
      if (!purse.prepare(step.from, () => demandOf(steps, group.all, parts))) return undefined
      // The first of a node's steps divides for all.
      groups.delete(step.from)
    }
    const part = parts[at] as bigint
    const quote = step.pool.quoteExactIn(step.inIndex, step.outIndex, part)
    if (!quote.complete || quote.amountOut === 0n) return undefined
    purse.swap(step, part, quote.amountOut, quote.ticksCrossed)
  }
  if (!purse.prepare(sink, () => new Map([[request.tokenOut, purse.total(sink)]]))) return undefined
  return purse.legs
}

function splitByNeeds(
  { all, taking }: NodeSteps,
  needs: readonly bigint[],
  total: bigint,
  parts: bigint[],
): boolean {
  let rest = total
  for (const at of all) {
    if (at === taking) continue
    parts[at] = needs[at] as bigint
    rest -= needs[at] as bigint
  }
  parts[taking] = rest
  return rest > 0n
}

function demandOf(
  steps: readonly Step[],
  positions: readonly number[],
  parts: readonly bigint[],
): Map<TokenId, bigint> {
  const demand = new Map<TokenId, bigint>()
  for (const at of positions) {
    const { tokenIn } = steps[at] as Step
    demand.set(tokenIn, (demand.get(tokenIn) ?? 0n) + (parts[at] as bigint))
  }
  return demand
}

/** What is held on the way, by node and by token: a node of a coin and its wrapped form holds two. */
class Purse {
  readonly legs: Leg[] = []
  readonly #graph: EdgeGraph
  readonly #held = new Map<number, Map<TokenId, bigint>>()

  constructor(graph: EdgeGraph) {
    this.#graph = graph
  }

  add(node: number, token: TokenId, amount: bigint): void {
    const held = this.#held.get(node) ?? new Map<TokenId, bigint>()
    held.set(token, (held.get(token) ?? 0n) + amount)
    this.#held.set(node, held)
  }

  total(node: number): bigint {
    let total = 0n
    for (const amount of this.#held.get(node)?.values() ?? []) total += amount
    return total
  }

  /** Converts at parity what is needed in another form than it came; nothing can be where nothing converts. */
  prepare(node: number, demandOf: () => ReadonlyMap<TokenId, bigint>): boolean {
    if (this.#graph.parityPools.length === 0) return true
    const demand = demandOf()
    const held = this.#held.get(node) ?? new Map<TokenId, bigint>()
    for (const [token, needed] of demand) {
      let missing = needed - (held.get(token) ?? 0n)
      for (const pool of this.#graph.parityPools) {
        const outIndex = pool.tokens.indexOf(token)
        if (missing <= 0n || outIndex < 0) continue
        const other = pool.tokens[1 - outIndex] as TokenId
        const spare = (held.get(other) ?? 0n) - (demand.get(other) ?? 0n)
        const amount = spare < missing ? spare : missing
        if (amount <= 0n) continue
        this.legs.push({
          pool,
          tokenIn: other,
          tokenOut: token,
          amountIn: amount,
          amountOut: amount,
          ticksCrossed: 0,
        })
        held.set(other, (held.get(other) ?? 0n) - amount)
        held.set(token, (held.get(token) ?? 0n) + amount)
        missing -= amount
      }
      if (missing > 0n) return false
    }
    return true
  }

  swap(step: Step, amountIn: bigint, amountOut: bigint, ticksCrossed: number): void {
    const { pool, tokenIn, tokenOut } = step
    this.legs.push({ pool, tokenIn, tokenOut, amountIn, amountOut, ticksCrossed })
    this.add(step.from, tokenIn, -amountIn)
    this.add(step.to, tokenOut, amountOut)
  }
}

function received({ request }: SearchSpace, legs: readonly Leg[]): bigint {
  return legs.reduce((sum, leg) => {
    if (leg.tokenOut === request.tokenOut) return sum + leg.amountOut
    return leg.tokenIn === request.tokenOut ? sum - leg.amountIn : sum
  }, 0n)
}

function toPlan(space: SearchSpace, legs: readonly Leg[], amountIn: bigint): RoutePlan {
  const { mode, tokenIn, tokenOut, costPerGas } = space.request
  const gas = legs.reduce(
    (sum, { pool, ticksCrossed }) => sum + pool.gas.swap + pool.gas.perTick * ticksCrossed,
    space.baseGas,
  )
  return {
    kind: 'route',
    mode,
    tokenIn,
    tokenOut,
    amountIn,
    amountOut: received(space, legs),
    gas,
    gasCost:
      costPerGas === undefined
        ? 0n
        : (BigInt(gas) * costPerGas.numerator + costPerGas.denominator - 1n) / costPerGas.denominator,
    legs,
    paths: splitPaths(legs, tokenIn, tokenOut, amountIn),
    bound: undefined,
  }
}
