export type { DelegationJournal, SignedTakingBack } from './delegations.ports.ts'
export { createDelegationsService } from './delegations.service.ts'
