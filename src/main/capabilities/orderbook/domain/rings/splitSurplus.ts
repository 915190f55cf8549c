import { logarithm } from './logarithm.ts'
import type { Ring, RingOrder } from './ringOrder.ts'

interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** An order in a search for rings, with what is worked out about it once. */
export interface RingMember {
  readonly order: RingOrder
  available: bigint
  /** Natural logarithm of the price, buy over sell: a guide, never for amounts. */
  readonly price: number
  /** The same of what is available, NaN until it is asked for: most orders are part of no cycle. */
  room: number
}

/** Bits behind the point of the factor by which prices are bettered. */
const FACTOR_BITS = 64n
/** Within this, logarithms say nothing. */
const TOLERANCE = 1e-8

export function toMember(order: RingOrder): RingMember {
  const price = logarithm(order.buyAmount) - logarithm(order.sellAmount)
  return { order, available: order.available, price, room: Number.NaN }
}

/** Takes what was sold off an order. */
export function sell(member: RingMember, sold: bigint): void {
  member.available -= sold
  member.room = Number.NaN
}

function roomOf(member: RingMember): number {
  if (Number.isNaN(member.room)) {
    member.room = member.available > 0n ? logarithm(member.available) : Number.NEGATIVE_INFINITY
  }
  return member.room
}

/**
 * Fills a ring with the largest amounts that its orders have, every price bettered by the same factor: the n-th root of
 * what the product of all limits leaves. `orders[i]` buys what `orders[i + 1]` sells, the last what the first sells.
 *
 * Nobody gets less than the limit, to the unit, and what is sold is what is bought. `undefined` where the limits leave
 * nothing to share, or no whole amounts fit them.
 */
export function splitSurplus(members: readonly RingMember[]): Ring | undefined {
  const count = members.length
  let weight = 0
  for (const { price } of members) weight += price
  if (count < 2 || weight > TOLERANCE) return undefined
  const gain = -weight / count
  const start = findScarcest(members, gain)
  const isEven = canServeWhole(members, start, gain)
  const isLimit = canServeWhole(members, start, 0)
  const isAll = canSellAll(members)
  // Most cycles that fail do so because of an order that is filled as a whole or not at all: no amounts are tried then.
  if (!isEven && !isLimit && !isAll) return undefined
  const product = multiplyLimits(members)
  if (product.numerator > product.denominator) return undefined
  const turned = start === 0 ? members : [...members.slice(start), ...members.slice(0, start)]
  return (
    (isEven ? turnBack(fillRing(turned, shareEvenly(turned, product)), start) : undefined) ??
    (isLimit ? turnBack(fillRing(turned, giveLimits(turned)), start) : undefined) ??
    (isAll
      ? fillRing(
          members,
          members.map((member) => member.available),
        )
      : undefined)
  )
}

function multiplyLimits(members: readonly RingMember[]): Fraction {
  let numerator = 1n
  let denominator = 1n
  for (const { order } of members) {
    numerator *= order.buyAmount
    denominator *= order.sellAmount
  }
  return { numerator, denominator }
}

/** The order that runs out first when all give at the bettered prices. */
function findScarcest(members: readonly RingMember[], gain: number): number {
  let needed = 0
  let scarcest = 0
  let least = Number.POSITIVE_INFINITY
  for (let index = 0; index < members.length; index += 1) {
    const member = members[index] as RingMember
    const left = roomOf(member) - needed
    if (left < least) {
      least = left
      scarcest = index
    }
    needed += member.price + gain
  }
  return scarcest
}

/** False where, when the one at `start` sells all that it has, an order that is filled as a whole surely would not be. */
function canServeWhole(members: readonly RingMember[], start: number, gain: number): boolean {
  let sold = roomOf(members[start] as RingMember)
  let rounding = TOLERANCE
  for (let step = 0; step < members.length; step += 1) {
    const member = members[(start + step) % members.length] as RingMember
    // Each amount is rounded to a whole unit, and the next follows from it.
    rounding += 2 * Math.exp(-sold)
    if (!member.order.isPartial && Math.abs(sold - roomOf(member)) > rounding) return false
    sold += member.price + gain
  }
  return true
}

/** False where somebody surely would not get the limit if all sold all that they have. */
function canSellAll(members: readonly RingMember[]): boolean {
  let before = members[members.length - 1] as RingMember
  for (const member of members) {
    if (roomOf(member) - roomOf(before) - before.price <= -TOLERANCE) return false
    before = member
  }
  return true
}

function turnBack(ring: Ring | undefined, start: number): Ring | undefined {
  if (ring === undefined || start === 0) return ring
  return [...ring.slice(ring.length - start), ...ring.slice(0, ring.length - start)]
}

/** What each sells at the bettered prices when the first sells all that it has; rounded down. */
function shareEvenly(members: readonly RingMember[], product: Fraction): readonly bigint[] {
  const count = members.length
  const scaled = (product.denominator << (FACTOR_BITS * BigInt(count))) / product.numerator
  const factor = floorRoot(scaled, count)
  let numerator = members[0]?.available ?? 0n
  let denominator = 1n
  return members.map(({ order }) => {
    const sold = numerator / denominator
    numerator *= order.buyAmount * factor
    denominator = (denominator * order.sellAmount) << FACTOR_BITS
    return sold
  })
}

/** The least that everybody's limit asks for when the first sells all that it has: the last then has the surplus. */
function giveLimits(members: readonly RingMember[]): readonly bigint[] {
  let sold = members[0]?.available ?? 0n
  return members.map(({ order }) => {
    const amount = sold
    sold = (sold * order.buyAmount + order.sellAmount - 1n) / order.sellAmount
    return amount
  })
}

/** The ring with these amounts sold, if every order has them and gets its limit. */
function fillRing(members: readonly RingMember[], amounts: readonly bigint[]): Ring | undefined {
  const ring: { order: RingOrder; sold: bigint; bought: bigint }[] = []
  for (const [index, { order, available }] of members.entries()) {
    const sold = amounts[index] ?? 0n
    const bought = amounts[(index + 1) % members.length] ?? 0n
    if (sold <= 0n || sold > available || (!order.isPartial && sold !== available)) return undefined
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
