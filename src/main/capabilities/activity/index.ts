export type {
  BlockReader,
  BroadcastOutcome,
  HistoryReader,
  InnerPayment,
  ObservedTransaction,
  PrivateChannel,
  PrivateStatus,
} from './activity.ports.ts'
export { createActivityService } from './activity.service.ts'
export { decodeObserved } from './domain/decodeObserved.ts'
export { judgeMovement } from './domain/judgeMovement.ts'
export { listMoves } from './domain/listMoves.ts'
export { approvalTopic, transferTopic } from './domain/readMovements.ts'
