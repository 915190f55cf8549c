import { hexToBigInt } from 'viem'
import type { TickLiquidity } from '../../../capabilities/router/index.ts'
import type { PoolEvent } from './PoolCandidate.ts'

/** What events change of a pool with concentrated liquidity. */
export interface ConcentratedFields {
  readonly tickSpacing: number
  readonly sqrtPriceX96: bigint
  readonly tick: number
  readonly liquidity: bigint
  readonly ticks: readonly TickLiquidity[]
  /** Where the reading of ticks stopped; absent at the end of all prices. */
  readonly lowEnd?: number
  readonly highEnd?: number
}

/** keccak256 of the events' signatures. */
const swaps = new Set([
  // Uniswap V3, PancakeSwap V3 (with two more fields at the end), Uniswap V4: price, liquidity and tick stand alike.
  '0xc42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67',
  '0x19b47279256b2a23a1665c810c8d55a1758940ee09377d4f8d26497a3577dc83',
  '0x40e9cecb9f5f1f1c5b9c97dec2917b7ee92e57ba5563708daca94dd84ad7112f',
])
const mint = '0x7a53080ba414158be7ec69b987b5fb7d07dee101fe85488f0853ae16239d0bde'
const burn = '0x0c396cd989a39f4459b5fa1aed6a9a8dcdbc45908acfd67e028cd568da98982c'
const modifyLiquidity = '0xf208f4912782fd25c7f114ca3723a2d5dd6f3bcc3ac8db5af63baa85f711d5ec'
/** Neither price nor liquidity changes: Collect, Flash, CollectProtocol, and V4's Donate. */
const without = new Set([
  '0x70935338e69775456a85ddef226c395fb668b63fa0115f5f20610b388e6ca9c0',
  '0xbdbdb71d7860376ba52b25a5028beea23581364a40522f6bcfb86bb1f2dca633',
  '0x596b573906218d3411850b26a6b437d6c4522fdb43d2d2386263f86d50b8b151',
  '0x29ef05caaff9404b7cb6d1c0e9bbae9eaa7ab2541feba1a9c4248594c08156cb',
])

/** What an event leaves; `undefined` where it does not say enough. */
export function applyConcentratedEvent<Fields extends ConcentratedFields>(
  before: Fields,
  { topics, data }: PoolEvent,
): Fields | undefined {
  const [topic] = topics
  if (topic === undefined) return undefined
  if (without.has(topic)) return before
  const word = (index: number): `0x${string}` => `0x${data.slice(2 + 64 * index, 66 + 64 * index)}`
  const signed = (hex: `0x${string}`) => Number(hexToBigInt(hex, { signed: true }))
  if (swaps.has(topic)) {
    if (data.length < 2 + 5 * 64) return undefined
    const tick = signed(word(4))
    const isKnown =
      (before.lowEnd === undefined || tick >= before.lowEnd) &&
      (before.highEnd === undefined || tick < before.highEnd)
    // Beyond what was read nothing is known of the liquidity.
    if (!isKnown) return undefined
    return { ...before, sqrtPriceX96: hexToBigInt(word(2)), liquidity: hexToBigInt(word(3)), tick }
  }
  if (topic === mint || topic === burn) {
    const [, , low, high] = topics
    // The minter comes first in a mint's data.
    const amount = hexToBigInt(word(topic === mint ? 1 : 0))
    if (low === undefined || high === undefined) return undefined
    return shiftLiquidity(before, signed(low), signed(high), topic === mint ? amount : -amount)
  }
  if (topic === modifyLiquidity) {
    return shiftLiquidity(before, signed(word(0)), signed(word(1)), hexToBigInt(word(2), { signed: true }))
  }
  return undefined
}

function shiftLiquidity<Fields extends ConcentratedFields>(
  before: Fields,
  tickLower: number,
  tickUpper: number,
  amount: bigint,
): Fields | undefined {
  const { lowEnd = Number.NEGATIVE_INFINITY, highEnd = Number.POSITIVE_INFINITY, tick } = before
  if (amount === 0n || tickUpper <= lowEnd || tickLower >= highEnd) return before
  const nets = new Map(before.ticks.map((entry) => [entry.tick, entry.liquidityNet]))
  const ends = [
    [Math.max(tickLower, lowEnd), amount],
    [Math.min(tickUpper, highEnd), -amount],
  ] as const
  for (const [at, change] of ends) {
    const isOwn = at !== lowEnd && at !== highEnd
    const net = (nets.get(at) ?? 0n) + change
    // A tick whose sum is nothing may still be a boundary, or may be gone: only the contract knows.
    if (net === 0n && isOwn) return undefined
    if (net === 0n) nets.delete(at)
    else nets.set(at, net)
  }
  const isActive = tickLower <= tick && tick < tickUpper
  return {
    ...before,
    liquidity: isActive ? before.liquidity + amount : before.liquidity,
    ticks: [...nets].sort(([a], [b]) => a - b).map(([at, liquidityNet]) => ({ tick: at, liquidityNet })),
  }
}
