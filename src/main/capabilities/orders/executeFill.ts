import type { OrderWaiting } from '../../../shared/contract/orders.ts'
import type { SwapChannel, SwapRequest } from '../../../shared/contract/swaps.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits, wei } from '../../../shared/money/units.ts'
import type { ChainDefinition } from '../chains/index.ts'
import { prepareOrderFill } from '../signedOrders/index.ts'
import {
  matchSigned,
  type PreparedStep,
  type PreparedSwap,
  type PrepareSwapDeps,
  prepareSwap,
  type SignedSwapTransaction,
  type SwapVenues,
} from '../swaps/index.ts'
import { encodeHex, encodeUnsigned } from '../transfers/index.ts'
import type { FoundFill } from './domain/findFill.ts'
import type { PeerFill } from './domain/findPeerFill.ts'
import { leastBought, toRate } from './domain/orderPrices.ts'
import type { OrderLedger } from './openOrderLedger.ts'
import type { Execution, OrderJournal, OrderRecord, OrderSigner, PlannedLeg } from './orders.ports.ts'

export interface ExecuteFillDeps extends PrepareSwapDeps {
  readonly signer: OrderSigner
  readonly journal: OrderJournal
  readonly makeId: () => string
}

export interface FillAttempt {
  readonly ledger: OrderLedger
  readonly record: OrderRecord
  readonly leg: PlannedLeg
  readonly engineId: string
  readonly fill: (Extract<FoundFill, { kind: 'fill' }> & { readonly peer?: undefined }) | PeerFill
  readonly chain: ChainDefinition
  readonly venues: SwapVenues
  readonly account: Account
  /** Whether the session that began this still lasts. */
  readonly isCurrent: () => boolean
}

export type FillOutcome =
  | { readonly kind: 'sent'; readonly activityId: string }
  /** `isLasting`: trying again with the next block would end the same. */
  | { readonly kind: 'waits'; readonly waiting: OrderWaiting; readonly isLasting: boolean }

/**
 * Fills a part of an armed order as a manual trade would be: the same search, the same trial on the pending state, then signed under
 * the order's rule, written down, and sent by the way that the user was told.
 */
export async function executeFill(deps: ExecuteFillDeps, attempt: FillAttempt): Promise<FillOutcome> {
  const { record, leg, fill, account, chain, ledger } = attempt
  const { order } = record
  // What was to be private waits for a relay; it is never sent in public instead.
  const channel =
    order.sending === 'private' ? (await deps.privateFlow.listRelays(chain.chainId))[0]?.channel : 'public'
  if (channel === undefined) return waitsFor({ reason: 'noPrivateChannel' })
  const rate = toRate(leg.limit, leg.side)
  const needed = leastBought(fill.sold, rate)
  const prepared = await (fill.peer
    ? preparePeerFill(deps, attempt, fill)
    : preparePoolFill(deps, attempt, channel, needed + fill.fee))
  if (prepared.kind === 'waits') return prepared
  const { steps, maximumFee, bought, fee } = prepared
  if (maximumFee > order.maximumFee) {
    return waitsFor({ reason: 'feeTooHigh', maximumFee: order.maximumFee, fee: wei(maximumFee) })
  }
  // Now with what the trial really used, its approvals included.
  if (bought < needed + fee) {
    const gain = bought > needed ? bought - needed : 0n
    return waitsFor({ reason: 'gasWouldEatGain', gain: baseUnits(gain), fee: baseUnits(fee) })
  }
  if (!attempt.isCurrent()) return waitsFor({ reason: 'nextBlock' })
  const taken = deps.journal.listOpenNonces(chain.chainId, account.address)
  if (steps.some(({ transaction }) => taken.includes(transaction.nonce)))
    return waitsFor({ reason: 'accountBusy' })

  const id = deps.makeId()
  // Refused where the order was cancelled, or the one beside it began to be filled, in the meantime.
  const isReserved = await ledger.attempt({
    kind: 'reserve',
    id: attempt.engineId,
    reservation: id,
    size: fill.sold,
  })
  if (!isReserved) return waitsFor({ reason: 'nextBlock' })
  const release = () => ledger.attempt({ kind: 'settle', reservation: id, base: 0n, quote: 0n })
  let transactions: SignedSwapTransaction[]
  try {
    transactions = await signFill(deps, attempt, prepared, channel)
  } catch (thrown) {
    await release()
    return waitsFor(explainRefusal(thrown), true)
  }
  const execution: Execution = {
    id,
    orderId: order.id,
    engineId: attempt.engineId,
    status: 'signed',
    chainId: chain.chainId,
    from: account.address,
    createdAtMs: deps.nowMs(),
    validUntilMs: prepared.validUntilMs,
    units: fill.sold,
    minimum: prepared.minimum,
    transactions,
    fill: undefined,
  }
  // Before anybody hears of it: what is sent and not known here would be sent a second time after a crash.
  ledger.addExecution(execution)
  return sendExecution(deps, execution)
}

