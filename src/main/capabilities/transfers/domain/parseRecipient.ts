import { getAddress } from 'viem'
import { normalize } from 'viem/ens'
import { AppError } from '../../../../shared/errors/AppError.ts'
import { type Address, addressSchema } from '../../../../shared/identity/identity.ts'

export type ParsedRecipient =
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'name'; readonly name: string }

/**
 * Reads an address or a name as typed or pasted. Names come back normalised (ENSIP-15), addresses with their checksum (EIP-55).
 *
 * @throws AppError `address.invalid`, `address.wrongChecksum`
 */
export function parseRecipient(text: string): ParsedRecipient {
  const trimmed = text.trim()
  if (addressSchema.safeParse(trimmed).success) return { kind: 'address', address: checkAddress(trimmed) }
  if (/^0x[0-9a-f]*$/i.test(trimmed) || !trimmed.includes('.')) {
    throw new AppError('address.invalid', { reason: 'format' })
  }
  try {
    return { kind: 'name', name: normalize(trimmed) }
  } catch {
    throw new AppError('address.invalid', { reason: 'name' })
  }
}

function checkAddress(text: string): Address {
  const digits = text.slice(2)
  const checksummed = getAddress(`0x${digits.toLowerCase()}`)
  // One case throughout carries no checksum; mixed case is one, and a wrong one means a wrong digit.
  const hasChecksum = digits !== digits.toLowerCase() && digits !== digits.toUpperCase()
  if (hasChecksum && checksummed.slice(2) !== digits) throw new AppError('address.wrongChecksum')
  return checksummed
}
