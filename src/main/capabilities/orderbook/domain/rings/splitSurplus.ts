import { logarithm } from './logarithm.ts'
import type { Ring, RingOrder } from './ringOrder.ts'

interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

/**
 * Fills a ring with the largest amounts that its orders have, every price bettered by the same factor: the n-th root of
 * what the product of all limits leaves. `orders[i]` buys what `orders[i + 1]` sells, the last what the first sells.
 *
 * Nobody gets less than the limit, to the unit, and what is sold is what is bought. `undefined` where the limits leave
 * nothing to share, or no whole amounts fit them.
 */
export function splitSurplus(orders: readonly RingOrder[]): Ring | undefined {
  const count = orders.length
  const product = orders.reduce<Fraction>(
    (total, order) => ({
      numerator: total.numerator * order.buyAmount,
      denominator: total.denominator * order.sellAmount,
    }),
    { numerator: 1n, denominator: 1n },
  )
  if (count < 2 || product.numerator > product.denominator) return undefined
  const start = findScarcest(orders)
  return (
    tryStart(orders, start, (turned) => shareEvenly(turned, product)) ??
    tryStart(orders, start, giveLimits) ??
    fillRing(
      orders,
      orders.map((order) => order.available),
    )
  )
}

/** The order that runs out first when all give at the bettered prices. */
function findScarcest(orders: readonly RingOrder[]): number {
  const prices = orders.map((order) => logarithm(order.buyAmount) - logarithm(order.sellAmount))
  const gain = -prices.reduce((sum, price) => sum + price, 0) / orders.length
  let needed = 0
  let scarcest = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, order] of orders.entries()) {
    const room = logarithm(order.available) - needed
    if (room < least) {
      least = room
      scarcest = index
    }
    needed += (prices[index] ?? 0) + gain
  }
  return scarcest
}

/** Lets one order give all that it has, and the others what follows from that. */
function tryStart(
  orders: readonly RingOrder[],
  start: number,
  divide: (orders: readonly RingOrder[]) => readonly bigint[],
): Ring | undefined {
  const turned = [...orders.slice(start), ...orders.slice(0, start)]
  const ring = fillRing(turned, divide(turned))
  return ring && [...ring.slice(orders.length - start), ...ring.slice(0, orders.length - start)]
}

/** What each sells at the bettered prices when the first sells all that it has; rounded down. */
function shareEvenly(orders: readonly RingOrder[], product: Fraction): readonly bigint[] {
  const count = BigInt(orders.length)
  const first = orders[0]?.available ?? 0n
  let limits: Fraction = { numerator: 1n, denominator: 1n }
  return orders.map((order, index) => {
    const step = BigInt(index)
    // (first * limits)^n * (1/product)^index is the n-th power of what this order sells.
    const numerator = (first * limits.numerator) ** count * product.denominator ** step
    const denominator = limits.denominator ** count * product.numerator ** step
    limits = {
      numerator: limits.numerator * order.buyAmount,
      denominator: limits.denominator * order.sellAmount,
    }
    return index === 0 ? first : floorRoot(numerator / denominator, orders.length)
  })
}

/** The least that everybody's limit asks for when the first sells all that it has: the last then has the surplus. */
function giveLimits(orders: readonly RingOrder[]): readonly bigint[] {
  const amounts: bigint[] = []
  for (const [index, order] of orders.entries()) {
    const previous = orders[index - 1]
    const sold = amounts[index - 1]
    amounts.push(
      previous === undefined || sold === undefined
        ? order.available
        : (sold * previous.buyAmount + previous.sellAmount - 1n) / previous.sellAmount,
    )
  }
  return amounts
}

/** The ring with these amounts sold, if every order has them and gets its limit. */
function fillRing(orders: readonly RingOrder[], amounts: readonly bigint[]): Ring | undefined {
  const ring: { order: RingOrder; sold: bigint; bought: bigint }[] = []
  for (const [index, order] of orders.entries()) {
    const sold = amounts[index] ?? 0n
    const bought = amounts[(index + 1) % orders.length] ?? 0n
    if (sold <= 0n || sold > order.available || (!order.isPartial && sold !== order.available))
      return undefined
    if (bought * order.sellAmount < sold * order.buyAmount) return undefined
    ring.push({ order, sold, bought })
  }
  return ring
}

/** The largest integer whose `degree`-th power is not above `value`, after Newton. */
export function floorRoot(value: bigint, degree: number): bigint {
  if (value < 2n) return value
  const n = BigInt(degree)
  const bits = logarithm(value) / Math.LN2 / degree
  const shift = Math.max(0, Math.floor(bits) - 50)
  // A little above the root, so that the steps come down to it and stop there.
  let root = BigInt(Math.ceil(2 ** (bits - shift) * (1 + 1e-9)) + 1) << BigInt(shift)
  for (;;) {
    const next = ((n - 1n) * root + value / root ** (n - 1n)) / n
    if (next >= root) return root
    root = next
  }
}
