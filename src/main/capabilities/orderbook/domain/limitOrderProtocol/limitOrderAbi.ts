import { parseAbi } from 'viem'
import { limitOrderSignatures } from '../../../../../shared/limitOrder/limitOrderSignatures.ts'
import type { LimitOrder } from './limitOrder.ts'

export const limitOrderAbi = parseAbi(limitOrderSignatures)

/** An order as the contract's functions take it. */
export function toContractOrder(order: LimitOrder) {
  return {
    ...order,
    maker: BigInt(order.maker),
    receiver: BigInt(order.receiver),
    makerAsset: BigInt(order.makerAsset),
    takerAsset: BigInt(order.takerAsset),
  }
}
