export { createActivityService } from './activity.service.ts'
export type { ActivityRecord } from './domain/ActivityRecord.ts'
