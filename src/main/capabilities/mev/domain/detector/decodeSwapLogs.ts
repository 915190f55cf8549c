import { type AbiEvent, decodeEventLog, parseAbi, toEventSelector } from 'viem'
import type { Address, Hash } from '../../../../../shared/identity/identity.ts'
import type { DecodedSwap } from './DecodedSwap.ts'

export interface BlockTransaction {
  readonly hash: Hash
  readonly from: Address
  readonly to: Address | undefined
}

export interface BlockLog {
  readonly address: Address
  readonly topics: readonly Hash[]
  readonly data: `0x${string}`
  readonly transactionHash: Hash
  readonly transactionIndex: number
  readonly logIndex: number
}

const v2Abi = parseAbi([
  'event Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out, uint256 amount1Out, address indexed to)',
])
const v3Abi = parseAbi([
  'event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)',
])
const v4Abi = parseAbi([
  'event Swap(bytes32 indexed id, address indexed sender, int128 amount0, int128 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick, uint24 fee)',
])
const balancerAbi = parseAbi([
  'event Swap(bytes32 indexed poolId, address indexed tokenIn, address indexed tokenOut, uint256 amountIn, uint256 amountOut)',
])
const selectorOf = ([event]: readonly [AbiEvent]) => toEventSelector(event)
const selectors = {
  v2: selectorOf(v2Abi),
  v3: selectorOf(v3Abi),
  v4: selectorOf(v4Abi),
  balancer: selectorOf(balancerAbi),
} as const

/** The topics to ask a node's logs for. */
export const swapTopics: readonly Hash[] = Object.values(selectors)

type Trade = Pick<DecodedSwap, 'venue' | 'poolId' | 'assetIn' | 'assetOut' | 'amountIn' | 'amountOut'>

/**
 * Reads the swaps of Uniswap V2, V3, V4 and Balancer out of a block's logs, in the block's order. Logs of anything else, malformed
 * ones, and those of transactions that are not given are left out: any contract may emit what it likes.
 */
export function decodeSwapLogs(
  logs: readonly BlockLog[],
  transactions: readonly BlockTransaction[],
): DecodedSwap[] {
  const byHash = new Map(transactions.map((transaction) => [transaction.hash, transaction]))
  return logs
    .flatMap((log): DecodedSwap[] => {
      const transaction = byHash.get(log.transactionHash)
      const trade = decodeTrade(log)
      if (transaction === undefined || trade === undefined) return []
      const { transactionHash, transactionIndex, logIndex } = log
      return [
        {
          ...trade,
          transactionHash,
          transactionIndex,
          logIndex,
          sender: transaction.from,
          target: transaction.to,
        },
      ]
    })
    .sort((a, b) => a.logIndex - b.logIndex)
}

function decodeTrade(log: BlockLog): Trade | undefined {
  const topics = log.topics as [Hash, ...Hash[]]
  const pool = log.address.toLowerCase()
  try {
    switch (log.topics[0]) {
      case selectors.v2: {
        const { args } = decodeEventLog({ abi: v2Abi, topics, data: log.data, strict: true })
        // A pair may be given a little of the output token as well; what counts is the net.
        return fromDeltas(
          'uniswapV2',
          pool,
          args.amount0In - args.amount0Out,
          args.amount1In - args.amount1Out,
        )
      }
      case selectors.v3: {
        const { args } = decodeEventLog({ abi: v3Abi, topics, data: log.data, strict: true })
        return fromDeltas('uniswapV3', pool, args.amount0, args.amount1)
      }
      case selectors.v4: {
        const { args } = decodeEventLog({ abi: v4Abi, topics, data: log.data, strict: true })
        // V4 tells the amounts from the trader's side, V3 from the pool's.
        return fromDeltas('uniswapV4', args.id.toLowerCase(), -args.amount0, -args.amount1)
      }
      case selectors.balancer: {
        const { args } = decodeEventLog({ abi: balancerAbi, topics, data: log.data, strict: true })
        return {
          venue: 'balancer',
          poolId: args.poolId.toLowerCase(),
          assetIn: args.tokenIn.toLowerCase(),
          assetOut: args.tokenOut.toLowerCase(),
          amountIn: args.amountIn,
          amountOut: args.amountOut,
        }
      }
      default:
        return undefined
    }
  } catch {
    // Another contract's event that only shares the name and types.
    return undefined
  }
}

/** From what each token's reserve gained. */
function fromDeltas(
  venue: Trade['venue'],
  poolId: string,
  delta0: bigint,
  delta1: bigint,
): Trade | undefined {
  if (delta0 > 0n && delta1 < 0n) {
    return { venue, poolId, assetIn: '0', assetOut: '1', amountIn: delta0, amountOut: -delta1 }
  }
  if (delta1 > 0n && delta0 < 0n) {
    return { venue, poolId, assetIn: '1', assetOut: '0', amountIn: delta1, amountOut: -delta0 }
  }
  return undefined
}
