import { getAddress } from 'viem'
import type { SignedOrder, SignedOrderState } from '../../../../shared/contract/signedOrders.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { decodeMakerTraits } from '../../../../shared/limitOrder/makerTraits.ts'
import { baseUnits } from '../../../../shared/money/units.ts'
import type { SignedOrderRecord } from './SignedOrderRecord.ts'

/** A signed order as it is shown. */
export function describeSignedOrder(
  record: SignedOrderRecord,
  state: SignedOrderState,
  give: Token,
  receive: Token,
): SignedOrder {
  const { order, chainId } = record.signed
  const traits = decodeMakerTraits(order.makerTraits)
  return {
    id: record.id,
    chainId,
    hash: record.hash,
    maker: getAddress(order.maker),
    ...(record.accountId === undefined ? {} : { accountId: record.accountId }),
    give: { token: give, units: baseUnits(order.makingAmount) },
    receive: { token: receive, units: baseUnits(order.takingAmount) },
    fills: !traits?.allowsPartialFills ? 'whole' : traits.allowsMultipleFills ? 'parts' : 'once',
    ...(traits === undefined || traits.allowedSender === 0n
      ? {}
      : { onlyFor: `0x…${traits.allowedSender.toString(16).padStart(20, '0')}` }),
    ...(traits === undefined || traits.expiresAtS === 0 ? {} : { expiresAtMs: traits.expiresAtS * 1000 }),
    addedAtMs: record.addedAtMs,
    filled: baseUnits(record.filled),
    state: record.ended === undefined ? state : { kind: record.ended },
    ...(record.alternativesId === undefined ? {} : { alternativesId: record.alternativesId }),
    ...(record.cancelActivityId !== undefined && record.ended === undefined
      ? { isCancelling: true as const }
      : {}),
  }
}
