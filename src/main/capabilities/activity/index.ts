export type { BlockReader, BroadcastOutcome, PrivateChannel, PrivateStatus } from './activity.ports.ts'
export { createActivityService } from './activity.service.ts'
