export { dueTimeOf } from './domain/engine/advanceTime.ts'
export type {
  EngineCommand,
  OrderRequest as EngineOrder,
  ScheduleRequest,
} from './domain/engine/commands.ts'
export type { EndReason, EngineEvent, RejectionReason } from './domain/engine/events.ts'
export { type DepthLevel, OrderEngine, type OrderView } from './domain/engine/OrderEngine.ts'
export { comparePrices, type Price, reducePrice } from './domain/engine/price.ts'
export { defaultPriceWindowRules, type PriceWindowRules } from './domain/triggers/PriceWindow.ts'
export { type DurableEngine, type NumberedEvents, openDurableEngine } from './openDurableEngine.ts'
export type { JournalFile } from './orderbook.ports.ts'
