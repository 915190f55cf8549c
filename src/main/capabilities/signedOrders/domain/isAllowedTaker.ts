import type { Address } from '../../../../shared/identity/identity.ts'
import { decodeMakerTraits, toAllowedSender } from '../../../../shared/limitOrder/makerTraits.ts'

/** Whether an order with these traits lets an address fill it. */
export function isAllowedTaker(makerTraits: bigint, taker: Address): boolean {
  const traits = decodeMakerTraits(makerTraits)
  return (
    traits !== undefined && (traits.allowedSender === 0n || traits.allowedSender === toAllowedSender(taker))
  )
}
