import type { TypedDataMeaning } from '../../../../shared/contract/messages.ts'
import { type Address, type ChainId, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { describeParty } from '../decodeIntent.ts'
import { readLimitOrder } from '../limitOrder/readLimitOrder.ts'

export interface MeaningContext {
  /** Of all chains. */
  readonly tokens: readonly Token[]
  readonly ownNameOf: (address: Address) => string | undefined
  /** Whose signature is asked for. */
  readonly account: Address
  /** The chain's contract for signed orders. */
  readonly limitOrderProtocol: Address | undefined
}

/** Permit2 has one address on every chain. */
const permit2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
/** The most that Permit2 counts; it never falls, and so is no limit. */
const maximumUint160 = 2n ** 160n - 1n
const maximumUint256 = 2n ** 256n - 1n

type Values = Record<string, unknown>

/**
 * What EIP-712 data means, where its type is known: allowances by EIP-2612, in DAI's form, and of Permit2, and limit orders. By the
 * names and values that are signed; anything else stays a tree without a sentence.
 *
 * @throws AppError `signing.undecodable` for a limit order that cannot be told in full.
 */
export function readMeaning(
  primaryType: string,
  message: Values,
  verifyingContract: Address | undefined,
  chainId: ChainId,
  context: MeaningContext,
): TypedDataMeaning | undefined {
  if (verifyingContract === undefined) return undefined
  const { limitOrderProtocol } = context
  if (limitOrderProtocol && isSameAddress(verifyingContract, limitOrderProtocol)) {
    return readLimitOrder(primaryType, message, chainId, context)
  }
  if (primaryType === 'Permit') return readPermit(message, verifyingContract, chainId, context)
  if (!isSameAddress(verifyingContract, permit2)) return undefined
  if (primaryType === 'PermitSingle') {
    const details = asValues(message.details)
    return allowance(
      {
        spender: message.spender,
        token: details.token,
        units: details.amount,
        limit: maximumUint160,
        expires: details.expiration,
      },
      chainId,
      context,
    )
  }
  if (primaryType === 'PermitTransferFrom') {
    const permitted = asValues(message.permitted)
    return allowance(
      {
        spender: message.spender,
        token: permitted.token,
        units: permitted.amount,
        limit: maximumUint256,
        expires: message.deadline,
      },
      chainId,
      context,
    )
  }
  return undefined
}

function readPermit(
  message: Values,
  token: Address,
  chainId: ChainId,
  context: MeaningContext,
): TypedDataMeaning | undefined {
  const { spender, value, deadline, allowed, expiry } = message
  // DAI's form says yes or no: yes is without limit, and an expiry of zero is never.
  const isDai = typeof allowed === 'boolean'
  const units = isDai ? (allowed ? maximumUint256 : 0n) : value
  const expires = isDai ? (expiry === 0n ? undefined : expiry) : deadline
  return allowance({ spender, token, units, limit: maximumUint256, expires }, chainId, context)
}

function allowance(
  read: { spender: unknown; token: unknown; units: unknown; limit: bigint; expires: unknown },
  chainId: ChainId,
  context: MeaningContext,
): TypedDataMeaning | undefined {
  const { spender, token: tokenAddress, units, limit, expires } = read
  if (!isAddress(spender) || !isAddress(tokenAddress) || typeof units !== 'bigint') return undefined
  const token = context.tokens.find(
    ({ ref }) =>
      ref.chainId === chainId && ref.address !== 'native' && isSameAddress(ref.address, tokenAddress),
  )
  const expiresAtMs = typeof expires === 'bigint' ? Number(expires) * 1_000 : undefined
  return {
    kind: 'allowance',
    spender: describeParty(spender, context),
    tokenAddress,
    ...(token && { token }),
    ...(units < limit && { units: baseUnits(units) }),
    ...(expiresAtMs !== undefined && Number.isSafeInteger(expiresAtMs) && { expiresAtMs }),
  }
}

function asValues(value: unknown): Values {
  return typeof value === 'object' && value !== null ? (value as Values) : {}
}

/** Values come from a reading that has checked every address. */
function isAddress(value: unknown): value is Address {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)
}
