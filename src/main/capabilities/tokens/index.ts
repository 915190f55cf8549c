export type {
  RawTokenMetadata,
  TokenMetadata,
  TokenMetadataReader,
  TokenMetadataStore,
} from './tokens.ports.ts'
export { createTokensService, type TokensService, type TokensServiceDeps } from './tokens.service.ts'
