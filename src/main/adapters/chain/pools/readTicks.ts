import type { TickLiquidity } from '../../../capabilities/router/index.ts'
import type { ContractCall } from '../multicall3.ts'
import type { Answers } from './PoolCandidate.ts'

export interface TickSource {
  readonly tickSpacing: number
  readonly tick: number
  readonly liquidity: bigint
  readonly reach: number
  bitmapCall(word: number): ContractCall
  tickCall(tick: number): ContractCall
  /** @throws where the answer is none. */
  decodeBitmap(answer: `0x${string}`): bigint
  decodeNet(answer: `0x${string}`): bigint
}

export interface KnownTicks {
  readonly ticks: readonly TickLiquidity[]
  /** Where the reading stopped; absent at the end of all prices. */
  readonly lowEnd?: number
  readonly highEnd?: number
}

const greatestTick = 887_272
/** Words of the bitmap to either side of the price at first: a good quarter of the price for a spacing of one, its multiple for others. */
const nearWords = (tickSpacing: number) => (tickSpacing === 1 ? 10 : tickSpacing <= 10 ? 4 : 2)

/**
 * Reads the initialised ticks around the price. Where the reading stops short of the end of all prices, the pool is made to
 * end there: a trade that would need more finds no liquidity instead of a guess.
 *
 * @returns undefined where an answer is missing: a pool that is half known is not known.
 */
export function* readTicks(
  source: TickSource,
): Generator<readonly ContractCall[], KnownTicks | undefined, Answers> {
  const { tickSpacing, tick, liquidity } = source
  const words = nearWords(tickSpacing) * 8 ** source.reach
  const wordOf = (of: number) => Math.floor(Math.floor(of / tickSpacing) / 256)
  const lowest = Math.max(wordOf(-greatestTick), wordOf(tick) - words)
  const highest = Math.min(wordOf(greatestTick), wordOf(tick) + words)
  const range = Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index)

  const bitmaps = yield range.map(source.bitmapCall)
  const initialised: number[] = []
  for (const [index, word] of range.entries()) {
    const answer = bitmaps[index]
    if (answer === undefined || answer === '0x') return undefined
    const bitmap = source.decodeBitmap(answer)
    if (bitmap === 0n) continue
    for (let bit = 0; bit < 256; bit += 1) {
      if ((bitmap >> BigInt(bit)) & 1n) initialised.push((word * 256 + bit) * tickSpacing)
    }
  }

  const nets = initialised.length === 0 ? [] : yield initialised.map(source.tickCall)
  const ticks: TickLiquidity[] = []
  for (const [index, at] of initialised.entries()) {
    const answer = nets[index]
    if (answer === undefined || answer === '0x') return undefined
    ticks.push({ tick: at, liquidityNet: source.decodeNet(answer) })
  }

  const below = ticks
    .filter((entry) => entry.tick <= tick)
    .reduce((sum, entry) => sum + entry.liquidityNet, 0n)
  const above = ticks
    .filter((entry) => entry.tick > tick)
    .reduce((sum, entry) => sum + entry.liquidityNet, 0n)
  const lowEnd = (lowest * 256 - 1) * tickSpacing
  const highEnd = (highest + 1) * 256 * tickSpacing
  const atLowEnd = liquidity - below
  const atHighEnd = liquidity + above
  const [stopsBelow, stopsAbove] = [lowEnd > -greatestTick, highEnd < greatestTick]
  return {
    ticks: [
      ...(stopsBelow && atLowEnd !== 0n ? [{ tick: lowEnd, liquidityNet: atLowEnd }] : []),
      ...ticks,
      ...(stopsAbove && atHighEnd !== 0n ? [{ tick: highEnd, liquidityNet: -atHighEnd }] : []),
    ],
    ...(stopsBelow ? { lowEnd } : {}),
    ...(stopsAbove ? { highEnd } : {}),
  }
}
