import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHistory, type HistoryShape } from '../../../../../../bench/orderbook/createHistory.ts'
import { createRandom } from '../../../../../../bench/orderbook/createWorkload.ts'
import { Ledger } from '../../../../../../bench/orderbook/Ledger.ts'
import { ReferenceBook } from '../../../../../../bench/orderbook/ReferenceBook.ts'
import { runs } from '../../../../../shared/testing/thoroughness.ts'
import { defaultPriceWindowRules } from '../triggers/PriceWindow.ts'
import type { EngineCommand, OrderRequest } from './commands.ts'
import { encodeState } from './encodeState.ts'
import type { EngineEvent } from './events.ts'
import { OrderEngine } from './OrderEngine.ts'
import { restoreState } from './restoreState.ts'

const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 })
const lengths = fc.integer({ min: 1, max: 120 })

function historyOf(seed: number, shape: HistoryShape): readonly EngineCommand[] {
  const random = createRandom(seed)
  return createHistory((below) => Math.floor(random() * below), shape)
}

function order(
  id: string,
  side: 'buy' | 'sell',
  price: number,
  size: number,
  more: Partial<OrderRequest> = {},
) {
  const request: OrderRequest = {
    id,
    account: id,
    market: 'm',
    side,
    size: BigInt(size),
    sizedIn: 'base',
    terms: { type: 'limit', limit: { quote: BigInt(price), base: 1n } },
    timeInForce: { kind: 'goodTillCancelled' },
    postOnly: false,
    minimumFill: 0n,
    selfTrade: 'allow',
    ...more,
  }
  return request
}

function openEngine() {
  const engine = new OrderEngine()
  let block = 0
  return {
    engine,
    place: (...args: Parameters<typeof order>) => engine.execute({ kind: 'place', order: order(...args) }),
    /** The market stands at this price for so many blocks. */
    stand: (price: number, blocks: number): readonly EngineEvent[] => {
      const events: EngineEvent[] = []
      for (let at = 0; at < blocks; at += 1) {
        block += 1
        engine.execute({
          kind: 'observe',
          market: 'm',
          source: 'pool',
          block,
          timestampMs: block * 12_000,
          price: { quote: BigInt(price), base: 1n },
        })
        events.push(...engine.execute({ kind: 'evaluate', market: 'm' }))
      }
      return events
    },
    queue: (side: 'buy' | 'sell') =>
      engine.depth('m', side, 10).map(({ price, base }) => [price.quote, base]),
  }
}

const kindsOf = (events: readonly EngineEvent[]) =>
  events.map((event) => [event.kind, 'id' in event ? event.id : '', 'reason' in event ? event.reason : ''])

describe('OrderEngine against a book that says it plainly', () => {
  it('gives the same events for every history of one market, and the same queues', () => {
    fc.assert(
      fc.property(seeds, lengths, (seed, length) => {
        const engine = new OrderEngine()
        const reference = new ReferenceBook()
        for (const command of historyOf(seed, { length, bookOnly: true })) {
          expect(engine.execute(command)).toEqual(reference.execute(command))
        }
        for (const side of ['buy', 'sell'] as const) {
          const { markets, orders: registry, slots } = engine.state
          const levels = markets.get('m')?.book.levels(side === 'buy', 1_000) ?? []
          const queue = levels.flatMap(({ orders }) =>
            orders.map((slot) => {
              const id = registry.idAt(slots.numberOf(slot))
              return [id, engine.order(id)?.open]
            }),
          )
          expect(queue).toEqual(reference.queue(side))
        }
      }),
      { seed: 7, numRuns: runs(300) },
    )
  }, 120_000)

  it('keeps every promise in histories of all commands', () => {
    fc.assert(
      fc.property(seeds, lengths, (seed, length) => {
        const engine = new OrderEngine()
        const ledger = new Ledger()
        for (const command of historyOf(seed, { length, bookOnly: false })) {
          ledger.record(command, engine.execute(command))
          ledger.check(engine)
        }
      }),
      { seed: 7, numRuns: runs(200) },
    )
  }, 120_000)

  it('goes on from a written state exactly as it would have without', () => {
    fc.assert(
      fc.property(seeds, lengths, fc.nat(), (seed, length, cut) => {
        const commands = historyOf(seed, { length, bookOnly: false })
        const straight = new OrderEngine()
        const before = cut % (commands.length + 1)
        for (const command of commands.slice(0, before)) straight.execute(command)
        const state = encodeState(straight.state)
        const restored = new OrderEngine(defaultPriceWindowRules, restoreState(state))
        expect(encodeState(restored.state)).toEqual(state)
        for (const command of commands.slice(before)) {
          expect(restored.execute(command)).toEqual(straight.execute(command))
        }
        expect(encodeState(restored.state)).toEqual(encodeState(straight.state))
      }),
      { seed: 7, numRuns: runs(150) },
    )
  }, 120_000)
})

