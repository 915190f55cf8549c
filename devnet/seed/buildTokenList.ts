import type { TokenList } from '../manifest.ts'
import { addressOf, type TokenAddresses } from './deployTokens.ts'
import { TOKEN_CATALOGUE } from './tokenCatalogue.ts'

/** The token list of the catalogue's tokens, after the schema of https://tokenlists.org. */
export function buildTokenList(tokens: TokenAddresses, timestampS: number): TokenList {
  return {
    name: 'Local chain tokens',
    timestamp: new Date(timestampS * 1000).toISOString(),
    version: { major: 1, minor: 0, patch: 0 },
    tags: {
      coin: { name: 'Coin', description: 'A cryptocurrency with a price of its own' },
      stablecoin: { name: 'Stablecoin', description: 'Money of a currency, by promise of an issuer' },
      rwa: { name: 'Real-world asset', description: 'A claim on something outside the chain' },
    },
    tokens: TOKEN_CATALOGUE.map(({ key, name, symbol, decimals, tags, extensions }) => ({
      chainId: 31337,
      address: addressOf(tokens, key),
      name,
      symbol,
      decimals,
      tags,
      ...(extensions === undefined ? {} : { extensions }),
    })),
  }
}
