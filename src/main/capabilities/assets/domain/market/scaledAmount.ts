import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem'
import type { Address } from '../../../../../shared/identity/identity.ts'
import type { ContractRead, ReadAnswer } from '../compliance/TransferRule.ts'

const abi = parseAbi([
  'function uiMultiplier() view returns (uint256)',
  'function newUIMultiplier() view returns (uint256)',
  'function effectiveAt() view returns (uint256)',
])

/** How balances of a token are to be shown (ERC-8056), now and after a change that is announced. */
export interface ScaledAmount {
  /** Scaled by 1e18. */
  readonly multiplier: bigint
  readonly scheduled?: { readonly multiplier: bigint; readonly atMs: number }
}

export function planScaledReads(token: Address): ContractRead[] {
  return (['uiMultiplier', 'newUIMultiplier', 'effectiveAt'] as const).map((functionName) => ({
    to: token,
    data: encodeFunctionData({ abi, functionName }),
  }))
}

/** @returns `undefined` for a token without scaled amounts. */
export function readScaledAmount(
  answers: readonly ReadAnswer[],
  blockTimestampMs: number,
): ScaledAmount | undefined {
  const [multiplier, next, effectiveAt] = answers.map((data) => {
    if (data === undefined || data.length !== 66) return undefined
    return decodeFunctionResult({ abi, functionName: 'uiMultiplier', data })
  })
  if (multiplier === undefined || multiplier === 0n) return undefined
  // Seconds beyond what a date can hold are none that anybody announces.
  const atMs = effectiveAt === undefined || effectiveAt > 8_640_000_000_000n ? 0 : Number(effectiveAt) * 1000
  const isScheduled = next !== undefined && next !== multiplier && atMs > blockTimestampMs
  return { multiplier, ...(isScheduled ? { scheduled: { multiplier: next, atMs } } : {}) }
}
