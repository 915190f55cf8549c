import type { Approval } from '../../../shared/contract/approvals.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { approvalWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, Hash } from '../../../shared/identity/identity.ts'
import type { ApprovalOutcome, ApprovalsDependencies } from './approvals.ports.ts'

export interface ApprovalInput {
  readonly accountId: AccountId
  /** The unsigned EIP-2718 transaction. */
  readonly transaction: Uint8Array
  /** Unsigned transactions that have to go before it, under the same approval. */
  readonly preparations?: readonly Uint8Array[]
  readonly claims: Approval['claims']
}

export interface ApprovalsService {
  /** The approval window's side: the only handlers that lead to a signature. */
  readonly handlers: Handlers<typeof approvalWindowContract>['approvals']
  /**
   * Shows the user what the signer reads in the bytes, and returns the signed bytes, or that the user rejected them.
   *
   * @throws AppError `signing.busy` while another approval is open, `signing.expired`, and whatever the signer refuses.
   */
  requestApproval(input: ApprovalInput): Promise<ApprovalOutcome>
  /** The user closed the window, or the vault was locked: whatever is open counts as rejected. */
  dismiss(): void
}

interface Open {
  readonly approval: Approval
  readonly settle: (outcome: ApprovalOutcome | AppError) => void
  readonly cancelExpiry: () => void
  /** Set while the signer signs: from then on it is too late to reject. */
  signing: boolean
}

export function createApprovalsService(dependencies: ApprovalsDependencies): ApprovalsService {
  const { signer, window, nowMs, after, onChanged } = dependencies
  let preparing = false
  let open: Open | undefined

  function settle(target: Open, outcome: ApprovalOutcome | AppError): void {
    if (open !== target) return
    open = undefined
    target.cancelExpiry()
    onChanged(null)
    window.close()
    target.settle(outcome)
  }

  function current(exact: { requestId: string; digest: Hash }): Open {
    const { requestId, digest } = exact
    if (!open || open.approval.request.requestId !== requestId) {
      throw new AppError('signing.unknownRequest', { requestId })
    }
    if (open.approval.request.digest !== digest) throw new AppError('signing.digestMismatch', { requestId })
    return open
  }

  function reject(target: Open, outcome: { status: 'rejected' } | AppError): void {
    if (target.signing) return
    // The request also ends by itself in the signer, so a signer that is gone is no reason to keep the window.
    void signer.reject({ requestId: target.approval.request.requestId }).catch(() => {})
    settle(target, outcome)
  }

  return {
    handlers: {
      getCurrent: () => open?.approval ?? null,
      async approve(exact) {
        const target = current(exact)
        if (target.signing) throw new AppError('signing.busy')
        target.signing = true
        try {
          settle(target, { status: 'signed', ...(await signer.approve(exact)) })
        } catch (thrown) {
          settle(
            target,
            thrown instanceof AppError ? thrown : new AppError('internal', {}, { cause: thrown }),
          )
          throw thrown
        }
      },
      reject(exact) {
        reject(current(exact), { status: 'rejected' })
      },
    },

    async requestApproval({ accountId, transaction, preparations = [], claims }) {
      if (open || preparing) throw new AppError('signing.busy')
      preparing = true
      try {
        const request = await signer.request({
          accountId,
          transaction: Uint8Array.from(transaction),
          ...(preparations.length === 0
            ? {}
            : { preparations: preparations.map((each) => Uint8Array.from(each)) }),
        })
        return await new Promise((resolve, rejectPromise) => {
          const target: Open = {
            approval: { request, claims },
            settle: (outcome) => (outcome instanceof AppError ? rejectPromise(outcome) : resolve(outcome)),
            cancelExpiry: after(Math.max(0, request.expiresAtMs - nowMs()), () =>
              reject(target, new AppError('signing.expired')),
            ),
            signing: false,
          }
          open = target
          onChanged(target.approval)
          window.show()
        })
      } finally {
        preparing = false
      }
    },

    dismiss() {
      if (open) reject(open, { status: 'rejected' })
    },
  }
}
