export type { PracticeWallet, VaultDependencies, VaultSignerPort } from './vault.ports.ts'
export { createVaultService, type VaultService } from './vault.service.ts'
