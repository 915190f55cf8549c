import { encodeFunctionData, erc20Abi, parseAbi } from 'viem'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { CallFields } from '../../transfers/index.ts'
import type { GivenRight } from './GivenRight.ts'

const lockdownAbi = parseAbi(['function lockdown((address token, address spender)[] approvals)'])

/** A call that ends rights, and which they are. */
export interface RevocationCall extends CallFields {
  readonly rights: readonly GivenRight[]
}

/** The calls that end these rights: one for each allowance of a token, and one for all of Permit2's together. */
export function encodeRevocations(
  rights: readonly GivenRight[],
  permit2: Address | undefined,
): RevocationCall[] {
  const ofTokens = rights.filter(({ kind }) => kind === 'token')
  const ofPermit2 = rights.filter(({ kind }) => kind === 'permit2')
  const calls: RevocationCall[] = ofTokens.map((right) => ({
    to: right.token,
    value: 0n,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [right.spender, 0n] }),
    rights: [right],
  }))
  if (ofPermit2.length === 0 || !permit2) return calls
  const data = encodeFunctionData({
    abi: lockdownAbi,
    functionName: 'lockdown',
    args: [ofPermit2.map(({ token, spender }) => ({ token, spender }))],
  })
  return [...calls, { to: permit2, value: 0n, data, rights: ofPermit2 }]
}