describe('the book', () => {
  it('fills the best price first, and at one price the oldest', () => {
    const { place, queue } = openEngine()
    place('late', 'sell', 101, 5)
    place('worse', 'sell', 102, 5)
    place('later', 'sell', 101, 5)
    const events = place('taker', 'buy', 102, 12)
    expect(events.filter((event) => event.kind === 'filled')).toEqual([
      { kind: 'filled', taker: 'taker', maker: 'late', base: 5n, quote: 505n },
      { kind: 'filled', taker: 'taker', maker: 'later', base: 5n, quote: 505n },
      { kind: 'filled', taker: 'taker', maker: 'worse', base: 2n, quote: 204n },
    ])
    expect(queue('sell')).toEqual([[102n, 3n]])
  })

  it('keeps the place of an order that is reduced', () => {
    const { engine, place } = openEngine()
    place('first', 'sell', 100, 9)
    place('second', 'sell', 100, 5)
    engine.execute({ kind: 'reduce', id: 'first', by: 7n })
    expect(place('taker', 'buy', 100, 3)).toContainEqual({
      kind: 'filled',
      taker: 'taker',
      maker: 'first',
      base: 2n,
      quote: 200n,
    })
  })

  it('never uses an identifier twice, not even of an order that has ended', () => {
    const { engine, place } = openEngine()
    place('a', 'sell', 100, 1)
    engine.execute({ kind: 'cancel', id: 'a' })
    expect(place('a', 'sell', 100, 1)).toEqual([{ kind: 'rejected', id: 'a', reason: 'duplicateId' }])
  })

  it('trades tokens of different decimals to the last unit', () => {
    const { place } = openEngine()
    const price = { quote: 2_987_400_000n, base: 10n ** 18n }
    const terms = { type: 'limit', limit: price } as const
    place('maker', 'sell', 1, 1, { size: 10n ** 18n + 1n, terms })
    const events = place('taker', 'buy', 1, 1, { size: 2_987_400_000n, sizedIn: 'quote', terms })
    expect(events).toContainEqual({
      kind: 'filled',
      taker: 'taker',
      maker: 'maker',
      base: 10n ** 18n,
      quote: 2_987_400_000n,
    })
  })
})

describe('triggers', () => {
  it('a spike of one block fires no stop; a fall that lasts does', () => {
    const { engine, place, stand } = openEngine()
    place('stop', 'sell', 1, 5, {
      terms: { type: 'stop', trigger: { quote: 90n, base: 1n }, limit: undefined },
    })
    stand(100, 6)
    expect(stand(1, 1)).toEqual([])
    expect(stand(100, 5)).toEqual([])
    expect(kindsOf(stand(89, 3))).toEqual([['triggered', 'stop', '']])
    expect(engine.order('stop')).toMatchObject({ status: 'working', isTriggered: true, open: 5n })
  })

  it('a trailing stop follows the rise and fires at its distance below', () => {
    const { place, stand } = openEngine()
    place('trail', 'sell', 1, 5, { terms: { type: 'trailingStop', distanceBps: 1_000, limit: undefined } })
    expect(stand(100, 6)).toEqual([])
    expect(stand(200, 6)).toEqual([])
    expect(stand(181, 6)).toEqual([])
    expect(stand(180, 3)).toHaveLength(1)
  })

  it('a take-profit fires into the book', () => {
    const { place, stand } = openEngine()
    place('bid', 'buy', 119, 5)
    const terms = {
      type: 'takeProfit',
      trigger: { quote: 120n, base: 1n },
      limit: { quote: 118n, base: 1n },
    } as const
    place('profit', 'sell', 1, 5, { terms })
    expect(kindsOf(stand(121, 6)).map(([kind]) => kind)).toEqual(['triggered', 'filled', 'ended', 'ended'])
  })
})

