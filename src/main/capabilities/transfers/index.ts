export { approveTransaction } from './approveTransaction.ts'
export { createAddressResolver } from './createAddressResolver.ts'
export { addGasMargin } from './domain/addGasMargin.ts'
export { chooseNonce } from './domain/chooseNonce.ts'
export { computeFees, type FeeSpeed, type FeesPerGas, rewardPercentiles } from './domain/computeFees.ts'
export { decodeRevertReason } from './domain/decodeRevertReason.ts'
export { encodeHex } from './domain/encodeHex.ts'
export { encodeUnsigned } from './domain/encodeUnsigned.ts'
export { isSignedAsPreviewed } from './domain/isSignedAsPreviewed.ts'
export { parseSigned } from './domain/parseSigned.ts'
export type { TransferLog } from './domain/Simulation.ts'
export type { CallFields, Hex, TransactionFields } from './domain/TransactionFields.ts'
export type {
  ApprovalPort,
  Executed,
  SignedTransfer,
  TransferGuard,
  TransferJournal,
  TransferNode,
} from './transfers.ports.ts'
export { createTransfersService } from './transfers.service.ts'
