import { type Address, isAddressEqual } from 'viem'
import type { Market, PendingTransaction, TrialCall, TrialResult } from '../connectMarket.ts'
import { v2PairAbi } from '../protocolAbis.ts'
import { sumTransfers } from '../sumTransfers.ts'
import { computeV2Sandwich } from './computeV2Sandwich.ts'
import type { SwapLeg, VisibleSwap } from './decodeSwaps.ts'
import { encodeLeg } from './encodeLeg.ts'

/** A sandwich that a trial run has shown to work. */
export interface SandwichPlan {
  readonly leg: SwapLeg
  readonly frontRunIn: bigint
  readonly frontRunOut: bigint
  /** In the leg's input token, before gas. */
  readonly profit: bigint
  readonly frontRunGas: bigint
  readonly backRunGas: bigint
}

interface Target {
  readonly market: Market
  readonly victim: PendingTransaction
  /** The victim's own transactions that have to run before it. */
  readonly earlier: readonly PendingTransaction[]
}

const bisections = 24
const trialGas = 1_500_000n
// With a wide tolerance the most profitable front-run is smaller than the largest possible one.
const sharesPercent = [100n, 85n, 65n, 45n, 25n, 10n]
const sections = 10
const goldenE6 = 618_034n

/** Finds the best front-run for one leg of a victim's swap with at most `capital` of the leg's input token. */
export async function planSandwich(
  target: Target,
  swap: VisibleSwap,
  leg: SwapLeg,
  capital: bigint,
): Promise<SandwichPlan | undefined> {
  if (capital === 0n) return undefined
  const closed = await computeClosedForm(target.market, swap, leg, capital)
  if (closed === 'unprofitable') return undefined
  if (closed !== undefined) return attempt(target, leg, closed)

  const largest = await findLargestFrontRun(target, leg, swap.amountIn, capital)
  const tried: SandwichPlan[] = []
  const profitOf = async (amount: bigint) => {
    const plan = await attempt(target, leg, amount)
    if (plan !== undefined) tried.push(plan)
    return plan?.profit
  }
  const bestOf = () =>
    tried.reduce((best, plan) => (plan.profit > best.profit ? plan : best), tried[0] as SandwichPlan)
  const amounts = sharesPercent.map((share) => (largest * share) / 100n)
  for (const amount of amounts) await profitOf(amount)
  if (tried.length === 0) return undefined
  const place = amounts.indexOf(bestOf().frontRunIn)
  if (place > 0 && bestOf().profit > 0n)
    await climb(profitOf, amounts[place + 1] ?? 0n, amounts[place - 1] ?? largest)
  return bestOf()
}

/** Asks for profits ever closer to the top that lies between two amounts, by golden sections. */
async function climb(
  profitOf: (amount: bigint) => Promise<bigint | undefined>,
  from: bigint,
  to: bigint,
): Promise<void> {
  let [low, high] = [from, to]
  const inner = () => low + ((high - low) * goldenE6) / 1_000_000n
  const outer = () => high - ((high - low) * goldenE6) / 1_000_000n
  let [left, right] = [outer(), inner()]
  let [atLeft, atRight] = [await profitOf(left), await profitOf(right)]
  for (let round = 0; round < sections && high - low > 2n; round += 1) {
    // Too much for the victim, or for the pool, is on the right.
    if (atRight === undefined || (atLeft !== undefined && atLeft >= atRight)) {
      high = right
      ;[right, atRight] = [left, atLeft]
      left = outer()
      atLeft = await profitOf(left)
    } else {
      low = left
      ;[left, atLeft] = [right, atRight]
      right = inner()
      atRight = await profitOf(right)
    }
  }
}

