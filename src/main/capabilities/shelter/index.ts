export type { ShelterStore } from './shelter.ports.ts'
export { createShelterService } from './shelter.service.ts'
