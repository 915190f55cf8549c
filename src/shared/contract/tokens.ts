import { z } from 'zod'
import { chainIdSchema, tokenRefSchema } from '../identity/identity.ts'
import { tokenSchema } from '../identity/token.ts'
import { query } from './route.ts'

export const tokensContract = {
  /** The chain's coin and every listed token that the chain has confirmed, held or not. */
  list: query(z.strictObject({ chainId: chainIdSchema }), z.array(tokenSchema)),
  /** A token by its address: by list, else by what its contract claims (`source: 'contract'`). */
  resolve: query(tokenRefSchema, tokenSchema),
} as const
