export type {
  AllowanceReader,
  AllowanceScan,
  AllowanceStore,
  CurrentRight,
} from './allowances.ports.ts'
export { createAllowancesService } from './allowances.service.ts'
export type { GivenRight } from './domain/GivenRight.ts'
