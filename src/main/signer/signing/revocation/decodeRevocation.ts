import { bytesToHex, decodeFunctionData, encodeFunctionData, parseAbi } from 'viem/utils'
import type { SigningIntent } from '../../../../shared/contract/signing.ts'
import { type Address, type ChainId, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import type { DecodedTransaction } from '../transactionType.ts'
import { undecodable } from '../undecodable.ts'

type Revocation = Extract<SigningIntent, { kind: 'revocation' }>

export interface RevocationContext {
  /** Of all chains. */
  readonly tokens: readonly Token[]
  /** Permit2, where the chain has it. */
  readonly permit2: Address | undefined
  /** How the signer itself knows an address. */
  readonly nameOf: (address: Address) => string | undefined
}

const abi = parseAbi([
  'function approve(address spender, uint256 amount) returns (bool)',
  'function lockdown((address token, address spender)[] approvals)',
])
const approveSelector = '0x095ea7b3'
const lockdownSelector = '0xcc53287f'
const mostTransactions = 20

/**
 * The rights that transactions end, where that is all that they do: allowances of tokens set to nothing, and Permit2's lockdown.
 * `undefined` where the last one does something else.
 *
 * Ending a right can cost nothing but the fee, so that tokens that no list knows are shown by their address alone.
 *
 * @param preparations what goes before it; all of them have to be revocations too, in an unbroken row of numbers.
 * @throws AppError `signing.undecodable`
 */
export function decodeRevocation(
  transaction: DecodedTransaction,
  preparations: readonly DecodedTransaction[],
  context: RevocationContext,
): Revocation | undefined {
  const last = readRights(transaction, context)
  if (!last) return undefined
  if (preparations.length >= mostTransactions) throw undecodable('unknownPreparation')
  const first = transaction.nonce - preparations.length
  const before = preparations.flatMap((each, index) => {
    const rights = readRights(each, context)
    if (!rights || each.chainId !== transaction.chainId || each.nonce !== first + index) {
      throw undecodable('unknownPreparation')
    }
    return rights
  })
  return { kind: 'revocation', rights: [...before, ...last] }
}

function readRights(
  { to, value, data, chainId }: DecodedTransaction,
  { permit2, tokens, nameOf }: RevocationContext,
): Revocation['rights'] | undefined {
  const encoded = bytesToHex(data)
  const selector = encoded.slice(0, 10)
  if (value !== 0n || (selector !== approveSelector && selector !== lockdownSelector)) return undefined
  const call = decode(encoded)
  const named = (spender: Address) => ({ address: spender, name: nameOf(spender) ?? '' })
  if (call.functionName === 'approve') {
    const [spender, amount] = call.args
    return amount === 0n
      ? [{ via: 'token', ...nameToken(to, chainId, tokens), spender: named(spender) }]
      : undefined
  }
  // Elsewhere the same selector may mean anything.
  if (!permit2 || !isSameAddress(to, permit2)) return undefined
  const [pairs] = call.args
  if (pairs.length === 0) throw undecodable('malformed')
  return pairs.map(({ token, spender }) => ({
    via: 'permit2',
    ...nameToken(token, chainId, tokens),
    spender: named(spender),
  }))
}

/** @throws AppError `signing.undecodable` where the arguments are not written in the one canonical way. */
function decode(encoded: `0x${string}`) {
  try {
    const call = decodeFunctionData({ abi, data: encoded })
    if (encodeFunctionData({ abi, ...call }) === encoded) return call
  } catch {
    // Told below.
  }
  throw undecodable('notCanonical')
}

function nameToken(contract: Address, chainId: ChainId, tokens: readonly Token[]) {
  const token = tokens.find(
    ({ ref }) => ref.chainId === chainId && ref.address !== 'native' && isSameAddress(ref.address, contract),
  )
  return token ? { contract, token } : { contract }
}
