import { zeroAddress } from 'viem'
import type { TypedDataMeaning } from '../../../../shared/contract/messages.ts'
import { type Address, type ChainId, isSameAddress } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { decodeMakerTraits } from '../../../../shared/limitOrder/makerTraits.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import { describeParty } from '../decodeIntent.ts'
import { undecodable } from '../undecodable.ts'

export interface LimitOrderContext {
  readonly tokens: readonly Token[]
  readonly ownNameOf: (address: Address) => string | undefined
  /** Whose signature is asked for. */
  readonly account: Address
}

/**
 * What an order for the limit order contract gives away, and for what, by the values that are signed. An order that does more than
 * exchange two amounts, or names tokens that no list knows, is refused: its sentence would not be the whole truth.
 *
 * @throws AppError `signing.undecodable`
 */
export function readLimitOrder(
  primaryType: string,
  message: Readonly<Record<string, unknown>>,
  chainId: ChainId,
  context: LimitOrderContext,
): TypedDataMeaning {
  const { maker, receiver, makerAsset, takerAsset, makingAmount, takingAmount, makerTraits } = message
  const traits = typeof makerTraits === 'bigint' ? decodeMakerTraits(makerTraits) : undefined
  const isPlain =
    primaryType === 'Order' &&
    traits !== undefined &&
    // An extension can change the price, and interactions call contracts of anybody's choice; neither is in the signed words.
    !traits.hasExtension &&
    !traits.needsPreInteraction &&
    !traits.needsPostInteraction &&
    isText(maker) &&
    isSameAddress(maker, context.account)
  if (!isPlain || !isText(receiver) || typeof makingAmount !== 'bigint' || typeof takingAmount !== 'bigint') {
    throw undecodable('unknownOrder')
  }
  if (makingAmount === 0n || takingAmount === 0n) throw undecodable('noMinimum')
  const nameToken = (address: unknown): Token => {
    const token = context.tokens.find(
      ({ ref }) =>
        ref.chainId === chainId &&
        ref.address !== 'native' &&
        isText(address) &&
        isSameAddress(ref.address, address),
    )
    if (!token) throw undecodable('unknownToken')
    return token
  }
  const isForMaker = isSameAddress(receiver, zeroAddress) || isSameAddress(receiver, context.account)
  const fills = !traits.allowsPartialFills ? 'whole' : traits.allowsMultipleFills ? 'parts' : 'once'
  return {
    kind: 'limitOrder',
    give: { token: nameToken(makerAsset), units: baseUnits(makingAmount) },
    receive: { token: nameToken(takerAsset), units: baseUnits(takingAmount) },
    ...(isForMaker ? {} : { receiver: describeParty(receiver, context) }),
    ...(traits.allowedSender === 0n
      ? {}
      : { onlyFor: `0x…${traits.allowedSender.toString(16).padStart(20, '0')}` }),
    ...(traits.expiresAtS === 0 ? {} : { expiresAtMs: traits.expiresAtS * 1000 }),
    fills,
  }
}

/** Addresses come from a reading that has checked every one. */
function isText(value: unknown): value is Address {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)
}
