import type { Order } from '../../shared/contract/orders.ts'

/** How many orders may still be filled without the user: one whose approvals have all ended waits for a new one instead. */
export function countActing(orders: readonly Order[] | undefined): number {
  const canAct = ({ state, waiting }: Order['legs'][number]) =>
    state !== 'ended' && waiting?.reason !== 'ruleEnded'
  return orders?.filter(({ legs }) => legs.some(canAct)).length ?? 0
}
