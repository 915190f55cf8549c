export { type CallsServiceDeps, createCallsService } from './calls.service.ts'
