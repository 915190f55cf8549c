import {
  type Address,
  decodeAbiParameters,
  decodeFunctionData,
  getAddress,
  type Hex,
  isAddressEqual,
  parseAbiParameters,
  sliceHex,
} from 'viem'
import type { PoolEntry } from '../../manifest.ts'
import type { PendingTransaction } from '../connectMarket.ts'
import {
  balancerVaultAbi,
  swapRouter02Abi,
  universalRouterAbi,
  v2RouterAbi,
  v4ExactInputSingleParameters,
} from '../protocolAbis.ts'

/** One pool on a swap's way. */
export interface SwapLeg {
  readonly kind: PoolEntry['kind']
  /** The zero address for ether, in V4. */
  readonly tokenIn: Address
  readonly tokenOut: Address
  /** In hundredths of a basis point. */
  readonly fee: number
  /** V4 and Balancer, whose pools lie in one contract. */
  readonly pool?: PoolEntry
}

/** A swap that a pending transaction is going to make. */
export interface VisibleSwap {
  readonly legs: readonly SwapLeg[]
  /** Zero where a router uses what an earlier step left in it. */
  readonly amountIn: bigint
  readonly minimumOut: bigint
}

interface RouterAddresses {
  readonly uniswapV2Router02?: Address
  readonly uniswapV3SwapRouter02?: Address
  readonly universalRouter?: Address
  readonly balancerVault?: Address
}

const v2FeePips = 3000
// Universal Router: the top bit of the amount means "what the router holds".
const contractBalance = 1n << 255n
const commandMask = 0x3f
const v3ExactIn = 0x00
const v2ExactIn = 0x08
const v4Swap = 0x10
/** Of V4's actions: SWAP_EXACT_IN_SINGLE. */
const v4ExactInSingle = 0x06

/** Reads the swaps out of a call to one of the known routers; empty for anything else. */
export function decodeSwaps(
  transaction: PendingTransaction,
  routers: RouterAddresses,
  pools: readonly PoolEntry[],
): VisibleSwap[] {
  if (transaction.to === null) return []
  const to = getAddress(transaction.to)
  try {
    if (to === routers.uniswapV2Router02) return decodeV2Router(transaction)
    if (to === routers.uniswapV3SwapRouter02) return decodeSwapRouter02(transaction.input)
    if (to === routers.universalRouter) return decodeUniversalRouter(transaction.input, pools)
    if (to === routers.balancerVault) return decodeVault(transaction.input, pools)
  } catch {
    // Not a call that these routers know: nothing to see.
  }
  return []
}

function v2Legs(path: readonly Address[]): SwapLeg[] {
  return path.slice(1).map((tokenOut, index) => ({
    kind: 'uniswapV2',
    tokenIn: path[index] ?? tokenOut,
    tokenOut,
    fee: v2FeePips,
  }))
}

// A V3 path: token (20 bytes), then fee (3) and token (20) for each pool.
function v3Legs(path: Hex): SwapLeg[] {
  const legs: SwapLeg[] = []
  for (let offset = 0; offset + 43 <= (path.length - 2) / 2; offset += 23) {
    legs.push({
      kind: 'uniswapV3',
      tokenIn: getAddress(sliceHex(path, offset, offset + 20)),
      fee: Number(sliceHex(path, offset + 20, offset + 23)),
      tokenOut: getAddress(sliceHex(path, offset + 23, offset + 43)),
    })
  }
  return legs
}

function decodeV2Router({ input, value }: PendingTransaction): VisibleSwap[] {
  const call = decodeFunctionData({ abi: v2RouterAbi, data: input })
  if (call.functionName === 'swapExactETHForTokens') {
    const [minimumOut, path] = call.args
    return [{ legs: v2Legs(path), amountIn: value, minimumOut }]
  }
  const [amountIn, minimumOut, path] = call.args
  return [{ legs: v2Legs(path), amountIn, minimumOut }]
}

