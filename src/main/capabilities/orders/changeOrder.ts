import type { OrderPrice, OrderSide } from '../../../shared/contract/orders.ts'
import type { RuleId } from '../../../shared/contract/rules.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { parseUnits } from '../../../shared/money/parseUnits.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { isRuleOver, isRuleUsedUp } from '../../../shared/rules/ruleEnds.ts'
import { comparePrices } from '../orderbook/index.ts'
import type { SwapVenues } from '../swaps/index.ts'
import { isLegOpen } from './describeOrder.ts'
import { parsePrice, toRate } from './domain/orderPrices.ts'
import type { PlannedRule } from './domain/planOrder.ts'
import type { OrderLedger } from './openOrderLedger.ts'
import { askForRules, ignoreMissing, scopeOf } from './orderRules.ts'
import type { OrderRecord, OrderRules, PlannedLeg } from './orders.ports.ts'

export interface ChangeOrderDeps {
  readonly rules: OrderRules
  readonly nowMs: () => number
}

/** Transactions that a rule which is given anew allows. */
const renewedUses = 50

/**
 * Takes some of what is open of an order of one part away.
 *
 * @throws AppError `order.invalid`, `amount.*`
 */
export async function reduceOrder(own: OrderLedger, record: OrderRecord, text: string): Promise<OrderRecord> {
  const { order } = record
  const { leg, by } = readReduction(own, record, text)
  await own.execute({ kind: 'reduce', id: leg.id, by })
  const reduced = { ...record, order: { ...order, size: baseUnits(order.size - by) } }
  own.update(reduced)
  return reduced
}

/**
 * What fills that never came have used up of an order's rules, or the user took back, is asked for anew: as much as is still open.
 * Rules that still hold, and those of parts that are over, stay as they are. `undefined` where the user refused.
 *
 * @throws AppError `order.busy`, `order.notOpen`
 */
export async function renewRules(
  { rules, nowMs }: ChangeOrderDeps,
  own: OrderLedger,
  record: OrderRecord,
  venues: SwapVenues,
): Promise<OrderRecord | undefined> {
  const { order, legs, ruleIds } = record
  if (own.executions().some(({ orderId }) => orderId === order.id)) throw new AppError('order.busy')
  const open = legs.filter((leg) => isLegOpen(own.engine, leg))
  const known = await rules.list()
  const isOfUse = (ruleId: RuleId) =>
    known.some((rule) => rule.id === ruleId && !isRuleOver(rule, nowMs()) && !isRuleUsedUp(rule))
  const needed = ruleIds.flatMap((ruleId, index): { index: number; rule: PlannedRule }[] => {
    const parts = open.filter(({ rule }) => rule === index)
    const [first] = parts
    if (!first || isOfUse(ruleId)) return []
    // Of parts that share a rule it allows the worst price, as when the order was placed.
    const limit = parts.map((leg) => leg.limit).reduce((a, b) => (isWorseFor(first.side, a, b) ? a : b))
    const units = index === 0 ? order.size - order.filledSold : first.size
    if (units <= 0n) throw new AppError('order.notOpen')
    return [{ index, rule: { side: first.side, units, limit, maximumUses: renewedUses } }]
  })
  const given = await askForRules(
    rules,
    needed.map(({ rule }) => scopeOf(order, rule, venues, order.maximumFee, nowMs())),
  )
  if (!given) return undefined
  const renewedIds = [...ruleIds]
  for (const [at, { index }] of needed.entries()) renewedIds[index] = given[at] as RuleId
  const renewed = { ...(own.find(order.id) ?? record), ruleIds: renewedIds, hasRules: true }
  own.update(renewed)
  for (const { index } of needed) await rules.revoke(ruleIds[index] as RuleId).catch(ignoreMissing)
  return renewed
}

/**
 * Puts a new part in the place of a limit order's old one, smaller where `reduceBy` is given, with a rule of its own where the price got
 * worse for the user; `undefined` where the user refused that, and nothing is changed.
 *
 * @throws AppError `order.invalid`, `order.busy`, `amount.*`
 */
export async function repriceOrder(
  { rules, nowMs }: ChangeOrderDeps,
  own: OrderLedger,
  record: OrderRecord,
  venues: SwapVenues,
  text: string,
  reduceBy?: string,
): Promise<OrderRecord | undefined> {
  const { order, legs } = record
  const [leg] = legs
  if (!leg || legs.length > 1 || order.terms.type !== 'limit' || record.command.kind !== 'place') {
    throw new AppError('order.invalid', { reason: 'edit' })
  }
  const view = own.engine.order(leg.id)
  if (!view || view.reserved > 0n) throw new AppError('order.busy')
  const limit = parsePrice(text, order.base, order.quote)
  const by = reduceBy === undefined ? 0n : readReduction(own, record, reduceBy).by
  const [old, next] = [toRate(leg.limit, leg.side), toRate(limit, leg.side)]
  const isWorse = next.bought * old.sold < old.bought * next.sold
  const [oldRule] = record.ruleIds
  let ruleIds = record.ruleIds
  if (isWorse) {
    const rule = { side: leg.side, units: view.open - by, limit, maximumUses: renewedUses }
    const given = await askForRules(rules, [scopeOf(order, rule, venues, order.maximumFee, nowMs())])
    if (!given) return undefined
    ruleIds = given
  }
  const now = own.engine.order(leg.id)
  // While the user was asked, a part may have been filled.
  if (!now || now.reserved > 0n || now.open <= by) {
    if (isWorse) for (const ruleId of ruleIds) await rules.revoke(ruleId)
    throw new AppError('order.busy')
  }
  const edits = Number(/\.(\d+)$/.exec(leg.id)?.[1] ?? 0)
  const id = `${order.id}.${edits + 1}`
  const { order: placed } = record.command
  const command = {
    kind: 'place',
    order: { ...placed, id, size: now.open - by, terms: { type: 'limit', limit } },
  } as const
  // Fills that came meanwhile are in the record as it is now.
  const current = own.find(order.id) ?? record
  // The new part stands in the record before the old one goes, so that the order never looks as if it had none.
  const edited: OrderRecord = {
    ...current,
    ruleIds,
    command,
    hasRules: true,
    legs: [{ ...leg, id, limit, size: now.open - by }],
    order: {
      ...current.order,
      size: baseUnits(order.size - by),
      terms: { ...order.terms, price: text },
      // What was filled before the price got better was filled at the old one.
      worstPrice: isWorse || current.order.filledSold === 0n ? limit : order.worstPrice,
    },
  }
  own.update(edited)
  await own.execute(command)
  await own.attempt({ kind: 'cancel', id: leg.id })
  if (isWorse && oldRule) await rules.revoke(oldRule).catch(ignoreMissing)
  return edited
}

/** @throws AppError `order.invalid`, `amount.*` */
function readReduction(
  own: OrderLedger,
  { order, legs }: OrderRecord,
  text: string,
): { readonly leg: PlannedLeg; readonly by: bigint } {
  const [leg] = legs
  if (!leg || legs.length > 1 || leg.role === 'slices')
    throw new AppError('order.invalid', { reason: 'edit' })
  const by = parseUnits(text, (order.side === 'sell' ? order.base : order.quote).decimals)
  if (by === 0n) throw new AppError('amount.zero')
  const view = own.engine.order(leg.id)
  if (!view || by >= view.open) throw new AppError('order.invalid', { reason: 'size' })
  return { leg, by }
}

function isWorseFor(side: OrderSide, a: OrderPrice, b: OrderPrice): boolean {
  const difference = comparePrices(a, b)
  return side === 'sell' ? difference < 0 : difference > 0
}
