import type { OrderId } from '../../../../shared/contract/orders.ts'

/** The order to which an engine identifier belongs: legs are `<order>.<leg>`, slices `<order>#<number>`. */
export function orderIdOf(engineId: string): OrderId {
  return engineId.split(/[.#]/, 1)[0] as OrderId
}

/** The part of the order, without the number of a slice. */
export function legIdOf(engineId: string): string {
  return engineId.split('#', 1)[0] as string
}
