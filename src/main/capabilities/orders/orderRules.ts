import type { RuleId, RuleScope } from '../../../shared/contract/rules.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import type { SwapVenues } from '../swaps/index.ts'
import { toRate } from './domain/orderPrices.ts'
import type { PlannedRule } from './domain/planOrder.ts'
import type { OrderLedger } from './openOrderLedger.ts'
import type { OrderRecord, OrderRules } from './orders.ports.ts'

/** keccak256("execute(bytes,bytes[],uint256)"), first four bytes. */
const executeSelector = '0x3593564c'

/** What the approval window shows, and the signer holds to. */
export function scopeOf(
  order: Pick<OrderRecord['order'], 'accountId' | 'chainId' | 'base' | 'quote' | 'expiresAtMs' | 'terms'>,
  rule: PlannedRule,
  venues: SwapVenues,
  maximumFee: RuleScope['maximumFee'],
  nowMs: number,
): RuleScope {
  const [token, buy] = rule.side === 'sell' ? [order.base, order.quote] : [order.quote, order.base]
  const contracts = [
    venues.universalRouter,
    ...(venues.balancer ? [venues.balancer.vault] : []),
    ...(venues.limitOrderProtocol ? [venues.limitOrderProtocol] : []),
  ]
  return {
    name: `${token.symbol} → ${buy.symbol}`.slice(0, 64),
    accountId: order.accountId,
    chainId: order.chainId,
    contract: venues.universalRouter,
    selector: executeSelector,
    recipients: [],
    token,
    maximumUnits: baseUnits(rule.units),
    maximumUnitsPerUse: baseUnits(rule.units),
    maximumFee,
    maximumUses: rule.maximumUses,
    swap: { buy, limit: toRate(rule.limit, rule.side), venues: contracts },
    startsAtMs: Math.min(nowMs, order.expiresAtMs - 1),
    expiresAtMs: order.expiresAtMs,
  }
}

/** Asks for every rule; what was given before a refusal is taken back. `undefined` where the user refused. */
export async function askForRules(
  rules: OrderRules,
  scopes: readonly RuleScope[],
): Promise<RuleId[] | undefined> {
  const ruleIds: RuleId[] = []
  for (const scope of scopes) {
    const rule = await rules.request(scope).catch(async (thrown: unknown) => {
      for (const ruleId of ruleIds) await rules.revoke(ruleId)
      throw thrown
    })
    if (!rule) {
      for (const ruleId of ruleIds) await rules.revoke(ruleId)
      return undefined
    }
    ruleIds.push(rule.id)
  }
  return ruleIds
}

/** What an order was allowed ends with it. Locked, it is done with the next unlocking. */
export async function endRules(rules: OrderRules, own: OrderLedger, record: OrderRecord): Promise<void> {
  const isOnItsWay = own.executions().some(({ orderId }) => orderId === record.order.id)
  if (isOnItsWay) return
  for (const ruleId of record.ruleIds) {
    try {
      await rules.revoke(ruleId)
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      if (thrown.code !== 'rule.missing') return
    }
  }
  own.update({ ...record, hasRules: false })
}

/** For a rule that is to be ended: one that is gone already is no failure. */
export function ignoreMissing(thrown: unknown): void {
  if (!(thrown instanceof AppError) || thrown.code !== 'rule.missing') throw thrown
}