function decodeSwapRouter02(data: Hex): VisibleSwap[] {
  const call = decodeFunctionData({ abi: swapRouter02Abi, data })
  switch (call.functionName) {
    case 'multicall': {
      const calls = call.args.length === 2 ? call.args[1] : call.args[0]
      return calls.flatMap((inner) => {
        try {
          return decodeSwapRouter02(inner)
        } catch {
          // A step beside the swap, such as unwrapping.
          return []
        }
      })
    }
    case 'exactInputSingle': {
      const [{ tokenIn, tokenOut, fee, amountIn, amountOutMinimum }] = call.args
      return [
        {
          legs: [{ kind: 'uniswapV3', tokenIn, tokenOut, fee }],
          amountIn,
          minimumOut: amountOutMinimum,
        },
      ]
    }
    case 'exactInput': {
      const [{ path, amountIn, amountOutMinimum }] = call.args
      return [{ legs: v3Legs(path), amountIn, minimumOut: amountOutMinimum }]
    }
    case 'swapExactTokensForTokens': {
      const [amountIn, minimumOut, path] = call.args
      return [{ legs: v2Legs(path), amountIn, minimumOut }]
    }
  }
}

function decodeUniversalRouter(data: Hex, pools: readonly PoolEntry[]): VisibleSwap[] {
  const [commands, inputs] = decodeFunctionData({ abi: universalRouterAbi, data }).args
  return inputs.flatMap((input, index): VisibleSwap[] => {
    const command = Number(sliceHex(commands, index, index + 1)) & commandMask
    if (command === v2ExactIn) {
      const [, amountIn, minimumOut, path] = decodeAbiParameters(
        parseAbiParameters('address, uint256, uint256, address[], bool'),
        input,
      )
      return [{ legs: v2Legs(path), amountIn: amountIn === contractBalance ? 0n : amountIn, minimumOut }]
    }
    if (command === v3ExactIn) {
      const [, amountIn, minimumOut, path] = decodeAbiParameters(
        parseAbiParameters('address, uint256, uint256, bytes, bool'),
        input,
      )
      return [{ legs: v3Legs(path), amountIn: amountIn === contractBalance ? 0n : amountIn, minimumOut }]
    }
    if (command === v4Swap) return decodeV4(input, pools)
    return []
  })
}

function decodeV4(input: Hex, pools: readonly PoolEntry[]): VisibleSwap[] {
  const [actions, params] = decodeAbiParameters(parseAbiParameters('bytes, bytes[]'), input)
  return params.flatMap((param, index): VisibleSwap[] => {
    if (Number(sliceHex(actions, index, index + 1)) !== v4ExactInSingle) return []
    const [{ poolKey, zeroForOne, amountIn, amountOutMinimum }] = decodeAbiParameters(
      v4ExactInputSingleParameters,
      param,
    )
    const { currency0, currency1, fee } = poolKey
    const pool = pools.find(
      (entry) =>
        entry.kind === 'uniswapV4' &&
        entry.fee === fee &&
        entry.tickSpacing === poolKey.tickSpacing &&
        [currency0, currency1].every((token, side) => isAddressEqual(token, entry.tokens[side] ?? '0x')),
    )
    if (!pool) return []
    const [tokenIn, tokenOut] = zeroForOne ? [currency0, currency1] : [currency1, currency0]
    return [
      { legs: [{ kind: 'uniswapV4', tokenIn, tokenOut, fee, pool }], amountIn, minimumOut: amountOutMinimum },
    ]
  })
}

function decodeVault(data: Hex, pools: readonly PoolEntry[]): VisibleSwap[] {
  const [{ poolId, kind, assetIn, assetOut, amount }, , minimumOut] = decodeFunctionData({
    abi: balancerVaultAbi,
    data,
  }).args
  const pool = pools.find((entry) => entry.poolId === poolId)
  // The other kind buys an exact amount.
  if (!pool || kind !== 0) return []
  const leg = { kind: pool.kind, tokenIn: assetIn, tokenOut: assetOut, fee: pool.fee ?? 0, pool }
  return [{ legs: [leg], amountIn: amount, minimumOut }]
}
