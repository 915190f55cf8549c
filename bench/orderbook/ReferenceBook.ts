import type {
  EngineCommand,
  OrderRequest,
} from '../../src/main/capabilities/orderbook/domain/engine/commands.ts'
import type { EndReason, EngineEvent } from '../../src/main/capabilities/orderbook/domain/engine/events.ts'

interface Resting {
  readonly order: OrderRequest
  remaining: bigint
}

interface Ratio {
  readonly quote: bigint
  readonly base: bigint
}

type Answer = { readonly base: bigint; readonly quote: bigint } | undefined

/**
 * One market's book as plainly as it can be said: a list, sorted and searched from the start for every order. It shares
 * no code with the engine and answers to `place` (limit and market), `cancel` and `reduce` with the same events.
 */
export class ReferenceBook {
  #resting: Resting[] = []
  readonly #used = new Set<string>()

  execute(command: EngineCommand): readonly EngineEvent[] {
    if (command.kind === 'place') return this.#place(command.order)
    if (command.kind === 'cancel') {
      const found = this.#resting.find((resting) => resting.order.id === command.id)
      if (found === undefined) return [{ kind: 'rejected', id: command.id, reason: 'unknownId' }]
      this.#remove(found)
      return [ended(found, 'cancelled')]
    }
    if (command.kind === 'reduce') {
      const found = this.#resting.find((resting) => resting.order.id === command.id)
      if (found === undefined) return [{ kind: 'rejected', id: command.id, reason: 'unknownId' }]
      if (command.by <= 0n) return [{ kind: 'rejected', id: command.id, reason: 'notExecutable' }]
      if (command.by >= found.remaining) {
        this.#remove(found)
        return [ended(found, 'cancelled')]
      }
      found.remaining -= command.by
      return [{ kind: 'reduced', id: command.id, remaining: found.remaining }]
    }
    throw new RangeError(`The reference knows no ${command.kind}`)
  }

  /** Identifiers and what is left of them, in the order in which an arriving order would meet them. */
  queue(side: 'buy' | 'sell'): readonly (readonly [string, bigint])[] {
    return this.#queue(side).map(({ order, remaining }) => [order.id, remaining])
  }

  #place(order: OrderRequest): readonly EngineEvent[] {
    if (this.#used.has(order.id)) return [{ kind: 'rejected', id: order.id, reason: 'duplicateId' }]
    this.#used.add(order.id)
    const taker: Resting = { order, remaining: order.size }
    const events: EngineEvent[] = [{ kind: 'accepted', id: order.id }]
    const queue = this.#queue(order.side === 'buy' ? 'sell' : 'buy')
    if (order.postOnly && queue[0] !== undefined && crosses(order, queue[0].order)) {
      return [...events, ended(taker, 'wouldCross')]
    }
    if (order.timeInForce.kind === 'fillOrKill') {
      const before = this.#resting.map((resting) => ({ resting, remaining: resting.remaining }))
      const kept = [...this.#resting]
      const attempt = this.#match({ ...taker }, queue, [])
      for (const { resting, remaining } of before) resting.remaining = remaining
      this.#resting = kept
      if (attempt !== 'filled') return [...events, ended(taker, 'notFilledAtOnce')]
    }
    const result = this.#match(taker, queue, events)
    if (result !== 'open') events.push(ended(taker, result))
    else if (order.timeInForce.kind === 'goodTillCancelled' && order.terms.type === 'limit') {
      this.#resting.push(taker)
    } else if (order.timeInForce.kind !== 'goodTillCancelled') events.push(ended(taker, 'notFilledAtOnce'))
    return events
  }

  #match(taker: Resting, queue: readonly Resting[], events: EngineEvent[]): 'open' | 'filled' | 'selfTrade' {
    for (const maker of queue) {
      if (!crosses(taker.order, maker.order)) break
      const isSelfTrade = taker.order.account === maker.order.account && taker.order.selfTrade !== 'allow'
      if (isSelfTrade && taker.order.selfTrade !== 'decrement') {
        if (taker.order.selfTrade !== 'cancelTaking') {
          this.#remove(maker)
          events.push(ended(maker, 'selfTrade'))
        }
        if (taker.order.selfTrade !== 'cancelResting') return 'selfTrade'
        continue
      }
      const execution = agree(taker, maker)
      if (execution === undefined) continue
      const makerAmount = execution[maker.order.sizedIn]
      const takerAmount = execution[taker.order.sizedIn]
      if (makerAmount < maker.order.minimumFill && makerAmount !== maker.remaining) continue
      if (takerAmount < taker.order.minimumFill && takerAmount !== taker.remaining) continue
      // What its own account takes off an order is not filled, so the order cannot be filled completely any more.
      if (isSelfTrade && taker.order.timeInForce.kind === 'fillOrKill') return 'selfTrade'
      maker.remaining -= makerAmount
      taker.remaining -= takerAmount
      events.push(
        isSelfTrade
          ? {
              kind: 'selfTradeDecremented',
              taking: taker.order.id,
              resting: maker.order.id,
              ...execution,
            }
          : { kind: 'filled', taker: taker.order.id, maker: maker.order.id, ...execution },
      )
      if (maker.remaining === 0n) {
        this.#remove(maker)
        events.push(ended(maker, isSelfTrade ? 'selfTrade' : 'filled'))
      }
      if (taker.remaining === 0n) return isSelfTrade ? 'selfTrade' : 'filled'
    }
    return 'open'
  }