describe('groups', () => {
  it('one order that could fill both legs fills one', () => {
    const { engine, place } = openEngine()
    engine.execute({
      kind: 'placeOneCancelsOther',
      group: 'g',
      legs: [order('near', 'sell', 100, 5), order('far', 'sell', 101, 5)],
    })
    const events = place('taker', 'buy', 110, 10)
    expect(events.filter((event) => event.kind === 'filled')).toHaveLength(1)
    expect(kindsOf(events)).toContainEqual(['ended', 'far', 'otherLegFilled'])
    expect(engine.order('taker')?.open).toBe(5n)
  })

  it('holds the other leg while one is executed outside, and gives it back when that failed', () => {
    const { engine, queue } = openEngine()
    engine.execute({
      kind: 'placeOneCancelsOther',
      group: 'g',
      legs: [order('a', 'sell', 100, 5), order('b', 'sell', 101, 5)],
    })
    expect(kindsOf(engine.execute({ kind: 'reserve', id: 'a', reservation: 'r', size: 5n }))).toEqual([
      ['reserved', 'a', ''],
      ['held', 'b', ''],
    ])
    expect(queue('sell')).toEqual([])
    expect(kindsOf(engine.execute({ kind: 'reserve', id: 'b', reservation: 's', size: 5n }))).toEqual([
      ['rejected', 'b', 'heldByGroup'],
    ])
    engine.execute({ kind: 'settle', reservation: 'r', base: 0n, quote: 0n })
    expect(queue('sell')).toEqual([
      [100n, 5n],
      [101n, 5n],
    ])
  })

  it('an order cancelled while its execution is in flight ends with what that filled', () => {
    const { engine, place } = openEngine()
    place('a', 'sell', 100, 5)
    engine.execute({ kind: 'reserve', id: 'a', reservation: 'r', size: 2n })
    expect(engine.execute({ kind: 'cancel', id: 'a' })).toEqual([])
    expect(engine.order('a')?.status).toBe('closing')
    expect(engine.execute({ kind: 'settle', reservation: 'r', base: 2n, quote: 210n })).toEqual([
      { kind: 'filledOutside', id: 'a', base: 2n, quote: 210n },
      { kind: 'ended', id: 'a', reason: 'cancelled', remaining: 3n },
    ])
  })

  it('a post-only order that can no longer rest waits for what is still in flight before it ends', () => {
    const { engine, place } = openEngine()
    place('a', 'sell', 100, 6, { postOnly: true })
    for (const reservation of ['r', 's']) engine.execute({ kind: 'reserve', id: 'a', reservation, size: 3n })
    place('bid', 'buy', 100, 6)
    expect(kindsOf(engine.execute({ kind: 'settle', reservation: 'r', base: 0n, quote: 0n }))).toEqual([
      ['released', 'a', ''],
    ])
    expect(engine.order('a')?.status).toBe('closing')
    expect(engine.execute({ kind: 'settle', reservation: 's', base: 2n, quote: 200n })).toEqual([
      { kind: 'filledOutside', id: 'a', base: 2n, quote: 200n },
      { kind: 'released', id: 'a', reservation: 's' },
      { kind: 'ended', id: 'a', reason: 'wouldCross', remaining: 4n },
    ])
  })

  it('the ways out of a bracket grow with its entry', () => {
    const { engine, place, stand } = openEngine()
    const at = (quote: bigint) => ({ quote, base: 1n })
    engine.execute({
      kind: 'placeBracket',
      group: 'g',
      entry: order('entry', 'buy', 100, 10),
      takeProfit: order('profit', 'sell', 1, 10, {
        terms: { type: 'takeProfit', trigger: at(120n), limit: at(118n) },
      }),
      stopLoss: order('loss', 'sell', 1, 10, { terms: { type: 'stop', trigger: at(90n), limit: undefined } }),
    })
    place('seller', 'sell', 100, 4)
    expect(engine.order('loss')).toMatchObject({ status: 'armed', open: 4n })
    place('seller2', 'sell', 100, 3)
    expect(engine.order('profit')).toMatchObject({ status: 'armed', open: 7n })
    expect(kindsOf(stand(85, 6))).toEqual([
      ['triggered', 'loss', ''],
      ['ended', 'entry', 'positionClosed'],
    ])
    engine.execute({ kind: 'reserve', id: 'loss', reservation: 'r', size: 7n })
    const events = engine.execute({ kind: 'settle', reservation: 'r', base: 7n, quote: 590n })
    expect(kindsOf(events)).toEqual([
      ['filledOutside', 'loss', ''],
      ['ended', 'profit', 'otherLegFilled'],
      ['ended', 'loss', 'filled'],
    ])
    expect(engine.state.groups.get('g')).toBeUndefined()
  })
})

