import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { EngineCommand } from '../../src/main/capabilities/orderbook/domain/engine/commands.ts'
import { CoreBook } from '../../src/main/capabilities/orderbook/domain/engine/core/CoreBook.ts'
import { OrderEngine } from '../../src/main/capabilities/orderbook/domain/engine/OrderEngine.ts'
import { ADD, CANCEL, type Workload } from './createWorkload.ts'

/** One engine with one workload before it. */
export interface Contestant {
  /** Makes what a caller hands over with the operations from one index up to another: no work of the engine. */
  makeReady(from: number, to: number): void
  /** Carries out one operation of the workload that was made ready. */
  step(index: number): void
  /** What rests in the end: price and total size of every level, best first, bids then asks. */
  depth(): string
}

/**
 * In the app one engine and its books live as long as the process. Here they come and go, and V8 forgets the optimised
 * code with the last object of its kind; these two stand for the ones that stay, and are never used.
 */
export const lasting = { engine: new OrderEngine(), book: new CoreBook() } as const

export const engineNames = [
  'Minato, handles',
  'Minato, string ids',
  'Minato, string ids, wei amounts',
  'nodejs-order-book 10.1.1',
  'hft-limit-order-book 7.0.2',
] as const
export type EngineName = (typeof engineNames)[number]

/** Prepares everything that is not the engine's work: identifiers and commands are made before the clock starts. */
export function prepare(name: EngineName, workload: Workload): () => Contestant {
  if (name === 'Minato, handles') return () => contestHandles(workload)
  if (name === 'Minato, string ids') return contestIdentifiers(workload, 1n, 1n)
  // 18 against 6 decimals: one tick is a cent, and no amount of the base token is exact as a double.
  if (name === 'Minato, string ids, wei amounts') return contestIdentifiers(workload, 10n ** 18n, 10_000n)
  return contestPeer(workload, name.startsWith('nodejs') ? 'nodejs-order-book' : 'hft-limit-order-book')
}

function contestHandles(workload: Workload): Contestant {
  const { kinds, sides, prices, sizes, targets } = workload
  const book = new CoreBook()
  const { slots } = book
  const handles = new Int32Array(kinds.length).fill(-1)
  return {
    makeReady() {},
    step(index) {
      const kind = kinds[index]
      if (kind === CANCEL) {
        const target = targets[index] as number
        const handle = target === -1 ? -1 : (handles[target] as number)
        // A row is used again after its order has ended, then under another number.
        if (handle !== -1 && book.isLive(handle) && slots.numberOf(handle) === target) book.cancel(handle)
        return
      }
      if (kind === ADD)
        book.arrive(sides[index] === 1, prices[index] as number, 1, sizes[index] as number, 0, 0)
      else book.arriveAtMarket(sides[index] === 1, sizes[index] as number, 0, 0)
      book.match()
      if (kind !== ADD || !book.isArrivedOpen) return
      const handle = book.rest()
      slots.setNumber(handle, index)
      handles[index] = handle
    },
    depth: () =>
      [true, false]
        .map((isBid) =>
          book
            .levels(isBid, Number.POSITIVE_INFINITY)
            .map(({ price, orders }) => {
              const total = orders.reduce((sum, slot) => sum + book.slots.remainingOf(slot), 0n)
              return `${price.quote}:${total}`
            })
            .join(' '),
        )
        .join('|'),
  }
}

