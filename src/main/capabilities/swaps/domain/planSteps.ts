import { encodeFunctionData, erc20Abi } from 'viem'
import type { SwapStep } from '../../../../shared/contract/swaps.ts'
import type { Address } from '../../../../shared/identity/identity.ts'
import type { CallFields } from '../../transfers/index.ts'
import { nativeTokenId } from './PoolKey.ts'
import { describeExecutor } from './router/describeExecutor.ts'
import { encodeTrade, type TradeLimits } from './router/encodeTrade.ts'
import type { Permit } from './router/routerCommands.ts'
import type { Trade } from './router/TradePlan.ts'
import type { SwapVenues } from './SwapVenues.ts'

export interface PlannedStep {
  readonly kind: Exclude<SwapStep, 'permit'>
  readonly call: CallFields
}

export interface SwapSteps {
  readonly steps: readonly PlannedStep[]
  readonly permit: Permit | undefined
  /** Who takes the token sold from the account. */
  readonly spender: { readonly address: Address; readonly name: string } | undefined
}

export interface StepAllowances {
  readonly ofToken: bigint
  readonly ofPermit2: { readonly units: bigint; readonly expiration: number; readonly nonce: number }
}

/** How long the router may take what is sold. */
const permitSeconds = 30 * 60
/** An old allowance that ends sooner is not relied on. */
const leastSecondsLeft = 20 * 60

/** The contract to which the token itself has to allow a trade; `undefined` where nothing is taken from the account. */
export function allowanceTarget(trade: Trade, venues: SwapVenues): Address | undefined {
  if (trade.tokenIn === nativeTokenId) return undefined
  const executor = describeExecutor(trade, venues)
  if (executor.kind === 'wrappedCoin') return undefined
  return executor.kind === 'router' ? executor.permit2 : executor.address
}

/** The transactions of a trade in their order. Every allowance is for exactly what may be sold, and none is asked for that is there. */
export function planSteps(
  trade: Trade,
  venues: SwapVenues,
  limits: TradeLimits,
  allowances: StepAllowances | undefined,
  options: { readonly nowSeconds: number; readonly resetFirst: boolean },
): SwapSteps {
  const executor = describeExecutor(trade, venues)
  const target = allowanceTarget(trade, venues)
  const needed = limits.maximumSold
  const steps: PlannedStep[] = []
  let permit: Permit | undefined
  if (target && allowances) {
    // A vault's call names no amount: only an allowance granted with it says what it may take.
    if (allowances.ofToken < needed || (executor.kind === 'vault' && allowances.ofToken !== needed)) {
      if (options.resetFirst && allowances.ofToken > 0n) {
        steps.push({ kind: 'resetAllowance', call: encodeApproval(trade.tokenIn, target, 0n) })
      }
      steps.push({ kind: 'approve', call: encodeApproval(trade.tokenIn, target, needed) })
    }
    const { units, expiration, nonce } = allowances.ofPermit2
    const isPermitted = units >= needed && expiration > options.nowSeconds + leastSecondsLeft
    if (executor.kind === 'router' && !isPermitted) {
      const end = options.nowSeconds + permitSeconds
      permit = {
        token: trade.tokenIn,
        amount: needed,
        expiration: end,
        nonce,
        spender: executor.address,
        signatureDeadline: BigInt(end),
      }
    }
  }
  steps.push({ kind: 'swap', call: encodeTrade(trade, venues, limits, permit) })
  const spender = target === undefined ? undefined : { address: executor.address, name: executor.name }
  return { steps, permit, spender }
}

function encodeApproval(token: Address, spender: Address, units: bigint): CallFields {
  return {
    to: token,
    value: 0n,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, units] }),
  }
}
