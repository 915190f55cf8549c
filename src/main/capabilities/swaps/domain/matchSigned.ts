import { AppError } from '../../../../shared/errors/AppError.ts'
import type { Address, Hash } from '../../../../shared/identity/identity.ts'
import type { TransactionFields } from '../../transfers/index.ts'
import { isSignedAsPrepared } from './isSignedAsPrepared.ts'

export interface SignedBytes {
  readonly signedTransaction: Uint8Array
  readonly transactionHash: Hash
}

interface Step {
  readonly kind: 'resetAllowance' | 'approve' | 'swap'
  readonly transaction: TransactionFields
}

/**
 * What was signed, beside the step that it was prepared as: every step, in order, and nothing changed but the blank signature of the
 * swap's own permit.
 *
 * @throws AppError `signing.digestMismatch`
 */
export async function matchSigned<Prepared extends Step>(
  outcome: SignedBytes & { readonly preparations?: readonly SignedBytes[] | undefined },
  steps: readonly Prepared[],
  from: Address,
  permit: Parameters<typeof isSignedAsPrepared>[4],
): Promise<readonly { readonly step: Prepared; readonly signed: SignedBytes }[]> {
  const signed = [...(outcome.preparations ?? []), outcome]
  if (signed.length !== steps.length) throw new AppError('signing.digestMismatch')
  const matched: { step: Prepared; signed: SignedBytes }[] = []
  for (const [index, step] of steps.entries()) {
    const own = signed[index]
    const isRight =
      own !== undefined &&
      (await isSignedAsPrepared(
        own.signedTransaction,
        own.transactionHash,
        step.transaction,
        from,
        step.kind === 'swap' ? permit : undefined,
      ))
    if (!own || !isRight) throw new AppError('signing.digestMismatch')
    matched.push({ step, signed: own })
  }
  return matched
}