describe('schedules', () => {
  const schedule = {
    id: 'dca',
    account: 'me',
    market: 'm',
    side: 'buy',
    size: 10n,
    sizedIn: 'base',
    limit: { quote: 100n, base: 1n },
    slices: 3,
    startMs: 1_000,
    intervalMs: 1_000,
    jitterMs: 0,
    seed: 7,
    carriesOver: true,
  } as const

  it('buys in slices that add up exactly, and carries over what was not filled', () => {
    const { engine, place } = openEngine()
    engine.execute({ kind: 'schedule', schedule })
    expect(engine.execute({ kind: 'advance', nowMs: 999 })).toEqual([])
    engine.execute({ kind: 'advance', nowMs: 1_000 })
    expect(engine.order('dca#0')?.open).toBe(3n)
    place('s', 'sell', 100, 2)
    engine.execute({ kind: 'advance', nowMs: 2_000 })
    expect(engine.order('dca#1')?.open).toBe(4n)
    place('t', 'sell', 100, 4)
    engine.execute({ kind: 'advance', nowMs: 3_000 })
    const events = place('u', 'sell', 99, 4)
    expect(kindsOf(events)).toContainEqual(['ended', 'dca', 'completed'])
    expect(events.find((event) => event.kind === 'ended' && event.id === 'dca')).toMatchObject({
      remaining: 0n,
    })
  })

  it('ends when its time is over, and says what it left', () => {
    const { engine } = openEngine()
    engine.execute({ kind: 'schedule', schedule: { ...schedule, carriesOver: false } })
    engine.execute({ kind: 'advance', nowMs: 2_500 })
    expect(engine.order('dca#1')?.open).toBe(3n)
    const events = engine.execute({ kind: 'advance', nowMs: 60_000 })
    expect(kindsOf(events)).toEqual([
      ['ended', 'dca#1', 'sliceOver'],
      ['ended', 'dca', 'completed'],
    ])
  })
})

describe('a report of a fill', () => {
  it('counts once', () => {
    const { engine, place } = openEngine()
    place('a', 'sell', 100, 5)
    const report = { kind: 'reportFill', id: 'a', fill: '0xf', base: 2n, quote: 200n } as const
    engine.execute(report)
    expect(kindsOf(engine.execute(report))).toEqual([['rejected', 'a', 'duplicateFill']])
    expect(engine.order('a')?.open).toBe(3n)
  })
})
