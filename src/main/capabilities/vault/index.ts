export type { UsageReader } from './vault.ports.ts'
export { createVaultService, type VaultService } from './vault.service.ts'
