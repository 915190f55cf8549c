export { decodeRevertReason } from './domain/decodeRevertReason.ts'
export type { CallFields, Hex, TransactionFields } from './domain/TransactionFields.ts'
export type { ApprovalPort, SignedTransfer, TransferJournal } from './transfers.ports.ts'
export { createTransfersService } from './transfers.service.ts'
