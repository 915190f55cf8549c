import { comparePrices, LARGEST_EXACT, type Price, toPriceKey } from '../price.ts'
import { computeExecution, lesserOf } from './computeExecution.ts'
import { fromExact, toExact } from './exactNumbers.ts'
import {
  AMOUNT_STRIDE,
  BOOK_SHIFT,
  FLAGS,
  HAS_MINIMUM,
  IS_BID,
  IS_EXCLUSIVE,
  IS_LIVE,
  IS_QUOTE_SIZED,
  IS_WIDE,
  LEVEL,
  NEXT,
  OrderSlots,
  OWNER,
  PREVIOUS,
  REMAINING,
  ROW_STRIDE,
} from './OrderSlots.ts'
import { FILLED, Outcomes, SELF_TRADE_DECREMENTED } from './Outcomes.ts'
import { BASE, HEAD, PriceLevels, QUEUE_STRIDE, QUOTE, TAIL, TERMS_STRIDE } from './PriceLevels.ts'

/** What happens when an order meets one of the same owner. */
export const ALLOW_SELF_TRADE = 0
export const CANCEL_TAKING = 1
export const CANCEL_RESTING = 2
export const CANCEL_BOTH = 3
export const DECREMENT_BOTH = 4

/** Orders with any of these bits are for the exact path. */
const IS_SPECIAL = IS_WIDE | IS_QUOTE_SIZED | HAS_MINIMUM | IS_EXCLUSIVE

/**
 * The book of one pair: exact price-time priority over integer handles.
 *
 * An order arrives (`arrive`, or `arriveExactly` for amounts of any size), is matched (`match`), and what is left of it
 * may rest (`rest`). Numbers are used wherever they are exact, bigints elsewhere, with the same results. Crossing
 * orders can stay side by side only when no exact trade between them exists or a minimum, or their owner, forbids it.
 */
export class CoreBook {
  readonly slots: OrderSlots
  readonly bids = new PriceLevels(true)
  readonly asks = new PriceLevels(false)
  readonly outcomes = new Outcomes()

  readonly #bookBits: number
  #isBid = false
  #flags = 0
  #owner = 0
  #selfTrade = ALLOW_SELF_TRADE
  // Not 0: a field that begins as a small integer changes the hidden class when it first holds any other number.
  #key = Number.NaN
  #quote = Number.NaN
  #base = Number.NaN
  #limit: Price | undefined = undefined
  #hasLimit = false
  /** The base term that was converted last: in most markets all limits have the same. */
  #knownBase = -1n
  #knownExactBase = Number.NaN
  #remaining = Number.NaN
  #wideRemaining = 0n
  #minimum = 0n
  #group = 0
  /** Groups that the arrived order has met already, itself included. */
  readonly #metGroups = new Set<number>()
  #isOpen = false

  /**
   * @param slots may be those of other books too: then no two orders of theirs have the same handle.
   * @param number tells the books that share them apart, from 0 to 2^23.
   */
  constructor(slots = new OrderSlots(), number = 0) {
    this.slots = slots
    this.#bookBits = number << BOOK_SHIFT
  }

  /** Takes an order with terms that are exact as numbers. `quote` and `base` are the limit's terms. */
  arrive(isBid: boolean, quote: number, base: number, size: number, owner: number, selfTrade: number): void {
    this.#isBid = isBid
    this.#flags = isBid ? IS_BID : 0
    this.#owner = owner
    this.#selfTrade = selfTrade
    this.#key = base === 1 ? quote : quote / base
    this.#quote = quote
    this.#base = base
    this.#limit = undefined
    this.#hasLimit = true
    this.#remaining = size
    this.#isOpen = size > 0
    this.outcomes.count = 0
  }

