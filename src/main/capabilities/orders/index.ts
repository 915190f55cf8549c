export type {
  Execution,
  OrderJournal,
  OrderRecord,
  OrderStore,
} from './orders.ports.ts'
export { createOrdersService } from './orders.service.ts'
