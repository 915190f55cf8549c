import { encodeFunctionData, parseAbi } from 'viem'
import type { CallFields } from '../../../transfers/index.ts'
import type { TradeLimits } from './encodeTrade.ts'
import type { Trade, TradeLeg } from './TradePlan.ts'

const vaultAbi = parseAbi([
  'struct SingleSwap { bytes32 poolId; uint8 kind; address assetIn; address assetOut; uint256 amount; bytes userData; }',
  'struct FundManagement { address sender; bool fromInternalBalance; address recipient; bool toInternalBalance; }',
  'function swap(SingleSwap singleSwap, FundManagement funds, uint256 limit, uint256 deadline) payable returns (uint256)',
])
/** CurveRouterNG 1.1. */
const curveAbi = parseAbi([
  'function exchange(address[11] route, uint256[5][5] swaps, uint256 amount, uint256 minimum) payable returns (uint256)',
])
const mintAbi = parseAbi(['function mint(uint256 shares, address receiver) returns (uint256 assets)'])
const nowhere = '0x0000000000000000000000000000000000000000'
const unused = [0n, 0n, 0n, 0n, 0n] as const
/** `exchange`, in a pool that counts its coins with signed numbers. */
const plainExchange = 1n
const stablePool = 1n

/** One pool of Balancer's vault. */
export function encodeVaultSwap(
  to: TradeLeg['key']['address'],
  leg: TradeLeg,
  trade: Trade,
  limits: TradeLimits,
): CallFields {
  const isExactIn = trade.mode === 'exactIn'
  return {
    to,
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

/** One pool through Curve's router, which enforces the minimum whatever the pool does. */
export function encodeCurveSwap(
  to: TradeLeg['key']['address'],
  leg: TradeLeg,
  limits: TradeLimits,
): CallFields {
  const { coinIndices } = leg.key
  if (!coinIndices) throw new RangeError('A pool of Curve needs the numbers of its coins')
  const indexOf = (token: string) => {
    const index = coinIndices.indexOf(token.toLowerCase())
    if (index < 0) throw new RangeError(`No coin ${token} in this pool`)
    return BigInt(index)
  }
  const swap = [
    indexOf(leg.tokenIn),
    indexOf(leg.tokenOut),
    plainExchange,
    stablePool,
    BigInt(coinIndices.length),
  ] as const
  return {
    to,
    value: 0n,
    data: encodeFunctionData({
      abi: curveAbi,
      functionName: 'exchange',
      args: [
        [
          leg.tokenIn,
          leg.key.address,
          leg.tokenOut,
          nowhere,
          nowhere,
          nowhere,
          nowhere,
          nowhere,
          nowhere,
          nowhere,
          nowhere,
        ],
        [swap, unused, unused, unused, unused],
        leg.amountIn,
        limits.minimumBought,
      ],
    }),
  }
}

/** Exactly so many shares; the allowance limits what they may cost. */
export function encodeMint(leg: TradeLeg, limits: TradeLimits): CallFields {
  return {
    to: leg.key.address,
    value: 0n,
    data: encodeFunctionData({
      abi: mintAbi,
      functionName: 'mint',
      args: [limits.minimumBought, limits.account],
    }),
  }
}
