import { findBestRoute, findRoutes } from '../../src/main/capabilities/router/domain/search/findRoutes.ts'
import { createPoolGraph } from '../../src/main/capabilities/router/domain/search/PoolGraph.ts'
import type { RouteRequest } from '../../src/main/capabilities/router/domain/search/RouteRequest.ts'
import { type BenchQuery, ETHER_USD, type PoolSet } from './createPoolSet.ts'
import type { Peer, PeerAnswer, PreparedPeer } from './Peer.ts'
import { quantile } from './quantile.ts'
import { replayAnswer } from './replayAnswer.ts'

/** What one router did with one query. */
export interface Outcome {
  readonly ms: number
  /** Processor time, which other processes on the machine do not lengthen. */
  readonly cpuMs: number
  /** By exact replay and net of gas, in base units of the output; undefined where nothing was found or a pool refused. */
  readonly net: number | undefined
  readonly legs: number
  /** Whether the router's own claim is what the replay pays, to the unit. */
  readonly isClaimExact: boolean
}

export interface Measured {
  readonly name: string
  readonly outcomes: readonly Outcome[]
}

export const OURS = 'minato'

const SCALE = 10n ** 12n

/** Gas in base units of the output token, as a ratio. */
export function costPerGas(
  { tokenOut }: BenchQuery,
  gwei: number,
): { numerator: bigint; denominator: bigint } {
  const units = ((gwei * 1e9 * ETHER_USD) / 1e18 / tokenOut.usd) * 10 ** tokenOut.decimals
  return { numerator: BigInt(Math.round(units * Number(SCALE))), denominator: SCALE }
}

/** A round is faster than those before it where it takes less than this part of the fastest. */
const FASTER = 0.97
/** So many rounds without a faster one, and the engine has compiled what it will compile. */
const STEADY_ROUNDS = 8
const MOST_ROUNDS = 100
const MOST_WARM_UP_MS = 5_000

/**
 * Asks all queries, round after round, until a round no longer takes less processor time than those before; the same for every
 * router. One that takes longer than the limit for this is compiled long before a round is over.
 */
async function warmUp(queries: readonly BenchQuery[], ask: (query: BenchQuery) => unknown): Promise<void> {
  const stop = startClocks()
  let least = Number.POSITIVE_INFINITY
  let steady = 0
  for (let round = 0; round < MOST_ROUNDS && steady < STEADY_ROUNDS; round += 1) {
    const stopRound = startClocks()
    for (const query of queries) {
      await ask(query)
      if (stop().cpuMs > MOST_WARM_UP_MS) return
    }
    const { cpuMs } = stopRound()
    steady = cpuMs < least * FASTER ? 0 : steady + 1
    least = Math.min(least, cpuMs)
  }
}

/** One query is over too soon to be timed once; as many rounds as fit into the time, each query with its median. */
const MOST_TIMED_ROUNDS = 9
const MOST_TIMED_MS = 5_000

interface Asked<Answer> {
  readonly query: BenchQuery
  readonly answer: Answer
  readonly ms: number
  readonly cpuMs: number
}

/** Warms a router up and asks it all queries, the same for every router. Its answers are those of the last round. */
async function askAll<Answer>(
  queries: readonly BenchQuery[],
  ask: (query: BenchQuery) => Answer | Promise<Answer>,
): Promise<Asked<Answer>[]> {
  await warmUp(queries, ask)
  const rounds: Asked<Answer>[][] = []
  const stopAll = startClocks()
  do {
    const round: Asked<Answer>[] = []
    for (const query of queries) {
      const stop = startClocks()
      const answer = await ask(query)
      round.push({ query, answer, ...stop() })
    }
    rounds.push(round)
  } while (rounds.length < MOST_TIMED_ROUNDS && stopAll().cpuMs < MOST_TIMED_MS)
  return (rounds.at(-1) ?? []).map((asked, at) => ({
    ...asked,
    ms: quantile(
      rounds.map((round) => round[at]?.ms ?? 0),
      0.5,
    ),
    cpuMs: quantile(
      rounds.map((round) => round[at]?.cpuMs ?? 0),
      0.5,
    ),
  }))
}