// A single V2 pool: reserves and the victim's terms determine everything.
async function computeClosedForm(
  { client, manifest }: Market,
  swap: VisibleSwap,
  leg: SwapLeg,
  capital: bigint,
): Promise<bigint | 'unprofitable' | undefined> {
  if (leg.kind !== 'uniswapV2' || swap.legs.length !== 1 || swap.amountIn === 0n) return undefined
  const pool = manifest.pools.find(
    ({ kind, tokens }) =>
      kind === 'uniswapV2' &&
      tokens.some((token) => isAddressEqual(token, leg.tokenIn)) &&
      tokens.some((token) => isAddressEqual(token, leg.tokenOut)),
  )
  const [token0] = pool?.tokens ?? []
  if (pool?.address === undefined || token0 === undefined) return undefined
  const [reserve0, reserve1] = await client.readContract({
    address: pool.address,
    abi: v2PairAbi,
    functionName: 'getReserves',
  })
  const [reserveIn, reserveOut] = isAddressEqual(token0, leg.tokenIn)
    ? [reserve0, reserve1]
    : [reserve1, reserve0]
  const { amountIn, minimumOut } = swap
  const sandwich = computeV2Sandwich(
    { reserveIn, reserveOut, amountIn, minimumOut, feePips: BigInt(leg.fee) },
    capital,
  )
  return sandwich?.frontRunIn ?? 'unprofitable'
}

/** Everything else: the largest front-run after which the victim's transaction still succeeds, by trial. */
async function findLargestFrontRun(
  target: Target,
  leg: SwapLeg,
  victimIn: bigint,
  capital: bigint,
): Promise<bigint> {
  // Where the front-run itself fails, as beyond what the pool can take, the victim is left alone and proves nothing.
  const victimSucceeds = async (amount: bigint) => {
    const [front, victim] = await runFrontAndVictim(target, leg, amount)
    return front?.succeeded === true && victim?.succeeded === true
  }
  let works = 0n
  let fails = victimIn > 0n && victimIn < capital ? victimIn : capital
  while (await victimSucceeds(fails)) {
    works = fails
    if (fails === capital) return capital
    fails = fails * 4n < capital ? fails * 4n : capital
  }
  for (let step = 0; step < bisections && fails - works > 1n; step += 1) {
    const middle = (works + fails) / 2n
    if (await victimSucceeds(middle)) works = middle
    else fails = middle
  }
  return works
}

async function attempt(target: Target, leg: SwapLeg, frontRunIn: bigint): Promise<SandwichPlan | undefined> {
  if (frontRunIn === 0n) return undefined
  const { market } = target
  const [front] = await runFrontAndVictim(target, leg, frontRunIn)
  const frontRunOut = front === undefined ? 0n : gained(front, leg.tokenOut, market.address)
  if (frontRunOut <= 0n) return undefined
  const back = { ...leg, tokenIn: leg.tokenOut, tokenOut: leg.tokenIn }
  const [, victim, backRun] = await runFrontAndVictim(target, leg, frontRunIn, [
    encodeCall(market, back, frontRunOut),
  ])
  if (front === undefined || victim?.succeeded !== true || backRun?.succeeded !== true) return undefined
  return {
    leg,
    frontRunIn,
    frontRunOut,
    profit: gained(backRun, leg.tokenIn, market.address) - frontRunIn,
    frontRunGas: front.gasUsed,
    backRunGas: backRun.gasUsed,
  }
}

async function runFrontAndVictim(
  { market, victim, earlier }: Target,
  leg: SwapLeg,
  frontRunIn: bigint,
  after: readonly TrialCall[] = [],
): Promise<TrialResult[]> {
  const asCall = ({ from, to, input, value, gas }: PendingTransaction) =>
    to === null ? [] : [{ from, to, data: input, value, gas }]
  const before = earlier.flatMap(asCall)
  const results = await market.attempt([
    ...before,
    encodeCall(market, leg, frontRunIn),
    ...asCall(victim),
    ...after,
  ])
  return results.slice(before.length)
}

function encodeCall(market: Market, leg: SwapLeg, amountIn: bigint): TrialCall {
  const call = encodeLeg(market.manifest, leg, { amountIn, minimumOut: 0n, recipient: market.address })
  return { from: market.address, ...call, gas: trialGas }
}

function gained(result: TrialResult, token: Address, account: Address): bigint {
  return sumTransfers(result.logs, account).get(token) ?? 0n
}
