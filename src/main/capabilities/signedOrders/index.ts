export { isAllowedTaker } from './domain/isAllowedTaker.ts'
export {
  capsOf,
  type PreparedOrderFill,
  type PrepareOrderFillDeps,
  prepareOrderFill,
} from './prepareOrderFill.ts'
export type {
  LimitOrderReader,
  ReadOrderFacts,
  SignedOrderRecord,
  SignedOrderStore,
} from './signedOrders.ports.ts'
export {
  createSignedOrdersService,
  type FillableOrder,
  type SignedOrdersService,
} from './signedOrders.service.ts'
