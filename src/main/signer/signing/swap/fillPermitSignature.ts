import {
  bytesToHex,
  decodeFunctionData,
  encodeAbiParameters,
  encodeFunctionData,
  hashTypedData,
  hexToBytes,
  parseAbi,
  parseAbiParameters,
} from 'viem/utils'
import type { ChainId } from '../../../../shared/identity/identity.ts'
import type { Signature } from '../transactionType.ts'
import type { PermitReading } from './SwapReading.ts'

const routerAbi = parseAbi(['function execute(bytes commands, bytes[] inputs, uint256 deadline) payable'])
const permitParameters = parseAbiParameters([
  'PermitSingle permit, bytes signature',
  'struct PermitDetails { address token; uint160 amount; uint48 expiration; uint48 nonce; }',
  'struct PermitSingle { PermitDetails details; address spender; uint256 sigDeadline; }',
])

/** The EIP-712 digest of a Permit2 permit (PermitHash.sol), computed here from what was read and shown. */
export function hashPermit(permit: PermitReading, chainId: ChainId): Uint8Array {
  const { permit2, spender, signatureDeadline, ...details } = permit
  return hexToBytes(
    hashTypedData({
      domain: { name: 'Permit2', chainId, verifyingContract: permit2 },
      types: {
        PermitSingle: [
          { name: 'details', type: 'PermitDetails' },
          { name: 'spender', type: 'address' },
          { name: 'sigDeadline', type: 'uint256' },
        ],
        PermitDetails: [
          { name: 'token', type: 'address' },
          { name: 'amount', type: 'uint160' },
          { name: 'expiration', type: 'uint48' },
          { name: 'nonce', type: 'uint48' },
        ],
      },
      primaryType: 'PermitSingle',
      message: { details, spender, sigDeadline: signatureDeadline },
    }),
  )
}

/** The router call with the permit's blank signature, its first command's, filled in; nothing else changes. */
export function fillPermitSignature(
  data: Uint8Array,
  permit: PermitReading,
  signature: Signature,
): Uint8Array {
  const [commands, inputs, deadline] = decodeFunctionData({ abi: routerAbi, data: bytesToHex(data) }).args
  const { permit2: _, spender, signatureDeadline, ...details } = permit
  const filled = encodeAbiParameters(permitParameters, [
    { details, spender, sigDeadline: signatureDeadline },
    `${bytesToHex(signature.r)}${bytesToHex(signature.s).slice(2)}${(27 + signature.yParity).toString(16)}`,
  ])
  return hexToBytes(
    encodeFunctionData({
      abi: routerAbi,
      functionName: 'execute',
      args: [commands, [filled, ...inputs.slice(1)], deadline],
    }),
  )
}
