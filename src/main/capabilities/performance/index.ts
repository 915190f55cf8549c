export { createPerformanceService } from './performance.service.ts'
