import { bytesToHex, getAddress } from 'viem/utils'
import type { SwapContracts } from '../../../shared/contract/signer.ts'
import type { SigningIntent } from '../../../shared/contract/signing.ts'
import { type Address, isSameAddress } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { readOrderCancellation } from './limitOrder/readLimitOrderCall.ts'
import { readApproval } from './swap/readApproval.ts'
import type { DecodedTransaction } from './transactionType.ts'
import { undecodable } from './undecodable.ts'

export interface IntentContext {
  readonly nativeToken: Token
  /** Of all chains. */
  readonly tokens: readonly Token[]
  /** The user's own name for an address, if it has one. */
  readonly ownNameOf: (address: Address) => string | undefined
  /** Contracts of the transaction's chain whose calls can be read. */
  readonly contracts: SwapContracts | undefined
}

/**
 * Says what a transaction does, from its bytes and from nothing that the caller claims about them. What is not fully
 * understood is refused: there is no blind signing.
 *
 * @throws AppError `signing.undecodable`
 */
export function decodeIntent(transaction: DecodedTransaction, context: IntentContext): SigningIntent {
  if (transaction.data.length === 0) {
    return {
      kind: 'nativeTransfer',
      token: context.nativeToken,
      to: describeParty(transaction.to, context),
      units: baseUnits(transaction.value),
    }
  }
  const protocol = context.contracts?.limitOrderProtocol
  const cancellation =
    protocol && isSameAddress(transaction.to, protocol)
      ? readOrderCancellation(transaction, protocol)
      : undefined
  if (cancellation) return cancellation
  const transfer = readErc20Transfer(transaction.data)
  const approval = transfer ? undefined : readApproval(transaction.data)
  if (!transfer && !approval) throw undecodable('unknownCall')
  // The token would swallow the coins, or fail.
  if (transaction.value !== 0n) throw undecodable('valueWithCall')
  const token = context.tokens.find(
    ({ ref }) =>
      ref.chainId === transaction.chainId &&
      ref.address !== 'native' &&
      isSameAddress(ref.address, transaction.to),
  )
  // Without its decimals an amount cannot be shown, and a contract's own word on them proves nothing.
  if (!token) throw undecodable('unknownToken')
  if (!transfer && approval) {
    // Orders that were signed take what they may when somebody fills them; nobody else is ever allowed anything by itself.
    if (!protocol || !isSameAddress(approval.spender, protocol)) throw undecodable('foreignSpender')
    if (approval.amount === unlimited) throw undecodable('unlimitedAllowance')
    const spender = { address: approval.spender, name: '1inch' }
    return { kind: 'allowance', token, spender, units: baseUnits(approval.amount) }
  }
  if (!transfer) throw undecodable('unknownCall')
  return {
    kind: 'tokenTransfer',
    token,
    to: describeParty(transfer.recipient, context),
    units: baseUnits(transfer.amount),
  }
}

/** How an address is shown: with the user's own name for it, where it has one. */
export function describeParty(
  address: Address,
  { ownNameOf }: Pick<IntentContext, 'ownNameOf'>,
): { address: Address; ownAccountName?: string } {
  const ownAccountName = ownNameOf(address)
  return ownAccountName === undefined ? { address } : { address, ownAccountName }
}

const unlimited = 2n ** 256n - 1n
/** keccak256("transfer(address,uint256)"), first four bytes (ERC-20). */
const transferSelector = '0xa9059cbb'
const transferLength = 4 + 32 + 32

function readErc20Transfer(data: Uint8Array): { recipient: Address; amount: bigint } | undefined {
  if (data.length !== transferLength || bytesToHex(data.subarray(0, 4)) !== transferSelector) return undefined
  // Contracts differ on what they make of a dirty upper part: ignore it, or revert.
  if (data.subarray(4, 16).some((byte) => byte !== 0)) return undefined
  return {
    recipient: getAddress(bytesToHex(data.subarray(16, 36))),
    amount: BigInt(bytesToHex(data.subarray(36))),
  }
}
