import { mulDivDown, mulDivUp } from '../../../../../shared/money/mulDiv.ts'
import type { LimitOrder } from './limitOrder.ts'

/** What changes hands in a fill: the taker gets `making` and pays `taking`. */
export interface FillAmounts {
  readonly making: bigint
  readonly taking: bigint
}

const WORD = 1n << 256n

/**
 * What the contract moves when the taker asks for an amount of the maker's token: at most what remains, the payment
 * rounded up. `undefined` where the contract reverts.
 */
export function computeFillByMaking(
  order: LimitOrder,
  requestedMaking: bigint,
  remainingMaking: bigint,
): FillAmounts | undefined {
  const making = requestedMaking < remainingMaking ? requestedMaking : remainingMaking
  const taking = takingFor(order, making)
  return taking === undefined || making === 0n || taking === 0n ? undefined : { making, taking }
}

/**
 * What the contract moves when the taker offers an amount of the taker's token: the maker's token rounded down, and
 * where less remains, all of that for a payment rounded up. `undefined` where the contract reverts.
 */
export function computeFillByTaking(
  order: LimitOrder,
  offeredTaking: bigint,
  remainingMaking: bigint,
): FillAmounts | undefined {
  if (offeredTaking * order.makingAmount >= WORD) return undefined
  const making = mulDivDown(offeredTaking, order.makingAmount, order.takingAmount)
  if (making > remainingMaking) {
    const amounts = computeFillByMaking(order, remainingMaking, remainingMaking)
    return amounts === undefined || amounts.taking > offeredTaking ? undefined : amounts
  }
  return making === 0n || offeredTaking === 0n ? undefined : { making, taking: offeredTaking }
}

/** Beyond a word the contract's checked arithmetic reverts. */
function takingFor(order: LimitOrder, making: bigint): bigint | undefined {
  if (making * order.takingAmount + order.makingAmount - 1n >= WORD) return undefined
  return mulDivUp(making, order.takingAmount, order.makingAmount)
}
