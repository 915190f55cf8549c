import { z } from 'zod'

/** An EVM chain id (EIP-155), a positive safe integer. */
export const chainIdSchema = z.int().positive().brand<'ChainId'>()
export type ChainId = z.infer<typeof chainIdSchema>

const addressPattern = /^0x[0-9a-fA-F]{40}$/
/** Twenty bytes as hexadecimal. The shape only: whether a mixed-case checksum (EIP-55) holds is judged where text is parsed. */
export const addressSchema = z.custom<`0x${string}`>(
  (value) => typeof value === 'string' && addressPattern.test(value),
  'expected 0x and 40 hexadecimal digits',
)
export type Address = z.infer<typeof addressSchema>

const hashPattern = /^0x[0-9a-f]{64}$/
/** Thirty-two bytes as lower-case hexadecimal. */
export const hashSchema = z.custom<`0x${string}`>(
  (value) => typeof value === 'string' && hashPattern.test(value),
  'expected 0x and 64 lower-case hexadecimal digits',
)
export type Hash = z.infer<typeof hashSchema>

/** An account in the vault: stable over renames, never derived from a secret. */
export const accountIdSchema = z.string().min(1).max(64).brand<'AccountId'>()
export type AccountId = z.infer<typeof accountIdSchema>

export const walletIdSchema = z.string().min(1).max(64).brand<'WalletId'>()
export type WalletId = z.infer<typeof walletIdSchema>

/** A chain's own coin (`native`) or a token contract on it. */
export const tokenRefSchema = z.strictObject({
  chainId: chainIdSchema,
  address: z.union([z.literal('native'), addressSchema]),
})
export type TokenRef = z.infer<typeof tokenRefSchema>

/** A key for maps; equal for equal tokens whatever the case of the address. */
export function tokenKey(token: TokenRef): string {
  return `${token.chainId}:${token.address.toLowerCase()}`
}

/** Whether two texts name the same address, whatever their checksum case. */
export function isSameAddress(a: Address, b: Address): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
