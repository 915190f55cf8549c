import { getAddress } from 'viem'
import type { Address } from '../../../../shared/identity/identity.ts'

/** The contract that acts for an account by EIP-7702, by the account's code: 0xef0100 and its address. */
export function readDelegate(code: string): Address | undefined {
  const found = /^0xef0100([0-9a-f]{40})$/i.exec(code)
  return found?.[1] === undefined ? undefined : getAddress(`0x${found[1]}`)
}
