import { concatHex, numberToHex } from 'viem'
import type { Address } from '../../../../../shared/identity/identity.ts'
import { nativeTokenId } from '../PoolKey.ts'
import { v4KeyOf } from './encodeExactIn.ts'
import {
  type RouterCommand,
  sweepToUser,
  toRouter,
  toUser,
  unwrapCoin,
  v2Swap,
  v3Swap,
  v4ExactOut,
  wrapCoin,
} from './routerCommands.ts'
import type { ExactOutTrade, TradeLeg } from './TradePlan.ts'

const coin = nativeTokenId as Address

/**
 * Commands that give the user exactly the trade's output for at most `maximumIn` in all: each way may take its share of the
 * maximum and no more. A coin that was sent in excess comes back.
 */
export function encodeExactOut(trade: ExactOutTrade, maximumIn: bigint): RouterCommand[] {
  const commands: RouterCommand[] = []
  const isCoinSold = trade.tokenIn === coin
  const isCoinBought = trade.tokenOut === coin
  const maxima = shareMaximum(trade, maximumIn)
  let unwrapped = 0n
  let isWrapped = false
  for (const [index, whole] of trade.paths.entries()) {
    const path = whole.legs.filter(({ key }) => key.venue !== 'weth')
    const first = path[0]
    const last = path.at(-1)
    const limit = maxima[index] ?? 0n
    if (!first || !last) continue
    if (isCoinSold && first.tokenIn !== coin) {
      commands.push(wrapCoin(limit))
      isWrapped = true
    }
    const needsUnwrapping = isCoinBought && last.tokenOut !== coin
    if (needsUnwrapping) unwrapped += whole.target
    commands.push(
      encodePath(path, {
        recipient: needsUnwrapping ? toRouter : toUser,
        amount: whole.target,
        limit,
        isPaidByUser: !isCoinSold,
      }),
    )
  }
  // Before wrapped coin that was not needed is turned back, or the two would be mixed.
  if (unwrapped > 0n) commands.push(unwrapCoin(toUser, unwrapped))
  if (isWrapped) commands.push(unwrapCoin(toUser, 0n))
  if (isCoinSold) commands.push(sweepToUser(coin, 0n))
  return commands
}

/** Every way's part of the maximum, by its part of the expected input, rounded down; the first takes what rounding leaves. */
function shareMaximum(trade: ExactOutTrade, maximumIn: bigint): bigint[] {
  const inputs = trade.paths.map(({ legs }) => legs[0]?.amountIn ?? 0n)
  const total = inputs.reduce((sum, amount) => sum + amount, 0n)
  const shares = inputs.map((amount) => (total === 0n ? 0n : (maximumIn * amount) / total))
  const rest = maximumIn - shares.reduce((sum, share) => sum + share, 0n)
  return shares.map((share, index) => (index === 0 ? share + rest : share))
}

function encodePath(path: readonly TradeLeg[], swap: Parameters<typeof v2Swap>[2]): RouterCommand {
  const [first] = path
  if (!first) throw new RangeError('A way needs a leg')
  const { venue } = first.key
  if (path.some(({ key }) => key.venue !== venue)) throw new RangeError('A way stays within one venue')
  switch (venue) {
    case 'uniswapV2':
      return v2Swap(false, [first.tokenIn, ...path.map(({ tokenOut }) => tokenOut)], swap)
    case 'uniswapV3': {
      const backwards = [...path].reverse()
      const hops = backwards.flatMap(({ key, tokenIn }) => [numberToHex(key.feePips, { size: 3 }), tokenIn])
      return v3Swap(false, concatHex([backwards[0]?.tokenOut ?? first.tokenOut, ...hops]), swap)
    }
    case 'uniswapV4': {
      const encoded = v4ExactOut(
        path.map((leg) => ({ key: v4KeyOf(leg), tokenIn: leg.tokenIn, tokenOut: leg.tokenOut })),
        swap,
      )
      if (!encoded) throw new RangeError('A way needs a leg')
      return encoded
    }
    default:
      throw new RangeError(`The router cannot reach ${venue}`)
  }
}
