export type {
  ApprovalOutcome,
  ApprovalWindowPort,
  MessageOutcome,
  MessageQuestion,
  SignedTransaction,
  SigningPort,
} from './approvals.ports.ts'
export { type ApprovalInput, type ApprovalsService, createApprovalsService } from './approvals.service.ts'
