export type {
  ApprovalOutcome,
  ApprovalWindowPort,
  InspectionPort,
  MessageOutcome,
  MessageQuestion,
  MetContracts,
  SignedTransaction,
  SigningPort,
  TrialKnowledge,
} from './approvals.ports.ts'
export { type ApprovalInput, type ApprovalsService, createApprovalsService } from './approvals.service.ts'
export type {
  GrantedRight,
  Inspection,
  InspectionRequest,
  MovedUnits,
} from './domain/Inspection.ts'
