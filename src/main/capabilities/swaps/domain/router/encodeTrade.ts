import { concatHex, encodeFunctionData, numberToHex, parseAbi } from 'viem'
import type { Address } from '../../../../../shared/identity/identity.ts'
import type { CallFields } from '../../../transfers/index.ts'
import { nativeTokenId } from '../PoolKey.ts'
import type { SwapVenues } from '../SwapVenues.ts'
import { describeExecutor } from './describeExecutor.ts'
import { encodeCurveSwap, encodeMint, encodeVaultSwap } from './encodeDirect.ts'
import { encodeExactIn } from './encodeExactIn.ts'
import { encodeExactOut } from './encodeExactOut.ts'
import { blankSignature, type Permit, permitCommand, routerAbi } from './routerCommands.ts'
import { legsOf, type Trade, type TradeLeg } from './TradePlan.ts'

const wrappedCoinAbi = parseAbi(['function deposit() payable', 'function withdraw(uint256 amount)'])

export interface TradeLimits {
  readonly account: Address
  /** The most that may leave the account. */
  readonly maximumSold: bigint
  /** The least that must reach it. */
  readonly minimumBought: bigint
  /** Seconds since 1970 after which the trade fails. */
  readonly deadline: bigint
}

/** The call that carries a trade out within its limits, enforced by the contracts. A permit's signature is left blank. */
export function encodeTrade(
  trade: Trade,
  venues: SwapVenues,
  limits: TradeLimits,
  permit: Permit | undefined,
): CallFields {
  const value = trade.tokenIn === nativeTokenId ? limits.maximumSold : 0n
  const executor = describeExecutor(trade, venues)
  const to = executor.address
  switch (executor.kind) {
    case 'wrappedCoin':
      return {
        to,
        value,
        data:
          trade.tokenIn === nativeTokenId
            ? encodeFunctionData({ abi: wrappedCoinAbi, functionName: 'deposit' })
            : encodeFunctionData({ abi: wrappedCoinAbi, functionName: 'withdraw', args: [trade.amountIn] }),
      }
    case 'balancer':
      return encodeVaultSwap(to, onlyLegOf(trade), trade, limits)
    case 'curve':
      return encodeCurveSwap(to, onlyLegOf(trade), limits)
    case 'vault':
      return encodeMint(onlyLegOf(trade), limits)
    case 'router': {
      const swaps =
        trade.mode === 'exactIn'
          ? encodeExactIn(trade, limits.minimumBought)
          : encodeExactOut(trade, limits.maximumSold)
      const commands = permit ? [permitCommand(permit, blankSignature), ...swaps] : swaps
      return {
        to,
        value,
        data: encodeFunctionData({
          abi: routerAbi,
          functionName: 'execute',
          args: [
            concatHex(commands.map(({ code }) => numberToHex(code, { size: 1 }))),
            commands.map(({ input }) => input),
            limits.deadline,
          ],
        }),
      }
    }
  }
}

function onlyLegOf(trade: Trade): TradeLeg {
  const legs = legsOf(trade)
  const [leg] = legs
  if (!leg || legs.length !== 1) throw new RangeError('One pool at a time, outside the routers')
  return leg
}
