import { type Address, isSameAddress } from '../../../../../shared/identity/identity.ts'
import {
  decodeMakerTraits,
  type MakerTraits,
  toAllowedSender,
  usesBitInvalidator,
} from '../../../../../shared/limitOrder/makerTraits.ts'
import { mulDivUp } from '../../../../../shared/money/mulDiv.ts'
import { bindsExtension, decodeExtension } from './extension.ts'
import { isBitSet, readRemaining } from './invalidators.ts'
import type { LimitOrder } from './limitOrder.ts'

/** What the chain says about an order, all read at one block. */
export interface OrderFacts {
  /** The block's time: expiry is judged by the chain's clock, not by ours. */
  readonly blockTimestampS: number
  /** Whether the signature is the maker's, by key or, where the maker is a contract, by its own word (EIP-1271). */
  readonly isSignedByMaker: boolean
  /** `bitInvalidatorForOrder(maker, nonce)` where the order uses a bit. */
  readonly bitWord: bigint
  /** `rawRemainingInvalidatorForOrder(maker, hash)` where it does not. */
  readonly rawRemaining: bigint
  /** The maker's epoch of the order's series, where the order asks for one. */
  readonly epoch: bigint
  /** `checkPredicate`, where the order has one. */
  readonly predicateHolds: boolean
  readonly isContractPaused: boolean
  /** The maker's balance of the maker's token, and what the contract (or Permit2) may take of it. */
  readonly balance: bigint
  readonly allowance: bigint
}

export type OrderVerdict =
  /** `making` can be filled now, for `taking` when all of it is. */
  | { readonly kind: 'fillable'; readonly making: bigint; readonly taking: bigint }
  | { readonly kind: 'malformed'; readonly reason: MalformedReason }
  | { readonly kind: 'badSignature' }
  | { readonly kind: 'expired'; readonly atS: number }
  | { readonly kind: 'usedUp' }
  | { readonly kind: 'epochOver' }
  | { readonly kind: 'forSomebodyElse' }
  | { readonly kind: 'predicateFails' }
  | { readonly kind: 'contractPaused' }
  /** The maker has, or lets the contract take, too little; `available` of it is there. */
  | {
      readonly kind: 'unfunded'
      readonly remaining: bigint
      readonly available: bigint
      readonly limit: 'balance' | 'allowance'
    }

export type MalformedReason =
  | 'unknownTraits'
  | 'zeroAmount'
  | 'sameAsset'
  | 'extensionMissing'
  | 'extensionUnexpected'
  | 'extensionNotBound'
  | 'extensionUnreadable'
  | 'extensionUnsupported'
  | 'epochWithBit'

/** Judges an order for a taker: what is wrong with it, or how much of it can be filled. */
export function judgeOrder(
  order: LimitOrder,
  extension: `0x${string}`,
  taker: Address,
  facts: OrderFacts,
): OrderVerdict {
  const traits = decodeMakerTraits(order.makerTraits)
  if (traits === undefined) return { kind: 'malformed', reason: 'unknownTraits' }
  const reason = findMalformation(order, traits, extension)
  if (reason !== undefined) return { kind: 'malformed', reason }
  if (!facts.isSignedByMaker) return { kind: 'badSignature' }
  if (traits.allowedSender !== 0n && traits.allowedSender !== toAllowedSender(taker)) {
    return { kind: 'forSomebodyElse' }
  }
  if (traits.expiresAtS !== 0 && traits.expiresAtS < facts.blockTimestampS) {
    return { kind: 'expired', atS: traits.expiresAtS }
  }
  if (traits.checksEpoch && facts.epoch !== traits.nonceOrEpoch) return { kind: 'epochOver' }
  const remaining = remainingOf(order, traits, facts)
  if (remaining === 0n) return { kind: 'usedUp' }
  if (facts.isContractPaused) return { kind: 'contractPaused' }
  if (decodeExtension(extension)?.predicate !== '0x' && !facts.predicateHolds)
    return { kind: 'predicateFails' }
  const limit = facts.balance <= facts.allowance ? 'balance' : 'allowance'
  const available = facts[limit]
  const isShort = available < remaining
  if (available === 0n || (isShort && !traits.allowsPartialFills)) {
    return { kind: 'unfunded', remaining, available, limit }
  }
  const making = isShort ? available : remaining
  return { kind: 'fillable', making, taking: mulDivUp(making, order.takingAmount, order.makingAmount) }
}

function remainingOf(order: LimitOrder, traits: MakerTraits, facts: OrderFacts): bigint {
  if (!usesBitInvalidator(traits)) return readRemaining(order.makingAmount, facts.rawRemaining)
  return isBitSet(traits, facts.bitWord) ? 0n : order.makingAmount
}

function findMalformation(
  order: LimitOrder,
  traits: MakerTraits,
  extension: `0x${string}`,
): MalformedReason | undefined {
  if (order.makingAmount === 0n || order.takingAmount === 0n) return 'zeroAmount'
  if (isSameAddress(order.makerAsset, order.takerAsset)) return 'sameAsset'
  if (traits.checksEpoch && usesBitInvalidator(traits)) return 'epochWithBit'
  if (!traits.hasExtension) return extension === '0x' ? undefined : 'extensionUnexpected'
  if (extension === '0x') return 'extensionMissing'
  if (!bindsExtension(order.salt, extension)) return 'extensionNotBound'
  const fields = decodeExtension(extension)
  if (fields === undefined) return 'extensionUnreadable'
  // Getters make the price anything at the moment of the fill, suffixes change what is transferred, and interactions
  // call contracts of the maker's choice in the middle of it: nothing that could be said truthfully beforehand.
  const isPlain =
    fields.makerAssetSuffix === '0x' &&
    fields.takerAssetSuffix === '0x' &&
    fields.makingAmountData === '0x' &&
    fields.takingAmountData === '0x' &&
    fields.preInteraction === '0x' &&
    fields.postInteraction === '0x' &&
    !traits.needsPreInteraction &&
    !traits.needsPostInteraction
  return isPlain ? undefined : 'extensionUnsupported'
}
