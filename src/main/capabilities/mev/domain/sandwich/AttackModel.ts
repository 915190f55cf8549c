import { mulDivDown, mulDivUp } from '../../../../../shared/money/mulDiv.ts'
import type { CostPerGas, Pool } from '../../../router/index.ts'
import { type CompiledLeg, type CompiledTrade, compileTrade } from './compileTrade.ts'
import type { ExposedTrade } from './ExposedTrade.ts'
import { runTrade, slackOf, type TradeRun } from './runTrade.ts'

/** What an attacker buys before the trade, in the pool and direction of one of its legs. */
export interface FrontRun {
  /** Index of the leg. */
  readonly leg: number
  readonly amountIn: bigint
}

/** A front-run carried through: the pool before, between and after, and what selling back pays. */
export interface Strike extends FrontRun {
  readonly amountOut: bigint
  /** What he gets back, in the leg's input token. */
  readonly backRunOut: bigint
  readonly before: Pool
  readonly afterFrontRun: Pool
  readonly afterVictim: Pool
}

export interface Attempt {
  readonly strikes: readonly Strike[]
  readonly run: TradeRun
  /** Of both his transactions, in the token sold, rounded down. */
  readonly gasCost: bigint
  /** After gas, in the token sold, rounded in his favour; negative where he loses. */
  readonly profit: bigint
}

// What no transaction can do without.
const TRANSACTION_GAS = 21_000
// A contract of the attacker's own that calls the pool directly does with three fifths of what the router takes.
const BARE_SWAP_PERCENT = 60
const EXACT_SLACK = 1e-9

/** Everything that an attacker can try against one trade, by exact mathematics on hypothetical states. */
export class AttackModel {
  readonly compiled: CompiledTrade
  readonly #costPerGas: CostPerGas
  readonly #capacities: (number | undefined)[] = []
  readonly #attempts = new Map<string, Attempt | undefined>()

  /** `costPerGas` is in base units of the token sold; without it the attacker is taken to pay no gas. */
  constructor(trade: ExposedTrade, costPerGas: CostPerGas | undefined) {
    this.compiled = compileTrade(trade)
    this.#costPerGas = costPerGas ?? { numerator: 0n, denominator: 1n }
  }

