export { createSwapsService, type SwapsServiceDeps } from './swaps.service.ts'
