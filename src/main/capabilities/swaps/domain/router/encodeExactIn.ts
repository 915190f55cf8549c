import { concatHex, numberToHex } from 'viem'
import { type Address, isSameAddress } from '../../../../../shared/identity/identity.ts'
import { nativeTokenId } from '../PoolKey.ts'
import { sortTokens, type V4PoolKey } from '../poolAddresses.ts'
import {
  pullFromUser,
  type RouterCommand,
  sweepToUser,
  toRouter,
  toUser,
  unwrapCoin,
  v2Swap,
  v3Swap,
  v4ExactIn,
  wholeBalance,
  wrapCoin,
} from './routerCommands.ts'
import type { ExactInTrade, TradeLeg } from './TradePlan.ts'

const coin = nativeTokenId as Address

/** The V4 key of a hookless pool. */
export function v4KeyOf(leg: Pick<TradeLeg, 'key' | 'tokenIn' | 'tokenOut'>): V4PoolKey {
  const [currency0, currency1] = sortTokens(leg.tokenIn, leg.tokenOut)
  return { currency0, currency1, fee: leg.key.feePips, tickSpacing: leg.key.tickSpacing, hooks: coin }
}

/**
 * Commands that sell exactly the trade's input and give the user at least `minimumOut` in all.
 *
 * What is bought on the way stays in the router; the last leg out of a token takes all that is there of it, so that nothing
 * is left behind when prices have moved a little.
 */
export function encodeExactIn(trade: ExactInTrade, minimumOut: bigint): RouterCommand[] {
  const commands: RouterCommand[] = []
  const { legs, tokenIn, tokenOut } = trade
  const isCoinSold = tokenIn === coin
  /** What the router is expected to hold. */
  const held = new Map<string, bigint>(isCoinSold ? [[coin, trade.amountIn]] : [])
  const add = (token: Address, amount: bigint) => {
    const key = token.toLowerCase()
    held.set(key, (held.get(key) ?? 0n) + amount)
  }
  const heldOf = (token: Address) => held.get(token.toLowerCase()) ?? 0n
  const isLastOut = (index: number) => {
    const token = legs[index]?.tokenIn
    return token !== undefined && !legs.slice(index + 1).some((leg) => isSameAddress(leg.tokenIn, token))
  }
  const makers = legs.filter((leg) => isSameAddress(leg.tokenOut, tokenOut))
  const takers = legs.filter((leg) => isSameAddress(leg.tokenIn, tokenOut))
  /** A single swap that makes the whole output can hand it over itself. */
  const isDirect = makers.length === 1 && takers.length === 0

  for (const [index, leg] of legs.entries()) {
    const isFromUser = !isCoinSold && isSameAddress(leg.tokenIn, tokenIn)
    const isFinal = isDirect && leg === makers[0]
    if (leg.key.venue === 'weth') {
      convert(leg, index, isFromUser, isFinal)
      continue
    }
    const takesAll = !isFromUser && isLastOut(index) && !isExactlyKnown(leg)
    const swap = {
      recipient: isFinal ? toUser : toRouter,
      amount: takesAll ? wholeBalance : leg.amountIn,
      limit: isFinal ? minimumOut : 0n,
      isPaidByUser: isFromUser,
    }
    commands.push(encodeLeg(leg, swap))
    if (!isFromUser) add(leg.tokenIn, -leg.amountIn)
    if (!isFinal) add(leg.tokenOut, leg.amountOut)
  }
  if (!isDirect || !makers.some((leg) => leg.key.venue !== 'weth' || leg.tokenOut === coin)) {
    commands.push(sweepToUser(tokenOut, minimumOut))
  }
  return commands

  /** The coin that is sold comes with the transaction, so how much of it is there is certain. */
  function isExactlyKnown(leg: TradeLeg): boolean {
    return isCoinSold && leg.tokenIn === coin
  }

  function convert(leg: TradeLeg, index: number, isFromUser: boolean, isFinal: boolean): void {
    const { amountIn } = leg
    if (leg.tokenIn === coin) {
      const isAll = isLastOut(index) && !isExactlyKnown(leg)
      commands.push(wrapCoin(isAll ? wholeBalance : amountIn))
      add(coin, -amountIn)
      add(leg.tokenOut, amountIn)
      return
    }
    if (isFromUser) {
      commands.push(pullFromUser(leg.tokenIn, amountIn))
      add(leg.tokenIn, amountIn)
    }
    const wrappedHeld = heldOf(leg.tokenIn)
    commands.push(unwrapCoin(isFinal ? toUser : toRouter, isFinal ? minimumOut : 0n))
    // The router can only unwrap everything: what is still needed wrapped is wrapped again.
    if (wrappedHeld > amountIn) commands.push(wrapCoin(wrappedHeld - amountIn))
    add(leg.tokenIn, -amountIn)
    if (!isFinal) add(coin, amountIn)
  }
}

function encodeLeg(leg: TradeLeg, swap: Parameters<typeof v2Swap>[2]): RouterCommand {
  switch (leg.key.venue) {
    case 'uniswapV2':
      return v2Swap(true, [leg.tokenIn, leg.tokenOut], swap)
    case 'uniswapV3':
      return v3Swap(
        true,
        concatHex([leg.tokenIn, numberToHex(leg.key.feePips, { size: 3 }), leg.tokenOut]),
        swap,
      )
    case 'uniswapV4':
      return v4ExactIn(v4KeyOf(leg), leg.tokenIn, leg.tokenOut, swap)
    default:
      throw new RangeError(`The router cannot reach ${leg.key.venue}`)
  }
}
