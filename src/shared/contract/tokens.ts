import { z } from 'zod'
import { addressSchema, chainIdSchema, tokenRefSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { nothing, timestampMsSchema } from './common.ts'
import { command, event, query } from './route.ts'

/** A list of tokens that is in use, or could be. */
export const tokenListSchema = z.strictObject({
  id: z.string().max(64),
  name: z.string().max(64),
  /** `bundled`: shipped with Minato; its tokens are asked for their symbol before they are shown. */
  origin: z.enum(['bundled', 'url', 'file', 'pasted']),
  url: z.string().max(512).optional(),
  version: z.string().max(32),
  /** RFC 3339, as the list says of itself. */
  writtenAt: z.string().max(40).optional(),
  isEnabled: z.boolean(),
  tokenCount: z.int().nonnegative(),
  /** Entries that are no tokens. */
  skipped: z.int().nonnegative(),
  /** Entries that could be taken for a token of the bundled list, and are therefore not named by this one. */
  imitations: z.int().nonnegative(),
  /** Very large ones would make a backup unwieldy, and are left out of it; the shipped one needs none. */
  isInBackup: z.boolean(),
})
export type TokenListInfo = z.infer<typeof tokenListSchema>

export const judgementReasonSchema = z.enum(['imitation', 'lure', 'unsellable', 'airdrop', 'oddSymbol'])
export type JudgementReason = z.infer<typeof judgementReasonSchema>

/** What is thought of a token that was found at an account and that no list names. */
export const tokenJudgementSchema = z.strictObject({
  token: tokenSchema,
  /** Hidden tokens are left out of balances and totals, and kept all the same. */
  isHidden: z.boolean(),
  /** Whether the user decided so. */
  isChosen: z.boolean(),
  reasons: z.array(judgementReasonSchema),
  /** The listed token that it could be taken for. */
  imitated: tokenSchema.optional(),
  foundAtMs: timestampMsSchema,
})
export type TokenJudgement = z.infer<typeof tokenJudgementSchema>

/** A token whose amounts are shown multiplied (ERC-8056). */
export const tokenScaleSchema = z.strictObject({
  token: z.strictObject({ chainId: chainIdSchema, address: addressSchema }),
  /** Shown units for a unit of the token, in units of 10^-18, as its contract says at the newest block. */
  multiplier: z.bigint().positive(),
})
export type TokenScale = z.infer<typeof tokenScaleSchema>

/** A list of four megabytes has all the tokens that the format allows. */
export const longestTokenListText = 4_000_000

const listId = z.strictObject({ id: z.string().max(64) })

export const tokensContract = {
  /** The chain's coin and every token that a list in use names, held or not. */
  list: query(z.strictObject({ chainId: chainIdSchema }), z.array(tokenSchema)),
  /** A token by its address: by list, else by what its contract claims (`source: 'contract'`). */
  resolve: query(tokenRefSchema, tokenSchema),
  /** How amounts are to be shown where that differs; everything else that crosses counts in the tokens' own units. */
  listScales: query(nothing, z.array(tokenScaleSchema)),
  scalesChanged: event(z.array(tokenScaleSchema)),
  listLists: query(nothing, z.array(tokenListSchema)),
  /** Adds a list by the Token Lists schema; one from an address is fetched now, and again only when the user says so. */
  addList: command(
    z.discriminatedUnion('origin', [
      z.strictObject({ origin: z.literal('url'), url: z.string().trim().min(1).max(512) }),
      z.strictObject({ origin: z.enum(['file', 'pasted']), text: z.string().max(longestTokenListText) }),
    ]),
    z.array(tokenListSchema),
  ),
  /** Fetches a list from its address again. */
  renewList: command(listId, z.array(tokenListSchema)),
  setListEnabled: command(
    z.strictObject({ id: z.string().max(64), isEnabled: z.boolean() }),
    z.array(tokenListSchema),
  ),
  removeList: command(listId, z.array(tokenListSchema)),
  /** Tokens that were found at the accounts, by what is thought of them. */
  listJudgements: query(nothing, z.array(tokenJudgementSchema)),
  /** Shows a token that was hidden, or hides one; nothing is deleted either way. */
  setHidden: command(
    z.strictObject({ token: tokenRefSchema, isHidden: z.boolean() }),
    z.array(tokenJudgementSchema),
  ),
  listsChanged: event(z.array(tokenListSchema)),
  judgementsChanged: event(z.array(tokenJudgementSchema)),
} as const
