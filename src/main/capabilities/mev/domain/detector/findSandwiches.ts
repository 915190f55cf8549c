import type { Address, Hash } from '../../../../../shared/identity/identity.ts'
import type { DecodedSwap } from './DecodedSwap.ts'

/** Why two transactions are taken to be of one hand. */
export type SandwichEvidence =
  /** The same account signed both. */
  | 'sameSender'
  /** Both call the same contract, which is not a router that everybody uses. */
  | 'sameContract'
  /** The second sells to the unit what the first one bought. */
  | 'sameAmount'

/** A trade found between a purchase before and a sale after it by the same hand. */
export interface Sandwich {
  readonly victim: Hash
  readonly poolId: string
  readonly evidence: SandwichEvidence
  readonly frontRun: readonly DecodedSwap[]
  readonly victimSwap: DecodedSwap
  readonly backRun: readonly DecodedSwap[]
  /** Of what was put in, before gas; may be negative. Where only a part was sold back it counts that part. */
  readonly attackerProfit: bigint
}

// An attacker closes his position; somebody who merely trades both ways in a block does not sell what he has just bought.
const LEAST_CLOSED_PERCENT = 95n
const MOST_CLOSED_PERCENT = 105n

/**
 * Looks for sandwiches around one transaction: in the same block and pool somebody traded in the same direction before it and in
 * the opposite one after it, from one account or through one private contract, and sold about what he had bought.
 *
 * @param swaps all swaps of the block, in its order.
 * @param publicContracts routers and aggregators that strangers share, in any case.
 */
export function findSandwiches(
  victim: Hash,
  swaps: readonly DecodedSwap[],
  publicContracts: readonly Address[],
): Sandwich[] {
  const shared = new Set(publicContracts.map((address) => address.toLowerCase()))
  return swaps
    .filter(({ transactionHash }) => transactionHash === victim)
    .flatMap((victimSwap) => {
      const inPool = swaps.filter(
        ({ poolId, transactionHash, sender }) =>
          poolId === victimSwap.poolId && transactionHash !== victim && !isSame(sender, victimSwap.sender),
      )
      const before = inPool.filter(
        (swap) => swap.transactionIndex < victimSwap.transactionIndex && runsLike(swap, victimSwap),
      )
      const after = inPool.filter(
        (swap) => swap.transactionIndex > victimSwap.transactionIndex && runsAgainst(swap, victimSwap),
      )
      const found = matchHands(before, after, shared)
      return found === undefined ? [] : [{ victim, poolId: victimSwap.poolId, victimSwap, ...found }]
    })
}

function matchHands(
  before: readonly DecodedSwap[],
  after: readonly DecodedSwap[],
  shared: ReadonlySet<string>,
): Omit<Sandwich, 'victim' | 'poolId' | 'victimSwap'> | undefined {
  const groupings: [SandwichEvidence, (swap: DecodedSwap) => string | undefined][] = [
    ['sameSender', ({ sender }) => sender.toLowerCase()],
    [
      'sameContract',
      ({ target }) =>
        target === undefined || shared.has(target.toLowerCase()) ? undefined : target.toLowerCase(),
    ],
  ]
  for (const [evidence, handOf] of groupings) {
    for (const hand of new Set(before.map(handOf))) {
      if (hand === undefined) continue
      const frontRun = before.filter((swap) => handOf(swap) === hand)
      const backRun = after.filter((swap) => handOf(swap) === hand)
      if (closesPosition(frontRun, backRun)) return toFinding(evidence, frontRun, backRun)
    }
  }
  for (const front of before) {
    const back = after.find(({ amountIn }) => amountIn === front.amountOut)
    if (back !== undefined) return toFinding('sameAmount', [front], [back])
  }
  return undefined
}

function closesPosition(frontRun: readonly DecodedSwap[], backRun: readonly DecodedSwap[]): boolean {
  const bought = sumOf(frontRun.map(({ amountOut }) => amountOut))
  const sold = sumOf(backRun.map(({ amountIn }) => amountIn))
  return sold * 100n >= bought * LEAST_CLOSED_PERCENT && sold * 100n <= bought * MOST_CLOSED_PERCENT
}

function toFinding(
  evidence: SandwichEvidence,
  frontRun: readonly DecodedSwap[],
  backRun: readonly DecodedSwap[],
): Omit<Sandwich, 'victim' | 'poolId' | 'victimSwap'> {
  const spent = sumOf(frontRun.map(({ amountIn }) => amountIn))
  const bought = sumOf(frontRun.map(({ amountOut }) => amountOut))
  const sold = sumOf(backRun.map(({ amountIn }) => amountIn))
  const earned = sumOf(backRun.map(({ amountOut }) => amountOut))
  const cost = sold < bought ? (spent * sold) / bought : spent
  return { evidence, frontRun, backRun, attackerProfit: earned - cost }
}

function runsLike(a: DecodedSwap, b: DecodedSwap): boolean {
  return a.assetIn === b.assetIn && a.assetOut === b.assetOut
}

function runsAgainst(a: DecodedSwap, b: DecodedSwap): boolean {
  return a.assetIn === b.assetOut && a.assetOut === b.assetIn
}

function isSame(a: Address, b: Address): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}