  /** Takes an order to be filled at any price, sized in the base token. */
  arriveAtMarket(isBid: boolean, size: number, owner: number, selfTrade: number): void {
    this.arrive(isBid, Number.NaN, Number.NaN, size, owner, selfTrade)
    this.#hasLimit = false
    this.#key = isBid ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  }

  /** Takes an order in exact terms. Without a `limit` it is matched at any price, and cannot rest. */
  arriveExactly(
    isBid: boolean,
    isQuoteSized: boolean,
    limit: Price | undefined,
    size: bigint,
    owner: number,
    selfTrade: number,
  ): void {
    const quote = limit === undefined ? Number.NaN : toExact(limit.quote)
    const base = limit === undefined ? Number.NaN : this.#toExactBase(limit.base)
    const isNarrowLimit = !Number.isNaN(quote) && !Number.isNaN(base)
    const narrowSize = toExact(size)
    const isWide = Number.isNaN(narrowSize)
    this.arrive(
      isBid,
      isNarrowLimit ? quote : Number.NaN,
      isNarrowLimit ? base : Number.NaN,
      isWide ? 1 : narrowSize,
      owner,
      selfTrade,
    )
    this.#limit = limit
    this.#hasLimit = limit !== undefined
    if (isQuoteSized) this.#flags |= IS_QUOTE_SIZED
    if (isWide) {
      this.#flags |= IS_WIDE
      this.#wideRemaining = size
    }
    if (limit === undefined) {
      this.#key = isBid ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    } else if (!isNarrowLimit) {
      this.#key = toPriceKey(limit)
    }
  }

  /** Asks for at least this much in every execution of the arrived order, in the unit of its size. */
  requireMinimum(minimum: bigint): void {
    this.#flags |= HAS_MINIMUM
    this.#minimum = minimum
  }

  /** Makes the arrived order one of a group of which no two may be filled. */
  joinGroup(group: number): void {
    this.#flags |= IS_EXCLUSIVE
    this.#group = group
  }

  /** What is left of the arrived order. */
  get arrivedRemaining(): bigint {
    return (this.#flags & IS_WIDE) !== 0 ? this.#wideRemaining : fromExact(this.#remaining)
  }

  /** False once the arrived order is filled, or ended by its self-trade rule. */
  get isArrivedOpen(): boolean {
    return this.#isOpen
  }

  /** Whether the arrived order crosses the best resting one. */
  get isCrossing(): boolean {
    const levels = this.#isBid ? this.asks : this.bids
    const level = levels.toBest()
    return level !== -1 && this.#crosses(levels, level)
  }

  /** Whether matching would fill the arrived order completely; changes nothing. */
  canFillCompletely(): boolean {
    const remaining = this.#remaining
    const wideRemaining = this.#wideRemaining
    const flags = this.#flags
    this.#walk(false)
    const isFilled = this.#remaining === 0 && (this.#flags & IS_WIDE) === 0
    this.#remaining = remaining
    this.#wideRemaining = wideRemaining
    this.#flags = flags
    this.#isOpen = true
    return isFilled
  }

  /** Matches the arrived order; `outcomes` then tells what happened to whom. */
  match(): void {
    this.#walk(true)
  }

  /** Puts what is left of the arrived order at the end of its price's queue and returns its handle. */
  rest(): number {
    if (!this.#isOpen || !this.#hasLimit) throw new RangeError('Only the open rest of a limit order can rest')
    const levels = this.#isBid ? this.bids : this.asks
    const level = Number.isNaN(this.#quote)
      ? levels.resolveExactly(this.#key, this.#exactLimit())
      : levels.resolve(this.#key, this.#quote, this.#base)
    const slots = this.slots
    const flags = this.#flags
    const slot = slots.take()
    const { rows } = slots
    const { queues } = levels
    const row = slot * ROW_STRIDE
    const queue = level * QUEUE_STRIDE
    const tail = queues[queue + TAIL] as number
    rows[row + NEXT] = -1
    rows[row + PREVIOUS] = tail
    rows[row + LEVEL] = level
    rows[row + OWNER] = this.#owner
    rows[row + FLAGS] = flags | IS_LIVE | this.#bookBits
    slots.amounts[slot * AMOUNT_STRIDE + REMAINING] = this.#remaining
    if ((flags & IS_SPECIAL) !== 0) this.#keepRareParts(slot, flags)
    if (tail === -1) queues[queue + HEAD] = slot
    else rows[tail * ROW_STRIDE + NEXT] = slot
    queues[queue + TAIL] = slot
    return slot
  }

  #keepRareParts(slot: number, flags: number): void {
    const slots = this.slots
    if ((flags & IS_WIDE) !== 0) slots.setWideRemaining(slot, this.#wideRemaining)
    if ((flags & HAS_MINIMUM) !== 0) slots.minimum.set(slot, this.#minimum)
    if ((flags & IS_EXCLUSIVE) !== 0) slots.group.set(slot, this.#group)
  }

  /** Removes a resting order. */
  cancel(slot: number): void {
    this.#assertLive(slot)
    this.#unlink(slot).dropEmptyLevels()
  }

  /** Takes `by` off a resting order, which keeps its place; it must have more than that left. */
  reduce(slot: number, by: bigint): void {
    this.#assertLive(slot)
    const remaining = this.slots.remainingOf(slot)
    if (by < 0n || by >= remaining) throw new RangeError(`Cannot take ${by} of ${remaining}`)
    this.slots.setRemaining(slot, remaining - by)
  }

  /** Gives back to a resting order what was taken off it before; it keeps its place. */
  restore(slot: number, by: bigint): void {
    this.#assertLive(slot)
    if (by < 0n) throw new RangeError(`Cannot give back ${by}`)
    this.slots.setRemaining(slot, this.slots.remainingOf(slot) + by)
  }

  /** The best `count` prices of a side with their orders in time priority, the best price first. */
  levels(
    isBid: boolean,
    count: number,
  ): readonly { readonly price: Price; readonly orders: readonly number[] }[] {
    const levels = isBid ? this.bids : this.asks
    const found: { readonly price: Price; readonly orders: readonly number[] }[] = []
    for (let level = levels.toBest(); level !== -1 && found.length < count; level = levels.toNext(level)) {
      const orders: number[] = []
      for (let slot = levels.queues[level * QUEUE_STRIDE + HEAD] as number; slot !== -1; ) {
        orders.push(slot)
        slot = this.slots.rows[slot * ROW_STRIDE + NEXT] as number
      }
      found.push({ price: levels.priceOf(level), orders })
    }
    return found
  }

  isLive(slot: number): boolean {
    return ((this.slots.rows[slot * ROW_STRIDE + FLAGS] ?? 0) & IS_LIVE) !== 0
  }

  #assertLive(slot: number): void {
    if (!this.isLive(slot)) throw new RangeError(`No resting order has the handle ${slot}`)
  }

  #walk(isCommitting: boolean): void {
    const levels = this.#isBid ? this.asks : this.bids
    let level = levels.toBest()
    if (level === -1 || !this.#crosses(levels, level)) return
    if (this.#metGroups.size > 0) this.#metGroups.clear()
    if ((this.#flags & IS_EXCLUSIVE) !== 0) this.#metGroups.add(this.#group)
    const { rows } = this.slots
    do {
      let slot = levels.queues[level * QUEUE_STRIDE + HEAD] as number
      while (slot !== -1 && this.#isOpen) {
        const following = rows[slot * ROW_STRIDE + NEXT] as number
        this.#meet(levels, level, slot, isCommitting)
        slot = following
      }
      if (!this.#isOpen) break
      level = levels.toNext(level)
    } while (level !== -1 && this.#crosses(levels, level))
    if (isCommitting) levels.dropEmptyLevels()
  }

  #crosses(levels: PriceLevels, level: number): boolean {
    const key = levels.keyOf(level)
    if (key !== this.#key) return this.#isBid ? key < this.#key : key > this.#key
    const left = (levels.terms[level * TERMS_STRIDE + QUOTE] as number) * this.#base
    const right = this.#quote * (levels.terms[level * TERMS_STRIDE + BASE] as number)
    if (left <= LARGEST_EXACT && right <= LARGEST_EXACT) return this.#isBid ? left <= right : left >= right
    const order = comparePrices(levels.priceOf(level), this.#exactLimit())
    return this.#isBid ? order <= 0 : order >= 0
  }

  #toExactBase(base: bigint): number {
    if (base !== this.#knownBase) {
      this.#knownBase = base
      this.#knownExactBase = toExact(base)
    }
    return this.#knownExactBase
  }

  #exactLimit(): Price {
    this.#limit ??= { quote: fromExact(this.#quote), base: fromExact(this.#base) }
    return this.#limit
  }

  #meet(levels: PriceLevels, level: number, slot: number, isCommitting: boolean): void {
    const slots = this.slots
    const isSelfTrade =
      this.#selfTrade !== ALLOW_SELF_TRADE && slots.rows[slot * ROW_STRIDE + OWNER] === this.#owner
    if (isSelfTrade && this.#selfTrade !== DECREMENT_BOTH) {
      this.#refuseSelfTrade(slot, isCommitting)
      return
    }
    if (((slots.flagsOf(slot) | this.#flags) & IS_SPECIAL) === 0 && !isSelfTrade) {
      const { amounts } = slots
      const amount = slot * AMOUNT_STRIDE + REMAINING
      const makerRemaining = amounts[amount] as number
      const remaining = this.#remaining
      const base = Math.min(makerRemaining, remaining)
      const product = base * (levels.terms[level * TERMS_STRIDE + QUOTE] as number)
      const divisor = levels.terms[level * TERMS_STRIDE + BASE] as number
      const quote = divisor === 1 ? product : Math.floor(product / divisor)
      // Without a remainder there is no rounding, so both limits hold; everything else is for the exact path.
      if (product <= LARGEST_EXACT && quote * divisor === product) {
        this.#remaining = remaining - base
        if (remaining === base) this.#isOpen = false
        if (!isCommitting) return
        const hasEnded = base === makerRemaining
        if (hasEnded) this.#unlink(slot)
        else amounts[amount] = makerRemaining - base
        this.outcomes.add(FILLED, slot, base, quote, hasEnded)
        return
      }
    }
    this.#meetExactly(levels, level, slot, isSelfTrade, isCommitting)
  }

  #refuseSelfTrade(slot: number, isCommitting: boolean): void {
    if (this.#selfTrade !== CANCEL_RESTING) this.#isOpen = false
    if (!isCommitting || this.#selfTrade === CANCEL_TAKING) return
    const remaining = this.slots.remainingOf(slot)
    this.#unlink(slot)
    this.outcomes.addCancelled(slot, remaining)
  }

  #meetExactly(
    levels: PriceLevels,
    level: number,
    slot: number,
    isSelfTrade: boolean,
    isCommitting: boolean,
  ): void {
    const slots = this.slots
    const makerFlags = slots.flagsOf(slot)
    const group = (makerFlags & IS_EXCLUSIVE) !== 0 ? slots.group.get(slot) : undefined
    // A leg beside one that was just filled is still in the book, and must not be filled as well.
    if (group !== undefined && this.#metGroups.has(group)) return
    const makerRemaining = slots.remainingOf(slot)
    const takerRemaining = this.arrivedRemaining
    const isMakerQuoteSized = (makerFlags & IS_QUOTE_SIZED) !== 0
    const isTakerQuoteSized = (this.#flags & IS_QUOTE_SIZED) !== 0
    const makerBase = isMakerQuoteSized ? undefined : makerRemaining
    const takerBase = isTakerQuoteSized ? undefined : takerRemaining
    const makerQuote = isMakerQuoteSized ? makerRemaining : undefined
    const takerQuote = isTakerQuoteSized ? takerRemaining : undefined
    const execution = computeExecution({
      isMakerBid: !this.#isBid,
      makerPrice: levels.priceOf(level),
      takerLimit: this.#hasLimit ? this.#exactLimit() : undefined,
      baseLimit: lesserOf(makerBase, takerBase),
      quoteLimit: lesserOf(makerQuote, takerQuote),
    })
    if (execution === undefined) return
    const makerAmount = isMakerQuoteSized ? execution.quote : execution.base
    const takerAmount = isTakerQuoteSized ? execution.quote : execution.base
    const makerMinimum = (makerFlags & HAS_MINIMUM) !== 0 ? (slots.minimum.get(slot) ?? 0n) : 0n
    if (makerAmount < makerMinimum && makerAmount !== makerRemaining) return
    if ((this.#flags & HAS_MINIMUM) !== 0 && takerAmount < this.#minimum && takerAmount !== takerRemaining) {
      return
    }
    if (group !== undefined) this.#metGroups.add(group)
    if (isSelfTrade && !isCommitting) {
      // An order that decrements itself away is not filled.
      this.#isOpen = false
      return
    }
    this.#setRemaining(takerRemaining - takerAmount)
    if (!isCommitting) return
    const hasEnded = makerAmount === makerRemaining
    if (hasEnded) this.#unlink(slot)
    else slots.setRemaining(slot, makerRemaining - makerAmount)
    this.outcomes.addExact(isSelfTrade ? SELF_TRADE_DECREMENTED : FILLED, slot, execution, hasEnded)
  }

  #setRemaining(remaining: bigint): void {
    const narrow = toExact(remaining)
    if (Number.isNaN(narrow)) {
      this.#wideRemaining = remaining
      return
    }
    this.#flags &= ~IS_WIDE
    this.#remaining = narrow
    if (remaining === 0n) this.#isOpen = false
  }

  #unlink(slot: number): PriceLevels {
    const slots = this.slots
    const { rows } = slots
    const row = slot * ROW_STRIDE
    const levels = ((rows[row + FLAGS] as number) & IS_BID) !== 0 ? this.bids : this.asks
    const { queues } = levels
    const queue = (rows[row + LEVEL] as number) * QUEUE_STRIDE
    const next = rows[row + NEXT] as number
    const previous = rows[row + PREVIOUS] as number
    if (previous === -1) queues[queue + HEAD] = next
    else rows[previous * ROW_STRIDE + NEXT] = next
    if (next === -1) queues[queue + TAIL] = previous
    else rows[next * ROW_STRIDE + PREVIOUS] = previous
    if (previous === -1 && next === -1) levels.noteEmptied(rows[row + LEVEL] as number)
    slots.release(slot)
    return levels
  }
}
