import type {
  EngineCommand,
  OrderRequest,
} from '../../src/main/capabilities/orderbook/domain/engine/commands.ts'

/** Draws an integer from 0 up to, not including, `below`. */
export type Draw = (below: number) => number

export interface HistoryShape {
  readonly length: number
  /** Only what the reference book knows: limit and market orders, cancellations, reductions on one market. */
  readonly bookOnly: boolean
}

const accounts = ['alice', 'bob', 'carol'] as const
const sides = ['buy', 'sell'] as const

/** A random history in a small world, where orders meet, ties and rounding are frequent, and many commands are wrong. */
export function createHistory(draw: Draw, { length, bookOnly }: HistoryShape): readonly EngineCommand[] {
  // Some worlds trade whole units at whole prices, some tokens of 18 against 6 decimals, some ratios nobody would choose.
  const scale = draw(3)
  const pick = <T>(values: readonly T[]): T => values[draw(values.length)] as T
  const size = () =>
    scale === 0
      ? BigInt(1 + draw(20))
      : scale === 1
        ? BigInt(1 + draw(50)) * 10n ** 16n + (draw(3) === 0 ? BigInt(draw(1_000)) : 0n)
        : BigInt(1 + draw(2 ** 31 - 1)) * BigInt(1 + draw(2 ** 31 - 1))
  const price = () =>
    scale === 0
      ? draw(4) === 0
        ? { quote: BigInt(2 * (5 + draw(10)) + draw(2)), base: 2n }
        : { quote: BigInt(5 + draw(10)), base: 1n }
      : scale === 1
        ? { quote: BigInt(2_900 + draw(20)) * 10n ** 6n, base: 10n ** 18n }
        : { quote: BigInt(10 ** 9 + draw(100)), base: BigInt(10 ** 9 - draw(100)) }
  const ids: string[] = []
  const groups: string[] = []
  const reservations: string[] = []
  let nowMs = 1_000
  let block = 1
  const id = () => (ids.length === 0 ? 'none' : pick(ids.slice(-30)))
  const order = (terms: OrderRequest['terms']): OrderRequest => {
    const name = draw(40) === 0 ? id() : `o${ids.length}`
    ids.push(name)
    const kind = draw(10)
    const sizeDrawn = size()
    const timeInForce: OrderRequest['timeInForce'] =
      kind < 7 && !(bookOnly && terms.type === 'market')
        ? { kind: 'goodTillCancelled' }
        : kind <= 7
          ? { kind: 'immediateOrCancel' }
          : kind === 8
            ? { kind: 'fillOrKill' }
            : bookOnly
              ? { kind: terms.type === 'market' ? 'immediateOrCancel' : 'goodTillCancelled' }
              : { kind: 'goodTillTime', expiresAtMs: nowMs + 1 + draw(5_000) }
    return {
      id: name,
      account: pick(accounts),
      market: bookOnly ? 'm' : pick(['m', 'n']),
      side: pick(sides),
      size: sizeDrawn,
      sizedIn: draw(4) === 0 ? 'quote' : 'base',
      terms,
      timeInForce,
      postOnly: terms.type === 'limit' && kind < 7 && draw(8) === 0,
      minimumFill: draw(8) === 0 ? sizeDrawn / BigInt(1 + draw(4)) : 0n,
      selfTrade: pick(['allow', 'allow', 'cancelTaking', 'cancelResting', 'cancelBoth', 'decrement']),
    }
  }
  const plainTerms = (): OrderRequest['terms'] =>
    draw(6) === 0 ? { type: 'market' } : { type: 'limit', limit: price() }
  const limitOrNone = () => (draw(2) === 0 ? price() : undefined)
  const anyTerms = (): OrderRequest['terms'] => {
    const kind = draw(10)
    if (kind < 6) return plainTerms()
    if (kind === 6) return { type: 'stop', trigger: price(), limit: limitOrNone() }
    if (kind === 7) return { type: 'takeProfit', trigger: price(), limit: limitOrNone() }
    return { type: 'trailingStop', distanceBps: 1 + draw(500), limit: limitOrNone() }
  }
  const bookCommand = (): EngineCommand => {
    const kind = draw(10)
    if (kind < 7) return { kind: 'place', order: order(plainTerms()) }
    if (kind < 9) return { kind: 'cancel', id: id() }
    return { kind: 'reduce', id: id(), by: size() }
  }
  const bracket = (): EngineCommand => {
    const entry = order(anyTerms())
    const way = (terms: OrderRequest['terms']): OrderRequest => ({
      ...order(terms),
      market: entry.market,
      side: entry.side === 'buy' ? 'sell' : 'buy',
      sizedIn: 'base',
      postOnly: false,
    })
    groups.push(`g${groups.length}`)
    return {
      kind: 'placeBracket',
      group: `g${groups.length - 1}`,
      entry,
      takeProfit: way({ type: 'takeProfit', trigger: price(), limit: limitOrNone() }),
      stopLoss: way(
        draw(2) === 0
          ? { type: 'stop', trigger: price(), limit: limitOrNone() }
          : { type: 'trailingStop', distanceBps: 1 + draw(500), limit: undefined },
      ),
    }
  }
  const observe = (): EngineCommand[] => {
    const market = pick(['m', 'n'])
    const blocks = 1 + draw(8)
    const seen = price()
    const commands: EngineCommand[] = []
    for (let at = 0; at < blocks; at += 1) {
      block += draw(20) === 0 ? 0 : 1
      commands.push({
        kind: 'observe',
        market,
        source: 'pool',
        block,
        timestampMs: block * 12_000,
        price: seen,
      })
    }
    commands.push({ kind: 'evaluate', market })
    return commands
  }
  const anyCommand = (): EngineCommand[] => {
    const kind = draw(24)
    if (kind < 9) return [{ kind: 'place', order: order(anyTerms()) }]
    if (kind < 11) return [{ kind: 'cancel', id: groups.length > 0 && draw(4) === 0 ? pick(groups) : id() }]
    if (kind === 11) return [{ kind: 'reduce', id: id(), by: size() }]
    if (kind === 12) {
      groups.push(`g${groups.length}`)
      const legs = Array.from({ length: 2 + draw(2) }, () => order(anyTerms()))
      return [{ kind: 'placeOneCancelsOther', group: `g${groups.length - 1}`, legs }]
    }
    if (kind === 13) return [bracket()]
    if (kind === 14) {
      ids.push(`o${ids.length}`)
      return [
        {
          kind: 'schedule',
          schedule: {
            id: ids.at(-1) ?? '',
            account: pick(accounts),
            market: pick(['m', 'n']),
            side: pick(sides),
            size: size() * 10n,
            sizedIn: draw(3) === 0 ? 'quote' : 'base',
            limit: limitOrNone(),
            slices: 1 + draw(6),
            startMs: nowMs + draw(2_000),
            intervalMs: 500 + draw(1_000),
            jitterMs: draw(500),
            seed: draw(2 ** 31),
            carriesOver: draw(2) === 0,
          },
        },
      ]
    }
    if (kind < 17) {
      nowMs += draw(1_500) - (draw(30) === 0 ? 100 : 0)
      return [{ kind: 'advance', nowMs: Math.max(0, nowMs) }]
    }
    if (kind < 19) return observe()
    if (kind < 21) {
      reservations.push(`r${reservations.length}`)
      const name = reservations.at(-1) ?? ''
      return [{ kind: 'reserve', id: id(), reservation: name, size: size() }]
    }
    if (kind < 23) {
      const reservation = reservations.length === 0 ? 'none' : pick(reservations.slice(-6))
      const base = draw(2) === 0 ? 0n : size()
      return [{ kind: 'settle', reservation, base, quote: base === 0n ? 0n : size() }]
    }
    return [{ kind: 'reportFill', id: id(), fill: `f${draw(1_000)}`, base: size(), quote: size() }]
  }
  const commands: EngineCommand[] = []
  while (commands.length < length) commands.push(...(bookOnly ? [bookCommand()] : anyCommand()))
  return commands
}
