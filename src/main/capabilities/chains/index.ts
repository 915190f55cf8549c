export type {
  AccountDirectory,
  ChainDefinition,
  ChainDirectory,
  ChainSettings,
  ChainSettingsStore,
  Faucet,
  Head,
  ListedToken,
  NodeListener,
  NodeNetwork,
} from './chains.ports.ts'
export { type ChainsService, type ChainsServiceDeps, createChainsService } from './chains.service.ts'
