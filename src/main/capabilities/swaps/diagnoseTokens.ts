import type { NoRouteReason } from '../../../shared/contract/swaps.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { nativeTokenId } from './domain/PoolKey.ts'
import { legsOf, type Trade, type TradeLeg } from './domain/router/TradePlan.ts'
import type { SwapNode } from './swaps.ports.ts'

export interface Culprit {
  readonly reason: Extract<NoRouteReason, 'tokenRefusesTransfers' | 'tokenTakesFee'>
  readonly token: Token
}

/**
 * Finds the token that a trade fails for, by trying its transfers alone: from the pool to the account for what is bought, from
 * the account (or, where it holds none, from the pool) for what is sold.
 */
export async function diagnoseTokens(
  node: SwapNode,
  chainId: ChainId,
  trade: Trade,
  sell: Token,
  buy: Token,
  account: Address,
  holdsSold: boolean,
): Promise<Culprit | undefined> {
  const legs = legsOf(trade)
  const first = legs.find((leg) => leg.tokenIn === trade.tokenIn && leg.key.venue !== 'weth')
  const last = legs.find((leg) => leg.tokenOut === trade.tokenOut && leg.key.venue !== 'weth')
  const moves: { token: Token; from: Address; to: Address; units: bigint }[] = []
  if (last) moves.push({ token: buy, from: holderOf(last), to: account, units: last.amountOut })
  if (first && holdsSold) {
    moves.push({ token: sell, from: account, to: holderOf(first), units: first.amountIn })
  } else if (first) {
    moves.push({ token: sell, from: holderOf(first), to: account, units: 1n })
  }
  for (const { token, from, to, units } of moves) {
    const { address } = token.ref
    if (address === 'native' || address === nativeTokenId) continue
    const moved = await node.tryTransfer(chainId, address, from, to, units)
    if (moved.status === 'reverted') return { reason: 'tokenRefusesTransfers', token }
    if (moved.arrived !== undefined && moved.arrived < units) return { reason: 'tokenTakesFee', token }
  }
  return undefined
}

/** Who holds the tokens of a leg's pool. */
const holderOf = (leg: TradeLeg): Address => leg.key.address
