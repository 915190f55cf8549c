import { concatHex, encodeFunctionData, numberToHex, parseAbi } from 'viem'
import type { Address } from '../../../../../shared/identity/identity.ts'
import type { CallFields } from '../../../transfers/index.ts'
import { nativeTokenId } from '../PoolKey.ts'
import type { SwapVenues } from '../SwapVenues.ts'
import { encodeExactIn } from './encodeExactIn.ts'
import { encodeExactOut } from './encodeExactOut.ts'
import { blankSignature, type Permit, permitCommand, routerAbi } from './routerCommands.ts'
import { legsOf, type Trade } from './TradePlan.ts'

const wrappedCoinAbi = parseAbi(['function deposit() payable', 'function withdraw(uint256 amount)'])
const vaultAbi = parseAbi([
  'struct SingleSwap { bytes32 poolId; uint8 kind; address assetIn; address assetOut; uint256 amount; bytes userData; }',
  'struct FundManagement { address sender; bool fromInternalBalance; address recipient; bool toInternalBalance; }',
  'function swap(SingleSwap singleSwap, FundManagement funds, uint256 limit, uint256 deadline) payable returns (uint256)',
])

export interface TradeLimits {
  readonly account: Address
  /** The most that may leave the account. */
  readonly maximumSold: bigint
  /** The least that must reach it. */
  readonly minimumBought: bigint
  /** Seconds since 1970 after which the trade fails. */
  readonly deadline: bigint
}

/** Who carries a trade out, and so who needs an allowance. */
export type Executor = 'router' | 'vault' | 'wrappedCoin'

export function executorOf(trade: Trade): Executor {
  const legs = legsOf(trade)
  if (legs.every(({ key }) => key.venue === 'weth')) return 'wrappedCoin'
  return legs.some(({ key }) => key.venue === 'balancerStable') ? 'vault' : 'router'
}

/** The call that carries a trade out within its limits, enforced by the contracts. A permit's signature is left blank. */
export function encodeTrade(
  trade: Trade,
  venues: SwapVenues,
  limits: TradeLimits,
  permit: Permit | undefined,
): CallFields {
  const value = trade.tokenIn === nativeTokenId ? limits.maximumSold : 0n
  switch (executorOf(trade)) {
    case 'wrappedCoin':
      return {
        to: venues.wrappedNative,
        value,
        data:
          trade.tokenIn === nativeTokenId
            ? encodeFunctionData({ abi: wrappedCoinAbi, functionName: 'deposit' })
            : encodeFunctionData({ abi: wrappedCoinAbi, functionName: 'withdraw', args: [trade.amountIn] }),
      }
    case 'vault':
      return encodeVaultSwap(trade, venues, limits)
    case 'router': {
      const swaps =
        trade.mode === 'exactIn'
          ? encodeExactIn(trade, limits.minimumBought)
          : encodeExactOut(trade, limits.maximumSold)
      const commands = permit ? [permitCommand(permit, blankSignature), ...swaps] : swaps
      return {
        to: venues.universalRouter,
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

function encodeVaultSwap(trade: Trade, venues: SwapVenues, limits: TradeLimits): CallFields {
  const legs = legsOf(trade)
  const [leg] = legs
  if (!venues.balancer || !leg || legs.length !== 1)
    throw new RangeError('The vault takes one pool at a time')
  const isExactIn = trade.mode === 'exactIn'
  return {
    to: venues.balancer.vault,
    value: 0n,
    data: encodeFunctionData({
      abi: vaultAbi,
      functionName: 'swap',
      args: [
        {
          poolId: leg.poolId as `0x${string}`,
          kind: isExactIn ? 0 : 1,
          assetIn: leg.tokenIn,
          assetOut: leg.tokenOut,
          amount: isExactIn ? trade.amountIn : trade.target,
          userData: '0x',
        },
        {
          sender: limits.account,
          fromInternalBalance: false,
          recipient: limits.account,
          toInternalBalance: false,
        },
        isExactIn ? limits.minimumBought : limits.maximumSold,
        limits.deadline,
      ],
    }),
  }
}
