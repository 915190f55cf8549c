import { parseAbi } from 'viem'
import type { LimitOrder } from './limitOrder.ts'

/** The contract packs its addresses into words, so its functions take numbers where the signed order has addresses. */
export const limitOrderAbi = parseAbi([
  'struct Order { uint256 salt; uint256 maker; uint256 receiver; uint256 makerAsset; uint256 takerAsset; uint256 makingAmount; uint256 takingAmount; uint256 makerTraits; }',
  'function hashOrder(Order order) view returns (bytes32)',
  'function fillOrder(Order order, bytes32 r, bytes32 vs, uint256 amount, uint256 takerTraits) payable returns (uint256, uint256, bytes32)',
  'function fillOrderArgs(Order order, bytes32 r, bytes32 vs, uint256 amount, uint256 takerTraits, bytes args) payable returns (uint256, uint256, bytes32)',
  'function cancelOrder(uint256 makerTraits, bytes32 orderHash)',
  'function bitInvalidatorForOrder(address maker, uint256 nonce) view returns (uint256)',
  'function rawRemainingInvalidatorForOrder(address maker, bytes32 orderHash) view returns (uint256)',
])

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
