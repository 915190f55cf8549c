export type {
  ActivityRecord,
  ActivityStore,
  BroadcastOutcome,
  Receipt,
  TrackingNode,
} from './activity.ports.ts'
export { type ActivityService, type ActivityServiceDeps, createActivityService } from './activity.service.ts'
