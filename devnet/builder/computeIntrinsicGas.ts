import { type Hex, hexToBytes } from 'viem'

interface IntrinsicGasInput {
  readonly data: Hex
  readonly createsContract: boolean
  readonly accessListAddresses: number
  readonly accessListKeys: number
  readonly authorizations: number
}

/** Gas a transaction costs before it executes (EIP-2028, 2930, 3860, 7702), at least the calldata floor of EIP-7623. */
export function computeIntrinsicGas(input: IntrinsicGasInput): bigint {
  const bytes = hexToBytes(input.data)
  const zeroBytes = bytes.filter((byte) => byte === 0).length
  // EIP-7623 counts tokens: one for a zero byte, four for any other.
  const calldataTokens = BigInt(zeroBytes + 4 * (bytes.length - zeroBytes))
  const creation = input.createsContract ? 32_000n + 2n * BigInt(Math.ceil(bytes.length / 32)) : 0n
  const standard =
    21_000n +
    4n * calldataTokens +
    creation +
    2_400n * BigInt(input.accessListAddresses) +
    1_900n * BigInt(input.accessListKeys) +
    25_000n * BigInt(input.authorizations)
  const floor = 21_000n + 10n * calldataTokens
  return standard > floor ? standard : floor
}