  #queue(side: 'buy' | 'sell'): readonly Resting[] {
    // A stable sort keeps the order of arrival among equal prices.
    return this.#resting
      .filter((resting) => resting.order.side === side)
      .sort((a, b) => {
        const order = compare(priceOf(a.order), priceOf(b.order))
        return side === 'buy' ? -order : order
      })
  }

  #remove(resting: Resting): void {
    this.#resting = this.#resting.filter((other) => other !== resting)
  }
}

function ended(resting: Resting, reason: EndReason): EngineEvent {
  return { kind: 'ended', id: resting.order.id, reason, remaining: resting.remaining }
}

function priceOf(order: OrderRequest): Ratio {
  if (order.terms.type !== 'limit') throw new RangeError('Only limit orders rest')
  return order.terms.limit
}

function compare(a: Ratio, b: Ratio): number {
  return Number(a.quote * b.base > b.quote * a.base) - Number(a.quote * b.base < b.quote * a.base)
}

function crosses(taker: OrderRequest, maker: OrderRequest): boolean {
  if (taker.terms.type === 'market') return true
  const order = compare(priceOf(maker), priceOf(taker))
  return taker.side === 'buy' ? order <= 0 : order >= 0
}

/** The first of these that both accept: all that both have, rounded for the maker; the most whole lots of the price. */
function agree(taker: Resting, maker: Resting): Answer {
  const price = priceOf(maker.order)
  const sides = [taker, maker]
  const atMost = (token: 'base' | 'quote') =>
    sides
      .filter((side) => side.order.sizedIn === token)
      .map((side) => side.remaining)
      .sort((a, b) => (a < b ? -1 : 1))[0]
  const [base, quote] = [atMost('base'), atMost('quote')]
  const roundUp = maker.order.side === 'sell'
  const candidates: { base: bigint; quote: bigint }[] = []
  if (base !== undefined) candidates.push({ base, quote: divide(base * price.quote, price.base, roundUp) })
  if (quote !== undefined) {
    candidates.push({ base: divide(quote * price.base, price.quote, !roundUp), quote })
  }
  const divisor = gcd(price.quote, price.base)
  const lot = { base: price.base / divisor, quote: price.quote / divisor }
  const counts = [
    ...(base === undefined ? [] : [base / lot.base]),
    ...(quote === undefined ? [] : [quote / lot.quote]),
  ]
  const count = counts.sort((a, b) => (a < b ? -1 : 1))[0] ?? 0n
  const whole = candidates.filter(
    (candidate) =>
      (base === undefined || candidate.base <= base) && (quote === undefined || candidate.quote <= quote),
  )
  // With both limits given, the one that leaves less of the quote limit's side open counts first.
  const preferred = whole.sort((a, b) => Number(b.quote === quote) - Number(a.quote === quote))[0]
  const isFair = (candidate: { base: bigint; quote: bigint }) => {
    if (candidate.base <= 0n || candidate.quote <= 0n) return false
    if (taker.order.terms.type === 'market') return true
    const order = compare(candidate, priceOf(taker.order))
    return taker.order.side === 'buy' ? order <= 0 : order >= 0
  }
  if (preferred !== undefined && isFair(preferred)) return preferred
  return count > 0n ? { base: lot.base * count, quote: lot.quote * count } : undefined
}

function divide(a: bigint, b: bigint, roundUp: boolean): bigint {
  return a / b + (roundUp && a % b !== 0n ? 1n : 0n)
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}
