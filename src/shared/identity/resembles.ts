import { type Address, isSameAddress } from './identity.ts'

/** Digits at each end that people compare, and attackers match. */
const comparedDigits = 4

/** Whether an address has the ends of another one and is not it: the way of address poisoning. */
export function resembles(address: Address, other: Address): boolean {
  return !isSameAddress(address, other) && endsOf(address) === endsOf(other)
}

function endsOf(address: Address): string {
  const digits = address.slice(2).toLowerCase()
  return digits.slice(0, comparedDigits) + digits.slice(-comparedDigits)
}
