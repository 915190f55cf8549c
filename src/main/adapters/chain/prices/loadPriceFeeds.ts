import { readFileSync } from 'node:fs'
import { z } from 'zod'
import feedsJson from '../../../../../resources/priceFeeds.json' with { type: 'json' }
import { referenceCurrencies } from '../../../../shared/contract/settings.ts'
import { type Address, addressSchema, chainIdSchema } from '../../../../shared/identity/identity.ts'
import type { FeedDirectory, PriceFeed } from '../../../capabilities/prices/index.ts'

const currencySchema = z.enum(referenceCurrencies)

const feedSchema = z.strictObject({
  chainId: chainIdSchema,
  address: addressSchema,
  descriptions: z.array(z.string().min(1)).min(1),
  heartbeatSeconds: z.int().positive(),
  subject: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('native') }),
    z.strictObject({
      kind: z.literal('token'),
      address: addressSchema,
      measures: z.enum(['token', 'underlying']),
    }),
    z.strictObject({ kind: z.literal('currency'), currency: currencySchema }),
  ]),
})

/** Only what prices need of a local chain's manifest; what else it must be, `readChainManifest` checks. */
const manifestSchema = z.object({
  chainId: chainIdSchema.refine((chainId) => chainId === 31337),
  nativeCurrency: z.object({ symbol: z.string() }),
  tokenList: z.object({
    tokens: z.array(
      z.object({
        symbol: z.string(),
        address: addressSchema,
        extensions: z.object({ underlying: z.string().optional().catch(undefined) }).optional(),
      }),
    ),
  }),
  feeds: z
    .array(
      z.object({
        description: z.string().min(1),
        base: z.string(),
        quote: z.string(),
        address: addressSchema,
        heartbeatSeconds: z.int().positive().optional(),
      }),
    )
    .default([]),
})

/** The feeds of a local chain by its manifest, each for what its base names: the coin, tokens, or a currency. */
export function parseLocalFeeds(json: unknown): PriceFeed[] {
  const { chainId, nativeCurrency, tokenList, feeds } = manifestSchema.parse(json)
  return feeds.flatMap(({ description, base, quote, address, heartbeatSeconds }): PriceFeed[] => {
    // Without a heartbeat the answer is computed when it is read, and redemption values are read from the vault itself.
    if (quote !== 'USD' || heartbeatSeconds === undefined) return []
    const feed = (subject: PriceFeed['subject']): PriceFeed => ({
      chainId,
      address,
      descriptions: [description],
      heartbeatSeconds,
      subject,
    })
    const ofToken = (token: Address, measures: 'token' | 'underlying') =>
      feed({ kind: 'token', address: token, measures })
    if (base === nativeCurrency.symbol) return [feed({ kind: 'native' })]
    const currency = currencySchema.safeParse(base)
    if (currency.success) return [feed({ kind: 'currency', currency: currency.data })]
    const isOwn = description === `${base} / USD`
    return tokenList.tokens.flatMap(({ symbol, address: token, extensions }) => {
      if (symbol === base) return [ofToken(token, isOwn ? 'token' : 'underlying')]
      return extensions?.underlying === base ? [ofToken(token, 'underlying')] : []
    })
  })
}

/** The feeds of the real chains as shipped in `resources/`, and of the local chain beside the app. @throws ZodError on damaged data. */
export function loadPriceFeeds(localManifest: string | undefined): FeedDirectory {
  const local =
    localManifest === undefined ? [] : parseLocalFeeds(JSON.parse(readFileSync(localManifest, 'utf8')))
  return createFeedDirectory([...z.array(feedSchema).parse(feedsJson), ...local])
}

/** Looks feeds up by chain. */
export function createFeedDirectory(all: readonly PriceFeed[]): FeedDirectory {
  return { list: (chainId) => all.filter((feed) => feed.chainId === chainId) }
}
