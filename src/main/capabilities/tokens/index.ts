export { createTokensService, type TokensService } from './tokens.service.ts'
