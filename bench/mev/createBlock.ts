import type { DecodedSwap } from '../../src/main/capabilities/mev/index.ts'
import { createUniswapV2Pool, type Pool } from '../../src/main/capabilities/router/index.ts'
import type { Random } from '../router/random.ts'

type Address = DecodedSwap['sender']
type Hash = DecodedSwap['transactionHash']

/** A block of swaps of which it is known who attacked whom. */
export interface LabelledBlock {
  readonly swaps: readonly DecodedSwap[]
  /** Attacked trades, and what each would have given without the front-run. */
  readonly victims: readonly { readonly hash: Hash; readonly fairOut: bigint; readonly style: AttackStyle }[]
  /** Every other transaction that is nobody's attack. */
  readonly bystanders: readonly Hash[]
  readonly routers: readonly Address[]
  readonly poolsBefore: ReadonlyMap<string, Pool>
}

/** How the attacker hides. */
export type AttackStyle =
  | 'oneAccount'
  | 'twoAccountsOneContract'
  | 'strangers'
  | 'frontRunInTwo'
  | 'keepsSome'
  // Two unconnected accounts through a public router, of amounts that do not match: nothing on chain joins them.
  | 'disguised'

const STYLES: readonly AttackStyle[] = [
  'oneAccount',
  'oneAccount',
  'twoAccountsOneContract',
  'strangers',
  'frontRunInTwo',
  'keepsSome',
  'disguised',
]

/** Innocent patterns that look like an attack at first sight. */
const LOOK_ALIKES = [
  // Strangers through the router that everybody uses, one before and two after.
  'routerCrowd',
  // A market maker trades both ways around somebody, in sizes that have nothing to do with each other.
  'marketMaker',
  // An arbitrageur takes back what a trade moved, without having been there before.
  'backRunOnly',
  // One account buys twice, before and after.
  'sameWayTwice',
  // Sells first and buys after: the opposite of a sandwich.
  'reversed',
  'lone',
] as const

const ether = 10n ** 18n
const ROUTERS: readonly Address[] = [address(0xa1), address(0xa2)]

/** Makes a block over four pairs: up to two attacks and several look-alikes, all swaps carried out one after the other. */
export function createBlock(random: Random): LabelledBlock {
  const poolsBefore = new Map<string, Pool>()
  for (let at = 0; at < 4; at += 1) {
    const id = address(0xb0 + at)
    const reserves: [bigint, bigint] = [amount(random, 200, 20_000), amount(random, 200, 20_000)]
    poolsBefore.set(id, createUniswapV2Pool({ id, venue: 'uniswapV2', tokens: ['0', '1'], reserves }))
  }
  const state = new Map(poolsBefore)
  const swaps: DecodedSwap[] = []
  const bystanders: Hash[] = []
  const victims: LabelledBlock['victims'][number][] = []
  let transactions = 0
  let people = 0x1000
  const somebody = () => {
    people += 1
    return address(people)
  }
  const trade = (poolId: string, isForward: boolean, amountIn: bigint, sender: Address, target: Address) => {
    const pool = state.get(poolId) as Pool
    const [from, to] = isForward ? [0, 1] : [1, 0]
    const { amountOut } = pool.quoteExactIn(from, to, amountIn)
    state.set(poolId, pool.afterSwap(from, to, amountIn))
    const transactionHash = hash(transactions)
    swaps.push({
      venue: 'uniswapV2',
      poolId,
      assetIn: String(from),
      assetOut: String(to),
      amountIn,
      amountOut,
      transactionHash,
      transactionIndex: transactions,
      logIndex: swaps.length,
      sender,
      target,
    })
    transactions += 1
    return { hash: transactionHash, amountOut }
  }

  const attack = () => {
    const poolId = random.pick([...poolsBefore.keys()])
    const isForward = random.next() < 0.5
    const style = random.pick(STYLES)
    const account = somebody()
    const contract = style === 'strangers' || style === 'disguised' ? random.pick(ROUTERS) : somebody()
    const [from, to] = isForward ? [0, 1] : [1, 0]
    const fair = state.get(poolId) as Pool
    let bought = 0n
    for (let part = 0; part < (style === 'frontRunInTwo' ? 2 : 1); part += 1) {
      bought += trade(poolId, isForward, amount(random, 2, 20), account, contract).amountOut
    }
    let without = fair
    for (let count = random.next() < 0.3 ? 2 : 1; count > 0; count -= 1) {
      const sold = amount(random, 5, 30)
      const fairOut = without.quoteExactIn(from, to, sold).amountOut
      without = without.afterSwap(from, to, sold)
      const victim = trade(poolId, isForward, sold, somebody(), random.pick(ROUTERS))
      victims.push({ hash: victim.hash, fairOut, style })
    }
    const closing = style === 'oneAccount' || style === 'frontRunInTwo' ? account : somebody()
    const closer = style === 'keepsSome' ? account : closing
    trade(
      poolId,
      !isForward,
      style === 'keepsSome' || style === 'disguised' ? (bought * 97n) / 100n : bought,
      closer,
      contract,
    )
  }

  const innocent = () => {
    const poolId = random.pick([...poolsBefore.keys()])
    const isForward = random.next() < 0.5
    const router = random.pick(ROUTERS)
    const contract = somebody()
    const account = somebody()
    const stranger = (direction: boolean) => {
      bystanders.push(trade(poolId, direction, amount(random, 1, 30), somebody(), router).hash)
    }
    const own = (direction: boolean) => {
      bystanders.push(trade(poolId, direction, amount(random, 1, 30), account, contract).hash)
    }
    switch (random.pick(LOOK_ALIKES)) {
      case 'routerCrowd':
        stranger(isForward)
        stranger(isForward)
        stranger(!isForward)
        stranger(!isForward)
        break
      case 'marketMaker': {
        const bought = trade(poolId, isForward, amount(random, 2, 20), account, contract)
        stranger(isForward)
        // Rarely he happens to sell about what he has just bought.
        const share = random.between(0.1, 3)
        const sold = (bought.amountOut * BigInt(Math.round(share * 1000))) / 1000n
        bystanders.push(bought.hash, trade(poolId, !isForward, sold, account, contract).hash)
        break
      }
      case 'backRunOnly':
        stranger(isForward)
        own(!isForward)
        break
      case 'sameWayTwice':
        own(isForward)
        stranger(isForward)
        own(isForward)
        break
      case 'reversed':
        own(!isForward)
        stranger(isForward)
        own(isForward)
        break
      case 'lone':
        stranger(isForward)
        break
    }
  }

  const attacks = Math.floor(random.next() * 3)
  const events = [
    ...Array.from({ length: attacks }, () => attack),
    ...Array.from({ length: 4 }, () => innocent),
  ]
  while (events.length > 0) {
    const [event] = events.splice(Math.floor(random.next() * events.length), 1)
    event?.()
  }
  return { swaps, victims, bystanders, routers: ROUTERS, poolsBefore }
}

function amount(random: Random, low: number, high: number): bigint {
  return (BigInt(Math.round(random.logBetween(low, high) * 1e6)) * ether) / 1_000_000n
}

function address(number: number): Address {
  return `0x${number.toString(16).padStart(40, '0')}` as Address
}

function hash(number: number): Hash {
  return `0x${(number + 1).toString(16).padStart(64, '0')}` as Hash
}
