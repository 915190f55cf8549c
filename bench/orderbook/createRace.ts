import type {
  EngineCommand,
  OrderRequest,
} from '../../src/main/capabilities/orderbook/domain/engine/commands.ts'
import type { Draw } from './createHistory.ts'

/**
 * Two or three legs of a group that all become executable at once, and everybody who may fill one: orders arriving in
 * the book, executions outside that succeed, fail or take their time, triggers, cancellations, in any interleaving.
 */
export function createRace(draw: Draw): readonly EngineCommand[] {
  const limit = (quote: number) => ({ quote: BigInt(quote), base: 1n })
  const order = (id: string, more: Partial<OrderRequest>): OrderRequest => ({
    id,
    account: id,
    market: 'm',
    side: 'sell',
    size: BigInt(1 + draw(10)),
    sizedIn: 'base',
    terms: { type: 'limit', limit: limit(100) },
    timeInForce: { kind: 'goodTillCancelled' },
    postOnly: false,
    minimumFill: 0n,
    selfTrade: 'allow',
    ...more,
  })
  const legTerms = (): OrderRequest['terms'] => {
    const kind = draw(4)
    if (kind < 2) return { type: 'limit', limit: limit(100 + draw(3)) }
    if (kind === 2) return { type: 'stop', trigger: limit(95), limit: draw(2) === 0 ? undefined : limit(90) }
    return { type: 'takeProfit', trigger: limit(105), limit: limit(100 + draw(4)) }
  }
  const legs = Array.from({ length: 2 + draw(2) }, (_, at) => order(`leg${at}`, { terms: legTerms() }))
  const commands: EngineCommand[] = []
  const waiting = draw(3)
  for (let at = 0; at < waiting; at += 1) {
    commands.push({
      kind: 'place',
      order: order(`early${at}`, { side: 'buy', terms: { type: 'limit', limit: limit(98 + draw(5)) } }),
    })
  }
  commands.push({ kind: 'placeOneCancelsOther', group: 'g', legs })
  let block = 0
  let reservations = 0
  const steps = 4 + draw(16)
  for (let at = 0; at < steps; at += 1) {
    const leg = `leg${draw(legs.length)}`
    const kind = draw(10)
    if (kind < 3) {
      commands.push({ kind: 'reserve', id: leg, reservation: `r${reservations}`, size: BigInt(1 + draw(5)) })
      reservations += 1
    } else if (kind < 6 && reservations > 0) {
      const base = BigInt(draw(6))
      commands.push({ kind: 'settle', reservation: `r${draw(reservations)}`, base, quote: base * 101n })
    } else if (kind < 8) {
      const price = limit(98 + draw(8))
      const taker = order(`taker${at}`, {
        side: 'buy',
        terms: { type: 'limit', limit: price },
        size: BigInt(1 + draw(30)),
      })
      commands.push({ kind: 'place', order: taker })
    } else if (kind === 8) {
      const price = limit([90, 100, 110][draw(3)] ?? 100)
      for (let seen = 0; seen < 6; seen += 1) {
        block += 1
        commands.push({
          kind: 'observe',
          market: 'm',
          source: 'pool',
          block,
          timestampMs: block * 12_000,
          price,
        })
      }
      commands.push({ kind: 'evaluate', market: 'm' })
    } else if (draw(3) === 0) {
      commands.push({ kind: 'cancel', id: leg })
    }
  }
  return commands
}
