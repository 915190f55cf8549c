export { decodeRevertReason } from './domain/decodeRevertReason.ts'
export type {
  ApprovalOutcome,
  ApprovalPort,
  KnownRecipients,
  NameResolver,
  SignedTransfer,
  TransferJournal,
  TransferNode,
} from './transfers.ports.ts'
export {
  createTransfersService,
  type TransfersService,
  type TransfersServiceDeps,
} from './transfers.service.ts'
