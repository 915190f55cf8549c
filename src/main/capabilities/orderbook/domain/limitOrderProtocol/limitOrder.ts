import { z } from 'zod'
import { addressSchema } from '../../../../../shared/identity/identity.ts'
import {
  decodeMakerTraits,
  encodeMakerTraits,
  type MakerTraits,
} from '../../../../../shared/limitOrder/makerTraits.ts'

const wordSchema = z
  .bigint()
  .nonnegative()
  .max(2n ** 256n - 1n)

/** An order as it is signed: the maker gives `makingAmount` for `takingAmount`, and any part at the same ratio. */
export const limitOrderSchema = z.strictObject({
  salt: wordSchema,
  maker: addressSchema,
  /** Who receives; the zero address stands for the maker. */
  receiver: addressSchema,
  makerAsset: addressSchema,
  takerAsset: addressSchema,
  makingAmount: wordSchema.positive(),
  takingAmount: wordSchema.positive(),
  makerTraits: wordSchema,
})
export type LimitOrder = z.infer<typeof limitOrderSchema>

export const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000'

/** The traits of an order of ours that anybody may fill in parts until a time: no extension, no interactions. */
export function openTraits(expiresAtS: number, nonceOrEpoch: bigint): MakerTraits {
  return {
    allowedSender: 0n,
    expiresAtS,
    nonceOrEpoch,
    series: 0n,
    allowsPartialFills: true,
    allowsMultipleFills: true,
    needsPreInteraction: false,
    needsPostInteraction: false,
    checksEpoch: false,
    hasExtension: false,
    usesPermit2: false,
    unwrapsWeth: false,
  }
}

/**
 * Orders of which one fill kills the others on chain: all take the same bit of their maker and fill once.
 *
 * @throws RangeError when they are not of one maker.
 */
export function shareOneBit(orders: readonly LimitOrder[], nonce: bigint): readonly LimitOrder[] {
  const makers = new Set(orders.map((order) => order.maker.toLowerCase()))
  if (makers.size > 1) throw new RangeError('A bit belongs to one maker')
  return orders.map((order) => {
    const traits = decodeMakerTraits(order.makerTraits)
    if (traits === undefined || traits.checksEpoch) throw new RangeError('These traits cannot use a bit')
    const makerTraits = encodeMakerTraits({ ...traits, allowsMultipleFills: false, nonceOrEpoch: nonce })
    return { ...order, makerTraits }
  })
}