/** Brings what was signed on its way; what no node takes is found out by who follows it. */
export async function sendExecution(
  { journal }: Pick<ExecuteFillDeps, 'journal'>,
  { transactions }: Execution,
): Promise<FillOutcome> {
  try {
    const { activityIds } = await journal.submitAll(transactions)
    return { kind: 'sent', activityId: activityIds.at(-1) ?? '' }
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    return { kind: 'waits', waiting: { reason: 'trialFailed', code: thrown.code }, isLasting: true }
  }
}

/** A fill that has been tried, and only needs to be signed. */
interface PreparedFill {
  readonly kind: 'prepared'
  readonly steps: readonly PreparedStep[]
  readonly permit: PreparedSwap['permit']
  readonly spender: { readonly address: Address; readonly name: string } | undefined
  readonly sell: Token
  readonly buy: Token
  /** Expected, and enforced on chain. */
  readonly bought: bigint
  readonly minimum: bigint
  readonly maximumFee: bigint
  /** In the token bought. */
  readonly fee: bigint
  readonly validUntilMs: number
}
type Waits = Extract<FillOutcome, { kind: 'waits' }>

async function preparePeerFill(
  deps: ExecuteFillDeps,
  { record: { order }, leg, chain, account }: FillAttempt,
  { peer, sold, fee }: PeerFill,
): Promise<PreparedFill | Waits> {
  const { signed, isByKey, making } = peer
  const [sell, buy] = leg.side === 'sell' ? [order.base, order.quote] : [order.quote, order.base]
  try {
    const prepared = await prepareOrderFill(deps, {
      signed,
      isByKey,
      remaining: making,
      pay: sell,
      receive: buy,
      taking: sold,
      account,
      chain,
    })
    if (prepared.obstacle === 'sellBalance') {
      return waitsFor({ reason: 'balance', available: baseUnits(0n) })
    }
    if (prepared.obstacle === 'feeBalance') return waitsFor({ reason: 'feeBalance' })
    return {
      kind: 'prepared',
      steps: prepared.steps,
      permit: undefined,
      spender: { address: signed.contract, name: '1inch' },
      sell,
      buy,
      bought: prepared.making,
      minimum: prepared.making,
      maximumFee: prepared.maximumFee,
      fee,
      validUntilMs: peer.expiresAtS * 1000,
    }
  } catch (thrown) {
    return explainFailure(thrown)
  }
}