/** Runs our router over all queries; returns the outcomes and each query's bound net of gas. */
export async function measureOurs(
  set: PoolSet,
  gwei: number,
): Promise<{ measured: Measured; bounds: number[] }> {
  const graph = createPoolGraph(set.pools)
  const pools = new Map(set.pools.map((pool) => [pool.id, pool]))
  const requests = new Map(set.queries.map((query) => [query, toRequest(query, gwei)]))
  const asked = await askAll(set.queries, (query) =>
    findBestRoute(graph, requests.get(query) as RouteRequest),
  )
  const bounds: number[] = []
  const outcomes = asked.map(({ query, answer: plan, ms, cpuMs }): Outcome => {
    const times = { ms, cpuMs }
    if (plan.kind === 'noRoute') {
      bounds.push(Number.NaN)
      return { ...times, net: undefined, legs: 0, isClaimExact: true }
    }
    bounds.push(Number(plan.bound ?? Number.NaN))
    const swaps = plan.legs.map((leg) => ({
      poolId: leg.pool.id,
      tokenIn: leg.tokenIn,
      tokenOut: leg.tokenOut,
      amount: leg.amountIn,
    }))
    // Our legs carry whole amounts: replayed one by one, on the pools as they were.
    const held = new Map([[plan.tokenIn, plan.amountIn]])
    let gas = 100_000
    for (const { poolId, tokenIn, tokenOut, amount } of swaps) {
      const pool = pools.get(poolId)
      if (pool === undefined) throw new Error(`Unknown pool ${poolId}`)
      const quote = pool.quoteExactIn(pool.tokens.indexOf(tokenIn), pool.tokens.indexOf(tokenOut), amount)
      gas += pool.gas.swap + pool.gas.perTick * quote.ticksCrossed
      held.set(tokenIn, (held.get(tokenIn) ?? 0n) - amount)
      held.set(tokenOut, (held.get(tokenOut) ?? 0n) + quote.amountOut)
    }
    const amountOut = held.get(plan.tokenOut) ?? 0n
    const isWhole = [...held].every(([token, amount]) => amount >= 0n || token === plan.tokenOut)
    return {
      ...times,
      net: netOf(amountOut, gas, query, gwei),
      legs: plan.legs.length,
      isClaimExact: isWhole && amountOut === plan.amountOut,
    }
  })
  return { measured: { name: OURS, outcomes }, bounds }
}

/** An answer on the way: when it was there, and what it pays net of gas by its own exact amounts. */
export interface AnswerOnTheWay {
  readonly cpuMs: number
  readonly net: number
}

/** All answers of our search to each query, the first to the last, as it hands them out to whoever shows them. */
export async function measureOnTheWay(set: PoolSet, gwei: number): Promise<AnswerOnTheWay[][]> {
  const graph = createPoolGraph(set.pools)
  const ask = (query: BenchQuery): AnswerOnTheWay[] => {
    const answers: AnswerOnTheWay[] = []
    const stop = startClocks()
    for (const plan of findRoutes(graph, toRequest(query, gwei))) {
      answers.push({ cpuMs: stop().cpuMs, net: netOf(plan.amountOut, plan.gas, query, gwei) })
    }
    return answers
  }
  await warmUp(set.queries, ask)
  const rounds = Array.from({ length: MOST_TIMED_ROUNDS }, () => set.queries.map(ask))
  return (rounds[0] ?? []).map((answers, at) =>
    answers.map(({ net }, number) => ({
      net,
      cpuMs: quantile(
        rounds.map((round) => round[at]?.[number]?.cpuMs ?? Number.NaN),
        0.5,
      ),
    })),
  )
}

function toRequest(query: BenchQuery, gwei: number): RouteRequest {
  return {
    mode: 'exactIn',
    tokenIn: query.tokenIn.id,
    tokenOut: query.tokenOut.id,
    amount: query.amountIn,
    ...(gwei > 0 && { costPerGas: costPerGas(query, gwei) }),
  }
}

/** Runs a peer over all queries, each answer replayed exactly. */
export async function measurePeer(peer: Peer, set: PoolSet, gwei: number): Promise<Measured> {
  const prepared = peer.prepare(set)
  const pools = new Map(set.pools.map((pool) => [pool.id, pool]))
  const asked = await askAll(set.queries, (query) => answerOrNothing(prepared, query, gwei))
  const outcomes = asked.map(({ query, answer, ms, cpuMs }): Outcome => {
    const { tokenIn, tokenOut, amountIn } = query
    const replay = answer && replayAnswer(pools, answer, tokenIn.id, tokenOut.id, amountIn)
    return {
      ms,
      cpuMs,
      net: replay && netOf(replay.amountOut, replay.gas, query, gwei),
      legs:
        answer === undefined
          ? 0
          : answer.kind === 'swaps'
            ? answer.swaps.length
            : answer.paths.reduce((sum, { poolIds }) => sum + poolIds.length, 0),
      isClaimExact: answer === undefined || answer.claim === replay?.amountOut,
    }
  })
  return { name: peer.name, outcomes }
}

function startClocks(): () => { ms: number; cpuMs: number } {
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  return () => {
    const ms = performance.now() - startedAt
    const { user, system } = process.cpuUsage(cpuBefore)
    return { ms, cpuMs: (user + system) / 1_000 }
  }
}

/** Some peers throw where they find no route; that is their way of not answering, and is counted as such. */
async function answerOrNothing(
  prepared: PreparedPeer,
  query: BenchQuery,
  gwei: number,
): Promise<PeerAnswer | undefined> {
  try {
    return await prepared.answer(query, { gwei })
  } catch {
    return undefined
  }
}

function netOf(amountOut: bigint, gas: number, query: BenchQuery, gwei: number): number {
  const { numerator, denominator } = costPerGas(query, gwei)
  return Number(amountOut) - (gas * Number(numerator)) / Number(denominator)
}
