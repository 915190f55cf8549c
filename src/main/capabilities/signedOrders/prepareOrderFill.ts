import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { ChainDefinition } from '../chains/index.ts'
import { computeFillByTaking, type SignedOrder } from '../orderbook/index.ts'
import type { PreparedStep, StepsSimulation, SwapJournal, SwapNode } from '../swaps/index.ts'
import {
  type CallFields,
  chooseNonce,
  computeFees,
  decodeRevertReason,
  type FeesPerGas,
  rewardPercentiles,
  type TransferGuard,
  type TransferNode,
} from '../transfers/index.ts'
import { encodeApproval } from './domain/encodeOrderCalls.ts'
import { encodeOrderFill } from './domain/encodeOrderFill.ts'

export interface PrepareOrderFillDeps {
  readonly node: SwapNode
  readonly accountNode: Pick<TransferNode, 'readAccountState' | 'readFeeHistory'>
  readonly journal: Pick<SwapJournal, 'listOpenNonces'>
  readonly assetGuard: TransferGuard
}

/** An order that can be filled now, and the user's account that would. */
export interface OrderFillRequest {
  readonly signed: SignedOrder
  readonly isByKey: boolean
  /** Left of what the maker gives, as far as he can give it. */
  readonly remaining: bigint
  readonly pay: Token
  readonly receive: Token
  /** Paid, at most. */
  readonly taking: bigint
  readonly account: Account
  readonly chain: ChainDefinition
}

export interface PreparedOrderFill {
  /** What is allowed first, and the fill; empty where an obstacle stands before it. */
  readonly steps: readonly PreparedStep[]
  readonly taking: bigint
  readonly making: bigint
  readonly gasUsed: bigint
  readonly gasPrice: bigint
  readonly maximumFee: bigint
  readonly needsAllowance: boolean
  readonly obstacle: 'sellBalance' | 'feeBalance' | undefined
}

type Kind = PreparedStep['kind']

/** For the trial, and where there is none: more than the contract needs. */
const trialGas = 5_000_000n
const usualGas: Record<Kind, bigint> = { resetAllowance: 60_000n, approve: 60_000n, swap: 180_000n }

/**
 * Builds the exact transactions that fill a signed order, and tries them: what they move must be what the order says, to the unit.
 *
 * @throws AppError `order.notFillable`, `swap.wouldRevert`, `swap.simulationFailed`, `swap.simulationMismatch`, `asset.transferRefused`, `chain.*`
 */
export async function prepareOrderFill(
  deps: PrepareOrderFillDeps,
  request: OrderFillRequest,
): Promise<PreparedOrderFill> {
  const { signed, account, chain, pay, receive } = request
  const { chainId } = chain
  const { takerAsset, maker } = signed.order
  const amounts = computeFillByTaking(signed.order, request.taking, request.remaining)
  if (!amounts) throw new AppError('order.notFillable', { reason: 'amount' })
  const { taking, making } = amounts
  const [state, history, allowances] = await Promise.all([
    deps.accountNode.readAccountState(chainId, account.address, takerAsset),
    deps.accountNode.readFeeHistory(chainId, rewardPercentiles),
    deps.node.readAllowances(chainId, account.address, takerAsset, signed.contract, undefined),
    deps.assetGuard.refuseForbidden(chainId, [
      { token: pay, from: account.address, to: maker, units: taking },
      { token: receive, from: maker, to: account.address, units: making },
    ]),
  ])
  const fees = computeFees(history, 'normal', chain.minimumPriorityFeePerGas)
  const gasPrice = fees.baseFeePerGas + fees.maxPriorityFeePerGas
  const isAllowed = allowances.ofToken >= taking
  const approve = (units: bigint): CallFields => ({
    to: takerAsset,
    value: 0n,
    data: encodeApproval(signed.contract, units),
  })
  const plan = (resetsFirst: boolean): { readonly kind: Kind; readonly call: CallFields }[] => [
    ...(isAllowed || !resetsFirst ? [] : [{ kind: 'resetAllowance' as const, call: approve(0n) }]),
    ...(isAllowed ? [] : [{ kind: 'approve' as const, call: approve(taking) }]),
    { kind: 'swap', call: encodeOrderFill(signed, amounts, request.isByKey) },
  ]
  const run = async (calls: ReturnType<typeof plan>) =>
    deps.node.simulate({
      chainId,
      from: account.address,
      steps: calls.map(({ call }) => ({ ...call, gas: trialGas })),
      tokens: [pay.ref.address, receive.ref.address],
      block: 'pending',
    })
  let calls = plan(false)
  let simulation: StepsSimulation | undefined
  if (state.tokenBalance >= taking) {
    simulation = await run(calls)
    if (simulation.steps[0]?.status === 'reverted' && allowances.ofToken > 0n && !isAllowed) {
      // Some tokens refuse to change an allowance that is not zero.
      calls = plan(true)
      simulation = await run(calls)
    }
    assertAsComputed(simulation, amounts)
  }
  const used = (index: number, kind: Kind) => simulation?.steps[index]?.gasUsed ?? usualGas[kind]
  const gasUsed = calls.reduce((sum, { kind }, index) => sum + used(index, kind), 0n)
  const nonce = chooseNonce(
    state.latestNonce,
    state.pendingNonce,
    deps.journal.listOpenNonces(chainId, account.address),
  )
  const steps = calls.map(({ kind, call }, index) => ({
    kind,
    transaction: {
      chainId,
      nonce: nonce + index,
      ...call,
      gas: (used(index, kind) * 13n) / 10n + 5_000n,
      ...capsOf(fees),
    },
  }))
  const maximumFee = steps.reduce((sum, { transaction }) => sum + transaction.gas * fees.maxFeePerGas, 0n)
  return {
    steps,
    taking,
    making,
    gasUsed,
    gasPrice,
    maximumFee,
    needsAllowance: !isAllowed,
    obstacle: !simulation ? 'sellBalance' : state.nativeBalance < maximumFee ? 'feeBalance' : undefined,
  }
}

/** The fees as a transaction names them. */
export function capsOf({ maxFeePerGas, maxPriorityFeePerGas }: FeesPerGas) {
  return { maxFeePerGas, maxPriorityFeePerGas }
}

function assertAsComputed(
  { steps, balances: [paid, received] }: StepsSimulation,
  { taking, making }: { readonly taking: bigint; readonly making: bigint },
): void {
  const failed = steps.find(({ status }) => status === 'reverted')
  if (failed) {
    throw new AppError('swap.wouldRevert', {
      reason: decodeRevertReason(failed.revertData, failed.message),
    })
  }
  const isRead =
    paid?.before !== undefined &&
    paid.after !== undefined &&
    received?.before !== undefined &&
    received.after !== undefined
  if (!isRead) throw new AppError('swap.simulationFailed', { reason: 'balances' })
  const simulated = received.after - received.before
  if (paid.before - paid.after !== taking || simulated !== making) {
    throw new AppError('swap.simulationMismatch', { computed: making, simulated })
  }
}