async function preparePoolFill(
  deps: ExecuteFillDeps,
  { record: { order }, leg, fill, chain, venues, account }: FillAttempt,
  channel: SwapChannel,
  minimumBought: bigint,
): Promise<PreparedFill | Waits> {
  const [sell, buy] = leg.side === 'sell' ? [order.base, order.quote] : [order.quote, order.base]
  const request: SwapRequest = {
    accountId: order.accountId,
    chainId: chain.chainId,
    sell: sell.ref.address,
    buy: buy.ref.address,
    exact: 'sell',
    amount: 'max',
    slippage: 'auto',
    channel,
    speed: 'normal',
  }
  const demands = { units: fill.sold, minimumBought, expiresAtMs: order.expiresAtMs }
  try {
    const prepared = await prepareSwap(deps, request, chain, venues, account, demands)
    if (prepared.kind !== 'quote') return waitsFor({ reason: 'noRoute' }, true)
    const { offer, steps, permit, deadline } = prepared
    if (offer.obstacle === 'sellBalance') return waitsFor({ reason: 'balance', available: offer.sellBalance })
    if (offer.obstacle === 'feeBalance') return waitsFor({ reason: 'feeBalance' })
    if (offer.obstacle !== undefined) return waitsFor({ reason: 'trialFailed', code: offer.obstacle }, true)
    if (!offer.mev.channels.some((option) => option.channel === channel)) {
      return waitsFor({ reason: 'noPrivateChannel' })
    }
    return {
      kind: 'prepared',
      steps,
      permit,
      spender: offer.spender,
      sell: offer.sell,
      buy: offer.buy,
      bought: offer.buyUnits,
      minimum: offer.minimumBought,
      maximumFee: offer.fee.maximum,
      fee: offer.cost.gas ?? fill.fee,
      validUntilMs: Number(deadline) * 1000,
    }
  } catch (thrown) {
    return explainFailure(thrown)
  }
}

function waitsFor(waiting: OrderWaiting, isLasting = false): Waits {
  return { kind: 'waits', waiting, isLasting }
}

/** @throws whatever is no failure of ours. */
function explainFailure(thrown: unknown): Waits {
  if (!(thrown instanceof AppError)) throw thrown
  const isMoved = thrown.code === 'swap.priceMoved' || thrown.code === 'order.notFillable'
  if (thrown.code.startsWith('chain.')) return waitsFor({ reason: 'chainUnreachable' }, true)
  return isMoved
    ? waitsFor({ reason: 'nextBlock' })
    : waitsFor({ reason: 'trialFailed', code: thrown.code }, true)
}

/** @throws AppError as the signer refuses, `signing.digestMismatch` where it signed something else. */
async function signFill(
  { signer }: ExecuteFillDeps,
  { record, leg, account, fill }: FillAttempt,
  { steps, permit, spender, sell, buy, bought, minimum }: PreparedFill,
  channel: SwapChannel,
): Promise<SignedSwapTransaction[]> {
  const swap = steps.at(-1)
  const ruleId = record.ruleIds[leg.rule]
  if (!swap || !ruleId) throw new AppError('rule.missing')
  const preparations = steps
    .slice(0, -1)
    .map(({ transaction }) => Uint8Array.from(encodeUnsigned(transaction)))
  const outcome = await signer.signUnderRule({
    accountId: account.id,
    ruleId,
    transaction: Uint8Array.from(encodeUnsigned(swap.transaction)),
    ...(preparations.length > 0 ? { preparations } : {}),
  })
  const matched = await matchSigned(outcome, steps, account.address, permit)
  return matched.map(({ step, signed }): SignedSwapTransaction => {
    const isSwap = step.kind === 'swap'
    return {
      kind: isSwap ? 'swap' : 'approve',
      channel,
      accountId: account.id,
      from: account.address,
      to: isSwap ? step.transaction.to : (spender?.address ?? step.transaction.to),
      toName: spender?.name,
      token: sell,
      units: step.kind === 'resetAllowance' ? 0n : fill.sold,
      swap: isSwap ? { buy, quoted: bought, minimum } : undefined,
      transaction: step.transaction,
      signedTransaction: encodeHex(signed.signedTransaction),
      transactionHash: signed.transactionHash,
    }
  })
}

/** @throws whatever is no refusal. */
function explainRefusal(thrown: unknown): OrderWaiting {
  if (!(thrown instanceof AppError)) throw thrown
  const { code, params } = thrown
  if (code === 'rule.missing') return { reason: 'ruleEnded' }
  const isOver = ['revoked', 'time', 'amount', 'uses'].includes(String(params.reason))
  if (code === 'rule.notCovered' && isOver) return { reason: 'ruleEnded' }
  return { reason: 'trialFailed', code }
}
