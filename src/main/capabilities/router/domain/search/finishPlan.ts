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

/** Index of the step that takes what is left of a node, by node: the last of its largest shares. */
function remainderSteps(steps: readonly Step[], nodeOf: (step: Step) => number): Map<number, number> {
  const taking = new Map<number, number>()
  for (const [at, step] of steps.entries()) {
    const before = taking.get(nodeOf(step))
    if (before === undefined || step.share >= (steps[before] as Step).share) taking.set(nodeOf(step), at)
  }
  return taking
}

function splitAt(
  steps: readonly Step[],
  taking: ReadonlyMap<number, number>,
  nodeOf: (step: Step) => number,
  node: number,
  total: bigint,
): Map<number, bigint> {
  const parts = new Map<number, bigint>()
  let rest = total
  for (const [at, step] of steps.entries()) {
    if (nodeOf(step) !== node || taking.get(node) === at) continue
    const part = (total * step.share) >> SHARE_BITS
    parts.set(at, part)
    rest -= part
  }
  const last = taking.get(node)
  if (last !== undefined) parts.set(last, rest)
  return parts
}

/** The input of every step, working back from what must arrive. */
function runBackward(space: SearchSpace, steps: readonly Step[], amountOut: bigint): bigint[] | undefined {
  const toOf = ({ to }: Step) => to
  const taking = remainderSteps(steps, toOf)
  const needs = new Array<bigint>(steps.length).fill(0n)
  const parts = new Map<number, Map<number, bigint>>([
    [space.sink, splitAt(steps, taking, toOf, space.sink, amountOut)],
  ])
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at] as Step
    let split = parts.get(step.to)
    if (split === undefined) {
      split = splitAt(steps, taking, toOf, step.to, sumAt(steps, needs, step.to))
      parts.set(step.to, split)
    }
    const quote = step.pool.quoteExactOut(step.inIndex, step.outIndex, split.get(at) ?? 0n)
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
  const { request, source, sink } = space
  const fromOf = ({ from }: Step) => from
  const taking = remainderSteps(steps, fromOf)
  const purse = new Purse(space.graph)
  purse.add(source, request.tokenIn, amountIn)
  const parts = new Map<number, Map<number, bigint>>()
  for (const [at, step] of steps.entries()) {
    let split = parts.get(step.from)
    if (split === undefined) {
      const total = purse.total(step.from)
      split =
        needs === undefined
          ? splitAt(steps, taking, fromOf, step.from, total)
          : splitByNeeds(steps, taking, needs, step.from, total)
      if (split === undefined) return undefined
      parts.set(step.from, split)
      if (!purse.prepare(step.from, demandAt(steps, split))) return undefined
    }
    const part = split.get(at) ?? 0n
    const quote = step.pool.quoteExactIn(step.inIndex, step.outIndex, part)
    if (!quote.complete || quote.amountOut === 0n) return undefined
    purse.swap(step, part, quote.amountOut, quote.ticksCrossed)
  }
  if (!purse.prepare(sink, new Map([[request.tokenOut, purse.total(sink)]]))) return undefined
  return purse.legs
}

function splitByNeeds(
  steps: readonly Step[],
  taking: ReadonlyMap<number, number>,
  needs: readonly bigint[],
  node: number,
  total: bigint,
): Map<number, bigint> | undefined {
  const parts = new Map<number, bigint>()
  let rest = total
  for (const [at, step] of steps.entries()) {
    if (step.from !== node || taking.get(node) === at) continue
    parts.set(at, needs[at] as bigint)
    rest -= needs[at] as bigint
  }
  if (rest <= 0n) return undefined
  const last = taking.get(node)
  if (last !== undefined) parts.set(last, rest)
  return parts
}

function demandAt(steps: readonly Step[], split: ReadonlyMap<number, bigint>): Map<TokenId, bigint> {
  const demand = new Map<TokenId, bigint>()
  for (const [at, part] of split) {
    const { tokenIn } = steps[at] as Step
    demand.set(tokenIn, (demand.get(tokenIn) ?? 0n) + part)
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

  /** Converts at parity what is needed in another form than it came. */
  prepare(node: number, demand: ReadonlyMap<TokenId, bigint>): boolean {
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
