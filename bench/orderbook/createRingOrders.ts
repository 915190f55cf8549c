import type { RingOrder } from '../../src/main/capabilities/orderbook/domain/rings/ringOrder.ts'
import { createRandom } from './createWorkload.ts'

/**
 * Seeded orders between tokens of different values and decimals, each asking a little more or less than the fair price;
 * `greed` is how much more at most, and `generosity` the part of it that is asked less.
 */
export function createRingOrders(
  seed: number,
  count: number,
  tokens: number,
  greed: number,
  generosity = 0.25,
): readonly RingOrder[] {
  const random = createRandom(seed)
  const values = Array.from({ length: tokens }, () => 10 ** (random() * 6 - 3))
  const decimals = Array.from({ length: tokens }, () => [6, 8, 18][Math.floor(random() * 3)] ?? 18)
  const unitsOf = (token: number, worth: number) =>
    BigInt(Math.ceil((worth / (values[token] ?? 1)) * 1e6)) * 10n ** BigInt((decimals[token] ?? 18) - 6) + 1n
  return Array.from({ length: count }, (_, index) => {
    const sell = Math.floor(random() * tokens)
    const buy = (sell + 1 + Math.floor(random() * (tokens - 1))) % tokens
    const worth = 10 + random() * 10_000
    const asked = worth * (1 + (random() * (1 + generosity) - generosity) * greed)
    const sellAmount = unitsOf(sell, worth)
    return {
      id: `order-${index}`,
      sellToken: `token-${sell}`,
      buyToken: `token-${buy}`,
      sellAmount,
      buyAmount: unitsOf(buy, asked),
      available: sellAmount,
      isPartial: random() < 0.9,
    }
  })
}