  /** Legs in which a front-run could move the price. */
  get attackableLegs(): number[] {
    return this.compiled.legs.flatMap(({ pool }, at) => (this.#pool(pool).parity ? [] : [at]))
  }

  /** What his two transactions cost before any swap, in the token sold; shared by all pools of an attack. */
  get sharedGasCost(): bigint {
    return mulDivDown(BigInt(2 * TRANSACTION_GAS), this.#costPerGas.numerator, this.#costPerGas.denominator)
  }

  /** The trade after front-runs; undefined where they or the trade cannot be carried out whatever the limit. */
  run(frontRuns: readonly FrontRun[]): TradeRun | undefined {
    const states = this.#frontRun(frontRuns)
    return states && runTrade(this.compiled, states)
  }

  /** What is left of the limit after front-runs; negative where the trade fails. */
  slack(frontRuns: readonly FrontRun[], limit: bigint): bigint | undefined {
    const run = this.run(frontRuns)
    return run && this.slackOf(run, limit)
  }

  slackOf(run: TradeRun, limit: bigint): bigint {
    return slackOf(this.compiled, run, limit)
  }

  /** The least that buys as much: the pool rounds, and he need not give it what it would keep for nothing. */
  trim({ leg: at, amountIn }: FrontRun): bigint {
    const leg = this.compiled.legs[at] as CompiledLeg
    const pool = this.#pool(leg.pool)
    const { amountOut } = pool.quoteExactIn(leg.inIndex, leg.outIndex, amountIn)
    const least = pool.quoteExactOut(leg.inIndex, leg.outIndex, amountOut)
    return least.complete && least.amountIn < amountIn ? least.amountIn : amountIn
  }

  /** The whole sandwich: front-runs, trade, back-runs. */
  attempt(frontRuns: readonly FrontRun[]): Attempt | undefined {
    const key = frontRuns.map(({ leg, amountIn }) => `${leg}:${amountIn}`).join()
    if (this.#attempts.has(key)) return this.#attempts.get(key)
    const attempt = this.#attempt(frontRuns)
    this.#attempts.set(key, attempt)
    return attempt
  }

  #attempt(frontRuns: readonly FrontRun[]): Attempt | undefined {
    const { compiled } = this
    const states = this.#frontRun(frontRuns)
    if (states === undefined) return undefined
    const run = runTrade(compiled, states)
    if (run === undefined) return undefined
    const strikes: Strike[] = []
    let gas = 0
    let gross = 0n
    for (const { leg: at, amountIn } of frontRuns) {
      const leg = compiled.legs[at] as CompiledLeg
      const before = this.#pool(leg.pool)
      const afterFrontRun = states[leg.pool] as Pool
      const front = before.quoteExactIn(leg.inIndex, leg.outIndex, amountIn)
      const afterVictim = this.#afterTrade(leg.pool, afterFrontRun, run)
      const back = afterVictim.quoteExactIn(leg.outIndex, leg.inIndex, front.amountOut)
      if (!back.complete) return undefined
      gas += swapGas(before, front.ticksCrossed) + swapGas(before, back.ticksCrossed)
      gross += inTokenSold(back.amountOut - amountIn, leg)
      strikes.push({
        leg: at,
        amountIn,
        amountOut: front.amountOut,
        backRunOut: back.amountOut,
        before,
        afterFrontRun,
        afterVictim,
      })
    }
    const { numerator, denominator } = this.#costPerGas
    const gasCost = mulDivDown(BigInt(gas + 2 * TRANSACTION_GAS), numerator, denominator)
    return { strikes, run, gasCost, profit: gross - gasCost }
  }

  #pool(index: number): Pool {
    return this.compiled.pools[index] as Pool
  }

  /**
   * More than this no front-run can put in and leave room for the trade: a concentrated pool would walk thousands of empty steps
   * to find out.
   */
  #capacity(at: number): number {
    const known = this.#capacities[at]
    if (known !== undefined) return known
    const { pool, inIndex, outIndex, amountIn } = this.compiled.legs[at] as CompiledLeg
    const curve = this.#pool(pool).curve(inIndex, outIndex)
    // Only exact curves tell; a fitted one may end before its pool does. The last but one number is the input at the end.
    const isExact = curve !== undefined && curve.slack < EXACT_SLACK
    const capacity = isExact
      ? (curve.table.at(-2) ?? Number.POSITIVE_INFINITY) * (1 + EXACT_SLACK)
      : Number.POSITIVE_INFINITY
    this.#capacities[at] = capacity - Number(amountIn)
    return this.#capacity(at)
  }

  #frontRun(frontRuns: readonly FrontRun[]): Pool[] | undefined {
    const states = [...this.compiled.pools]
    for (const { leg: at, amountIn } of frontRuns) {
      const { pool, inIndex, outIndex } = this.compiled.legs[at] as CompiledLeg
      const before = this.#pool(pool)
      if (amountIn <= 0n || Number(amountIn) > this.#capacity(at)) return undefined
      if (!before.quoteExactIn(inIndex, outIndex, amountIn).complete) return undefined
      states[pool] = before.afterSwap(inIndex, outIndex, amountIn)
    }
    return states
  }

  #afterTrade(pool: number, state: Pool, run: TradeRun): Pool {
    let after = state
    for (const [at, leg] of this.compiled.legs.entries()) {
      if (leg.pool === pool) after = after.afterSwap(leg.inIndex, leg.outIndex, run.inputs[at] as bigint)
    }
    return after
  }
}

function swapGas({ gas }: Pool, ticksCrossed: number): number {
  return Math.floor((gas.swap * BARE_SWAP_PERCENT) / 100) + gas.perTick * ticksCrossed
}

function inTokenSold(amount: bigint, { worth: { numerator, denominator } }: CompiledLeg): bigint {
  return amount >= 0n
    ? mulDivUp(amount, numerator, denominator)
    : -mulDivDown(-amount, numerator, denominator)
}
