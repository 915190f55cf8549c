import type { PriceWindow, PriceWindowRules } from '../triggers/PriceWindow.ts'
import type { TriggerIndex } from '../triggers/TriggerIndex.ts'
import type { OrderRequest, ScheduleRequest } from './commands.ts'
import type { CoreBook } from './core/CoreBook.ts'
import type { OrderSlots } from './core/OrderSlots.ts'
import type { EventBuffer } from './EventBuffer.ts'
import type { ExpiryQueue } from './ExpiryQueue.ts'
import type { EndReason } from './events.ts'
import type { OrderRegistry } from './OrderRegistry.ts'
import type { Price } from './price.ts'
import type { RestingOrders } from './RestingOrders.ts'

/**
 * Where an order stands.
 *
 * `waiting`: for its group's entry to fill. `armed`: for its trigger. `resting`: in the book. `working`: at market, to
 * be filled outside the book. `held`: another leg of its group may be filled at this moment. `closing`: to end as soon
 * as its reservations are settled.
 */
export type OrderStatus = 'waiting' | 'armed' | 'resting' | 'working' | 'held' | 'closing'

/** An order that has not ended; most resting ones are known without one. */
export interface OrderRecord {
  /** The request's, here so that most of what happens to an order need not look at the request again. */
  readonly id: string
  readonly request: OrderRequest
  /** Under which the registry knows it. */
  readonly number: number
  readonly market: MarketState
  readonly owner: number
  /** Time priority; given anew whenever the order goes to the end of a queue. */
  sequence: number
  status: OrderStatus
  /** In force until the order ends, then meaningless. */
  slot: number
  /** Open and not reserved, while the order is not resting; the book knows it otherwise. */
  remaining: bigint
  filledBase: bigint
  filledQuote: bigint
  /** `undefined` for most orders, of which there may be very many. */
  special: SpecialParts | undefined
}

/** What only few orders have. */
export interface SpecialParts {
  group: GroupState | undefined
  schedule: ScheduleState | undefined
  /** Set once the trigger has fired: from then on the order is a limit or market order. */
  isTriggered: boolean
  /** What a leg of a bracket may grow to with its entry's fills, once that is no more its size: what it was reduced to. */
  growthLimit: bigint | undefined
  /** Reservation names and sizes. */
  reservations: Map<string, bigint> | undefined
  /** External fills that have been counted. */
  reportedFills: Set<string> | undefined
  trailingBest: Price | undefined
  heldFrom: 'armed' | 'resting' | 'working' | undefined
  closingReason: EndReason | undefined
}

/** The special parts of an order, given to it where it has none yet. */
export function specialOf(record: OrderRecord): SpecialParts {
  record.special ??= {
    group: undefined,
    schedule: undefined,
    isTriggered: false,
    growthLimit: undefined,
    reservations: undefined,
    reportedFills: undefined,
    trailingBest: undefined,
    heldFrom: undefined,
    closingReason: undefined,
  }
  return record.special
}

/** Orders of which one fill ends the others; with an entry, they wait until it fills. */
export interface GroupState {
  readonly id: string
  readonly number: number
  entry: OrderRecord | undefined
  readonly legs: Set<OrderRecord>
}

export interface ScheduleState {
  readonly request: ScheduleRequest
  readonly market: MarketState
  readonly sequence: number
  nextSlice: number
  /** Left unfilled by earlier slices, for the next one. */
  carried: bigint
  filledBase: bigint
  filledQuote: bigint
  child: OrderRecord | undefined
  /** Slices that are over but have an execution in flight. */
  readonly closing: Set<OrderRecord>
  isCancelled: boolean
}

export interface MarketState {
  readonly name: string
  readonly book: CoreBook
  readonly window: PriceWindow
  readonly triggers: TriggerIndex
  readonly trailing: Set<OrderRecord>
}

/** What must still happen because of something that has happened, in order, before the command is over. */
export type FollowUp =
  | { readonly kind: 'filled'; readonly record: OrderRecord }
  | { readonly kind: 'triggered'; readonly record: OrderRecord }
  | { readonly kind: 'ended'; readonly record: OrderRecord; readonly remaining: bigint }

export interface EngineState {
  readonly rules: PriceWindowRules
  nowMs: number
  nextSequence: number
  nextGroup: number
  readonly orders: OrderRegistry
  readonly resting: RestingOrders
  readonly slots: OrderSlots
  readonly schedules: Map<string, ScheduleState | undefined>
  readonly groups: Map<string, GroupState | undefined>
  readonly reservations: Map<string, OrderRecord | undefined>
  readonly markets: Map<string, MarketState>
  readonly owners: Map<string, number>
  /** The last ones asked for: most orders come to the same market and account as the one before. */
  lastMarket: MarketState | undefined
  lastAccount: string | undefined
  lastOwner: number
  readonly expiries: ExpiryQueue
  readonly followUps: FollowUp[]
  readonly events: EventBuffer
}
