export { createActivityService } from './activity.service.ts'
