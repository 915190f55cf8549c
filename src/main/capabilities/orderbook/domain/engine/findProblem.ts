import type { OrderRequest, ScheduleRequest } from './commands.ts'
import type { RejectionReason } from './events.ts'
import { isIdentifier } from './identifier.ts'
import type { Price } from './price.ts'
import type { EngineState } from './state.ts'

const LARGEST_AMOUNT = 2n ** 256n - 1n
const MOST_SLICES = 10_000

/** Why an order cannot be taken, or `undefined`. */
export function findOrderProblem(state: EngineState, order: OrderRequest): RejectionReason | undefined {
  const { terms, timeInForce } = order
  if (state.orders.has(order.id) || (state.schedules.size > 0 && state.schedules.has(order.id))) {
    return 'duplicateId'
  }
  if (!state.orders.isLastIdentifier) return 'invalidOrder'
  if (order.size <= 0n || order.size > LARGEST_AMOUNT) return 'invalidOrder'
  if (order.minimumFill !== 0n && (order.minimumFill < 0n || order.minimumFill > order.size))
    return 'invalidOrder'
  if (terms.type === 'limit') {
    if (!isPrice(terms.limit)) return 'invalidOrder'
  } else if (order.postOnly) {
    return 'invalidOrder'
  } else if (terms.type === 'trailingStop') {
    if (!isWithin(terms.distanceBps, 1, 9_999) || !isPriceOrAbsent(terms.limit)) return 'invalidOrder'
  } else if (terms.type !== 'market') {
    if (!isPrice(terms.trigger) || !isPriceOrAbsent(terms.limit)) return 'invalidOrder'
  }
  if (order.postOnly && (timeInForce.kind === 'immediateOrCancel' || timeInForce.kind === 'fillOrKill')) {
    return 'invalidOrder'
  }
  if (timeInForce.kind === 'goodTillTime' && timeInForce.expiresAtMs <= state.nowMs) return 'alreadyExpired'
  return undefined
}

/** Why a schedule cannot be taken, or `undefined`. */
export function findScheduleProblem(
  state: EngineState,
  schedule: ScheduleRequest,
): RejectionReason | undefined {
  if (!isIdentifier(schedule.id)) return 'invalidSchedule'
  if (state.orders.has(schedule.id) || state.schedules.has(schedule.id)) return 'duplicateId'
  if (schedule.size <= 0n || schedule.size > LARGEST_AMOUNT) return 'invalidSchedule'
  if (!isPriceOrAbsent(schedule.limit)) return 'invalidSchedule'
  if (!isWithin(schedule.slices, 1, MOST_SLICES) || !isWithin(schedule.intervalMs, 1, 2 ** 40)) {
    return 'invalidSchedule'
  }
  // Slices keep their order however the draws fall.
  if (!isWithin(schedule.jitterMs, 0, schedule.intervalMs - 1)) return 'invalidSchedule'
  return isWithin(schedule.startMs, 0, 2 ** 52) && isWithin(schedule.seed, 0, 2 ** 32 - 1)
    ? undefined
    : 'invalidSchedule'
}

/** Whether both terms are positive and fit the chain's integers. */
export function isPrice(price: Price): boolean {
  return price.quote > 0n && price.base > 0n && price.quote <= LARGEST_AMOUNT && price.base <= LARGEST_AMOUNT
}

function isPriceOrAbsent(price: Price | undefined): boolean {
  return price === undefined || isPrice(price)
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most
}
