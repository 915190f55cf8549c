import { z } from 'zod'
import { AppError } from '../../../../shared/errors/AppError.ts'
import { type ChainId, chainIdSchema } from '../../../../shared/identity/identity.ts'
import { toSafeText } from '../../../../shared/text/toSafeText.ts'
import type { ListedToken } from '../../chains/index.ts'

/** A list in the Token Lists format (https://github.com/Uniswap/token-lists), read with care: somebody else wrote it. */
export interface TokenList {
  readonly name: string
  /** "major.minor.patch" */
  readonly version: string
  /** RFC 3339. */
  readonly writtenAt?: string
  readonly tokens: readonly (ListedToken & { readonly decimals: number })[]
  /** Entries that are no tokens, or of which there was one already. */
  readonly skipped: number
}

/** The format allows no more. */
const mostTokens = 10_000
const versionPart = z.int().min(0).max(1_000_000)
const listSchema = z.object({
  name: z.string().min(1).max(200),
  timestamp: z.iso.datetime({ offset: true }).optional().catch(undefined),
  version: z.object({ major: versionPart, minor: versionPart, patch: versionPart }),
  tokens: z.array(z.unknown()).min(1).max(mostTokens),
})
const entrySchema = z.object({
  chainId: chainIdSchema,
  address: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
  symbol: z.string().min(1).max(200),
  name: z.string().max(400),
  decimals: z.int().min(0).max(255),
})

/** @throws AppError `tokenList.invalid` with `reason` `json`, `name`, `version` or `tokens` */
export function parseTokenList(text: string): TokenList {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new AppError('tokenList.invalid', { reason: 'json' })
  }
  const parsed = listSchema.safeParse(json)
  if (!parsed.success) {
    const [field] = parsed.error.issues[0]?.path ?? []
    throw new AppError('tokenList.invalid', {
      reason: field === 'name' || field === 'version' || field === 'tokens' ? field : 'json',
    })
  }
  const { name, version, timestamp, tokens } = parsed.data
  const found = new Map<string, ListedToken & { readonly decimals: number }>()
  for (const entry of tokens) {
    const token = entrySchema.safeParse(entry)
    if (!token.success) continue
    const { chainId, decimals } = token.data
    const address = token.data.address as `0x${string}`
    const symbol = toSafeText(token.data.symbol, 32)
    const key = `${chainId}:${address.toLowerCase()}`
    if (symbol === '' || found.has(key)) continue
    found.set(key, {
      ref: { chainId: chainId as ChainId, address },
      symbol,
      name: toSafeText(token.data.name, 64) || symbol,
      decimals,
      assetClass: 'token',
    })
  }
  if (found.size === 0) throw new AppError('tokenList.invalid', { reason: 'tokens' })
  return {
    name: toSafeText(name, 60),
    version: `${version.major}.${version.minor}.${version.patch}`,
    ...(timestamp === undefined ? {} : { writtenAt: timestamp }),
    tokens: [...found.values()],
    skipped: tokens.length - found.size,
  }
}
