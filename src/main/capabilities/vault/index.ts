export { createVaultService, type VaultService } from './vault.service.ts'