function contestIdentifiers(workload: Workload, baseUnit: bigint, tick: bigint): () => Contestant {
  const { kinds, sides, prices, sizes, targets } = workload
  const ids = createIdentifiers(workload)
  // Amounts are looked up, as converting numbers is no work of the engine either.
  const sizeOf = Array.from(
    { length: 1 + sizes.reduce((a, b) => Math.max(a, b)) },
    (_, size) => BigInt(size) * baseUnit,
  )
  const termsOf = new Map(
    [...new Set(prices)].map((price) => [
      price,
      { type: 'limit', limit: { quote: BigInt(price) * tick, base: baseUnit } } as const,
    ]),
  )
  const market = { type: 'market' } as const
  const goodTillCancelled = { kind: 'goodTillCancelled' } as const
  const immediateOrCancel = { kind: 'immediateOrCancel' } as const
  const toCommand = (index: number): EngineCommand => {
    const kind = kinds[index]
    if (kind === CANCEL) return { kind: 'cancel', id: ids[targets[index] as number] ?? 'none' }
    return {
      kind: 'place',
      order: {
        id: ids[index] as string,
        account: 'account',
        market: 'market',
        side: sides[index] === 1 ? 'buy' : 'sell',
        size: sizeOf[sizes[index] as number] as bigint,
        sizedIn: 'base',
        terms: kind === ADD ? (termsOf.get(prices[index] as number) ?? market) : market,
        timeInForce: kind === ADD ? goodTillCancelled : immediateOrCancel,
        postOnly: false,
        minimumFill: 0n,
        selfTrade: 'allow',
      },
    }
  }
  return () => {
    const engine = new OrderEngine()
    const commands: EngineCommand[] = []
    let first = 0
    return {
      makeReady(from, to) {
        first = from
        for (let index = from; index < to; index += 1) commands[index - from] = toCommand(index)
      },
      step(index) {
        engine.execute(commands[index - first] as EngineCommand)
      },
      depth: () =>
        (['buy', 'sell'] as const)
          .map((side) =>
            engine
              .depth('market', side, Number.POSITIVE_INFINITY)
              .map(({ price, base }) => `${(price.quote * baseUnit) / price.base / tick}:${base / baseUnit}`)
              .join(' '),
          )
          .join('|'),
    }
  }
}

interface PeerLimitOrder {
  readonly side: 'buy' | 'sell'
  readonly id: string
  readonly size: number
  readonly price: number
}

interface PeerMarketOrder {
  readonly side: 'buy' | 'sell'
  readonly size: number
}

type PeerCall =
  | { readonly kind: 'limit'; readonly order: PeerLimitOrder }
  | { readonly kind: 'market'; readonly order: PeerMarketOrder }
  | { readonly kind: 'cancel'; readonly id: string }

interface PeerBook {
  limit(order: PeerLimitOrder): unknown
  market(order: PeerMarketOrder): unknown
  cancel(id: string): unknown
  depth(): readonly [asks: readonly [number, number][], bids: readonly [number, number][]]
}

function contestPeer(workload: Workload, packageName: string): () => Contestant {
  const require = createRequire(join(import.meta.dirname, '..', 'peers-orderbook', 'package.json'))
  const { OrderBook } = require(packageName) as { OrderBook: new () => PeerBook }
  const { kinds, sides, prices, sizes, targets } = workload
  const ids = createIdentifiers(workload)
  return () => {
    const book = new OrderBook()
    const calls: PeerCall[] = []
    let first = 0
    const toCall = (index: number): PeerCall => {
      const kind = kinds[index]
      if (kind === CANCEL) return { kind: 'cancel', id: ids[targets[index] as number] ?? 'none' }
      const side = sides[index] === 1 ? 'buy' : 'sell'
      const size = sizes[index] as number
      return kind === ADD
        ? { kind: 'limit', order: { side, id: ids[index] as string, size, price: prices[index] as number } }
        : { kind: 'market', order: { side, size } }
    }
    return {
      makeReady(from, to) {
        first = from
        for (let index = from; index < to; index += 1) calls[index - from] = toCall(index)
      },
      step(index) {
        const call = calls[index - first] as PeerCall
        if (call.kind === 'cancel') book.cancel(call.id)
        else if (call.kind === 'limit') book.limit(call.order)
        else book.market(call.order)
      },
      depth() {
        const [asks, bids] = book.depth()
        const write = (levels: readonly [number, number][], sign: number) =>
          [...levels]
            .sort((a, b) => sign * (a[0] - b[0]))
            .map(([price, size]) => `${price}:${size}`)
            .join(' ')
        return `${write(bids, -1)}|${write(asks, 1)}`
      },
    }
  }
}

function createIdentifiers({ kinds }: Workload): readonly string[] {
  // Flat strings, as they come from a parser, and not the ropes that concatenation makes.
  return Array.from(kinds, (_, index) => Buffer.from(`order-${index}`).toString('latin1'))
}
