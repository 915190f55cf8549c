import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { decodeRevertReason } from '../transfers/index.ts'
import type { SwapSteps } from './domain/planSteps.ts'
import type { TradeLimits } from './domain/router/encodeTrade.ts'
import type { Trade } from './domain/router/TradePlan.ts'
import type { BlockRef, StepsSimulation, SwapNode } from './swaps.ports.ts'

/** What the very steps did when they were tried. */
export interface Rehearsal {
  readonly blockNumber: bigint
  /** By step. */
  readonly gasUsed: readonly bigint[]
  readonly bought: bigint
  readonly sold: bigint
}

export type RehearsalOutcome =
  | { readonly kind: 'passed'; readonly rehearsal: Rehearsal; readonly steps: SwapSteps }
  | { readonly kind: 'failed'; readonly error: AppError }

interface RehearseInput {
  readonly chainId: ChainId
  readonly account: Account
  readonly sell: Token
  readonly buy: Token
  readonly trade: Trade
  readonly limits: TradeLimits
  readonly block: BlockRef
  readonly plan: (resetFirst: boolean) => SwapSteps
}

const stepGas = 5_000_000n

/**
 * Runs the steps on the node's pending state, and compares what they do with what was computed: to the unit, unless the pending
 * state has moved on from the quote's block, in which case the quote's own block must agree and the limits must still hold.
 */
export async function rehearse(node: SwapNode, input: RehearseInput): Promise<RehearsalOutcome> {
  const { trade, limits } = input
  const run = async (steps: SwapSteps, block: bigint | 'pending') => {
    const simulation = await node.simulate({
      chainId: input.chainId,
      from: input.account.address,
      steps: steps.steps.map(({ call }) => ({ ...call, gas: stepGas })),
      tokens: [input.sell.ref.address, input.buy.ref.address],
      block,
    })
    return { steps, simulation }
  }
  let { steps, simulation } = await run(input.plan(false), 'pending')
  const failedApproval = simulation.steps.findIndex(({ status }) => status === 'reverted')
  if (failedApproval >= 0 && steps.steps[failedApproval]?.kind === 'approve') {
    // Some tokens refuse to change an allowance that is not zero.
    ;({ steps, simulation } = await run(input.plan(true), 'pending'))
  }
  const failed = simulation.steps.find(({ status }) => status === 'reverted')
  if (failed) {
    const reason = decodeRevertReason(failed.revertData, failed.message)
    return { kind: 'failed', error: new AppError('swap.wouldRevert', { reason }) }
  }
  const rehearsal = readOutcome(simulation)
  if (!rehearsal)
    return { kind: 'failed', error: new AppError('swap.simulationFailed', { reason: 'balances' }) }
  if (isAsComputed(rehearsal, trade)) return { kind: 'passed', rehearsal, steps }

  const again = readOutcome((await run(steps, input.block.number)).simulation)
  if (!again || !isAsComputed(again, trade)) {
    return {
      kind: 'failed',
      error: new AppError('swap.simulationMismatch', {
        computed: trade.mode === 'exactIn' ? trade.amountOut : trade.amountIn,
        simulated: trade.mode === 'exactIn' ? rehearsal.bought : rehearsal.sold,
      }),
    }
  }
  if (rehearsal.bought < limits.minimumBought || rehearsal.sold > limits.maximumSold) {
    return { kind: 'failed', error: new AppError('swap.priceMoved') }
  }
  return { kind: 'passed', rehearsal, steps }
}

function readOutcome(simulation: StepsSimulation): Rehearsal | undefined {
  const [sold, bought] = simulation.balances
  if (sold?.before === undefined || sold.after === undefined) return undefined
  if (bought?.before === undefined || bought.after === undefined) return undefined
  if (sold.after > sold.before || bought.after < bought.before) return undefined
  return {
    blockNumber: simulation.blockNumber,
    gasUsed: simulation.steps.map(({ gasUsed }) => gasUsed),
    sold: sold.before - sold.after,
    bought: bought.after - bought.before,
  }
}

function isAsComputed(rehearsal: Rehearsal, trade: Trade): boolean {
  return rehearsal.sold === trade.amountIn && rehearsal.bought === trade.amountOut
}
