import { decodeFunctionData, encodeFunctionData, recoverTypedDataAddress } from 'viem'
import { type Address, type Hash, isSameAddress } from '../../../../shared/identity/identity.ts'
import { isSignedAsPreviewed, type TransactionFields } from '../../transfers/index.ts'
import {
  blankSignature,
  type Permit,
  permitCommand,
  readPermitSignature,
  routerAbi,
} from './router/routerCommands.ts'

/** What Permit2 signs (PermitHash.sol). */
const permitTypes = {
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
} as const

/**
 * Whether the signed bytes are exactly the transaction that was prepared, by this account, under this hash; a permit's blank
 * signature being the only thing that was filled in, and filled in rightly.
 */
export function isSignedAsPrepared(
  signed: Uint8Array,
  hash: Hash,
  prepared: TransactionFields,
  from: Address,
  permit: { readonly permit2: Address; readonly permit: Permit } | undefined,
): Promise<boolean> {
  const unsignedData = permit && ((fields: TransactionFields) => blankPermit(fields, from, permit))
  return isSignedAsPreviewed(signed, hash, prepared, from, unsignedData)
}

/** The call with its permit's signature taken out again; `undefined` where that is not the account's signature of this permit. */
async function blankPermit(
  fields: TransactionFields,
  from: Address,
  { permit2, permit }: { readonly permit2: Address; readonly permit: Permit },
): Promise<TransactionFields['data'] | undefined> {
  const [commands, inputs, deadline] = decodeFunctionData({ abi: routerAbi, data: fields.data }).args
  const [first, ...others] = inputs
  if (first === undefined) return undefined
  const signature = readPermitSignature(first)
  const { token, amount, expiration, nonce, spender, signatureDeadline } = permit
  const signer = await recoverTypedDataAddress({
    domain: { name: 'Permit2', chainId: fields.chainId, verifyingContract: permit2 },
    types: permitTypes,
    primaryType: 'PermitSingle',
    message: { details: { token, amount, expiration, nonce }, spender, sigDeadline: signatureDeadline },
    signature,
  })
  if (!isSameAddress(signer, from)) return undefined
  return encodeFunctionData({
    abi: routerAbi,
    functionName: 'execute',
    args: [commands, [permitCommand(permit, blankSignature).input, ...others], deadline],
  })
}
