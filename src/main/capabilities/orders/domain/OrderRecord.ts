import type { Order, OrderFill, OrderLeg, OrderPrice, OrderSide } from '../../../../shared/contract/orders.ts'
import type { RuleId } from '../../../../shared/contract/rules.ts'
import type { EngineCommand } from '../../orderbook/index.ts'

/** One part of an order: what the engine knows under `id`, and the rule that lets it be filled. */
export interface PlannedLeg {
  readonly id: string
  readonly role: OrderLeg['role']
  readonly side: OrderSide
  /** The engine's name for what it is watched on. */
  readonly market: string
  readonly trigger: OrderPrice | undefined
  readonly limit: OrderPrice
  /** In the token given. */
  readonly size: bigint
  /** Which of the order's rules. */
  readonly rule: number
}

/** An order as it is kept: what was asked for, what the engine was told, and what came of it. */
export interface OrderRecord {
  readonly order: Omit<Order, 'legs' | 'fills' | 'ruleIds'>
  /** What places it in the engine; repeated after a crash, since an identifier is taken once. */
  readonly command: EngineCommand
  readonly legs: readonly PlannedLeg[]
  readonly ruleIds: readonly RuleId[]
  readonly fills: readonly OrderFill[]
  /** Whether the price was the user's own, so that better ones can be told as an improvement. */
  readonly hasOwnPrice: boolean
  /** Whether its rules may still be in force. */
  readonly hasRules: boolean
}
