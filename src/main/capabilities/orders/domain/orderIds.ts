import type { OrderId } from '../../../../shared/contract/orders.ts'
import type { EngineCommand } from '../../orderbook/index.ts'

/** The order to which an engine identifier belongs: legs are `<order>.<leg>`, slices `<order>#<number>`. */
export function orderIdOf(engineId: string): OrderId {
  return engineId.split(/[.#]/, 1)[0] as OrderId
}

/** The part of the order, without the number of a slice. */
export function legIdOf(engineId: string): string {
  return engineId.split('#', 1)[0] as string
}

/** The name by which the engine knows all that was placed with a command; an order whose price was changed has a new one. */
export function placedIdOf(command: EngineCommand): string {
  if (command.kind === 'place') return command.order.id
  if (command.kind === 'schedule') return command.schedule.id
  if (command.kind === 'placeOneCancelsOther' || command.kind === 'placeBracket') return command.group
  throw new RangeError(`No order is placed by ${command.kind}`)
}
