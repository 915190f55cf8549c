export { dueTimeOf } from './domain/engine/advanceTime.ts'
export type {
  EngineCommand,
  OrderRequest as EngineOrder,
  ScheduleRequest,
} from './domain/engine/commands.ts'
export type { EndReason, EngineEvent, RejectionReason } from './domain/engine/events.ts'
export { type DepthLevel, OrderEngine, type OrderView } from './domain/engine/OrderEngine.ts'
export { comparePrices, type Price, reducePrice } from './domain/engine/price.ts'
export {
  computeFillByMaking,
  computeFillByTaking,
  type FillAmounts,
} from './domain/limitOrderProtocol/computeFillAmounts.ts'
export { createSalt, readPredicate } from './domain/limitOrderProtocol/extension.ts'
export { hashLimitOrder, recoverSigner, toTypedData } from './domain/limitOrderProtocol/hashLimitOrder.ts'
export { findFreeNonce, readRemaining } from './domain/limitOrderProtocol/invalidators.ts'
export { judgeOrder, type OrderFacts } from './domain/limitOrderProtocol/judgeOrder.ts'
export {
  type LimitOrder,
  openTraits,
  shareOneBit,
  ZERO_ADDRESS,
} from './domain/limitOrderProtocol/limitOrder.ts'
export { limitOrderAbi, toContractOrder } from './domain/limitOrderProtocol/limitOrderAbi.ts'
export {
  formatOrderFile,
  formatOrderLink,
  parseSignedOrder,
  type SignedOrder,
  signedOrderSchema,
} from './domain/limitOrderProtocol/signedOrderFormat.ts'
export { findRings } from './domain/rings/findRings.ts'
export type { RingOrder } from './domain/rings/ringOrder.ts'
export { defaultPriceWindowRules, type PriceWindowRules } from './domain/triggers/PriceWindow.ts'
export { type DurableEngine, type NumberedEvents, openDurableEngine } from './openDurableEngine.ts'
export type { JournalFile } from './orderbook.ports.ts'
