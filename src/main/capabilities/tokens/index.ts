export { mergeTokens } from './domain/mergeTokens.ts'
export { createTokenDiscovery, type TokenDiscovery } from './tokenDiscovery.service.ts'
export { createTokenListsService, type TokenListsService } from './tokenLists.service.ts'
export { createTokensService, type TokensService } from './tokens.service.ts'
