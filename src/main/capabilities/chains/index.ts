export type { AccountDirectory, ChainDirectory, Head } from './chains.ports.ts'
export { createChainsService } from './chains.service.ts'
export type { ChainDefinition, ListedToken } from './domain/ChainDefinition.ts'
export { ownChainSchema } from './domain/ownChainSchema.ts'
