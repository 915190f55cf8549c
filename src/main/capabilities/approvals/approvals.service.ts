import type {
  Approval,
  MessageApproval,
  TransactionApproval,
  Trial,
} from '../../../shared/contract/approvals.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { DangerKind } from '../../../shared/contract/readings.ts'
import type { RuleId } from '../../../shared/contract/rules.ts'
import type { SigningRequest } from '../../../shared/contract/signing.ts'
import type { approvalWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, Hash } from '../../../shared/identity/identity.ts'
import { computeValue } from '../../../shared/money/computeValue.ts'
import type {
  ApprovalOutcome,
  ApprovalsDependencies,
  MessageOutcome,
  MessageQuestion,
  SignedTransaction,
  SignerApproval,
} from './approvals.ports.ts'
import { describeTrial } from './describeTrial.ts'
import { findBeyondIntent } from './domain/findBeyondIntent.ts'
import type { Inspection } from './domain/Inspection.ts'
import { findOwnDangers } from './findOwnDangers.ts'

export interface ApprovalInput {
  readonly accountId: AccountId
  /** The unsigned EIP-2718 transaction. */
  readonly transaction: Uint8Array
  /** Unsigned transactions that have to go before it, under the same approval. */
  readonly preparations?: readonly Uint8Array[]
  /** What the caller knows of it; what it does is found out here. */
  readonly claims: Pick<TransactionApproval['claims'], 'recipientEnsName' | 'recipientIsContract'>
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
  /**
   * The same for what is no transaction: a message, typed data, a delegation, or a standing rule, which holds from then on.
   *
   * @param askedBy who wants it, as the main process knows it; shown as its word.
   * @throws AppError as `requestApproval`.
   */
  requestMessage(question: MessageQuestion, askedBy?: string): Promise<MessageOutcome>
  /**
   * Signs what a standing rule covers, after the same trial that everything goes through. Nobody is there to decide about what
   * could not be tried, so that is not signed.
   *
   * @throws AppError `signing.beyondIntent`, `signing.wouldFail`, `signing.notApproved`, and whatever the signer refuses.
   */
  signUnderRule(input: RuleUse): Promise<SignedTransaction>
  /** The user closed the window, or the vault was locked: whatever is open counts as rejected. */
  dismiss(): void
}

export interface RuleUse {
  readonly accountId: AccountId
  readonly ruleId: RuleId
  readonly transaction: Uint8Array<ArrayBuffer>
  readonly preparations?: Uint8Array<ArrayBuffer>[]
}

type Exact = { requestId: string; digest: Hash }

interface Open {
  readonly approval: Approval
  readonly exact: Exact
  /** Has the signer sign, and hands the result to whoever asked. */
  readonly sign: (accepted: readonly DangerKind[]) => Promise<() => void>
  readonly fail: (outcome: 'rejected' | AppError) => void
  readonly cancelExpiry: () => void
  /** Set while the signer signs: from then on it is too late to reject. */
  signing: boolean
}

export function createApprovalsService(dependencies: ApprovalsDependencies): ApprovalsService {
  const { signer, window, inspector, knowledge, metContracts, signsUnknown, nowMs, after, onChanged } =
    dependencies
  let preparing = false
  /** What is dismissed while it is still being tried must not come up afterwards. */
  let dismissals = 0
  let open: Open | undefined

  function settle(target: Open, tell: () => void): void {
    if (open !== target) return
    open = undefined
    target.cancelExpiry()
    onChanged(null)
    window.close()
    tell()
  }

  function current({ requestId, digest }: Exact): Open {
    if (!open || open.exact.requestId !== requestId) {
      throw new AppError('signing.unknownRequest', { requestId })
    }
    if (open.exact.digest !== digest) throw new AppError('signing.digestMismatch', { requestId })
    return open
  }

  function reject(target: Open, outcome: 'rejected' | AppError): void {
    if (target.signing) return
    // The request also ends by itself in the signer, so a signer that is gone is no reason to keep the window.
    void signer.reject({ requestId: target.exact.requestId }).catch(() => {})
    settle(target, () => target.fail(outcome))
  }

  /**
   * Runs what is to be signed on a node, and compares what it does with what the signer read in the bytes. No signature of a
   * transaction is asked for without this.
   */
  async function tryOut(request: SigningRequest): Promise<Trial> {
    const { chainId, from, intent, preparations = [], rawTransaction } = request
    let inspection: Inspection | undefined
    try {
      inspection = await inspector.inspect({
        chainId,
        from: from.address,
        transactions: [...preparations.map((each) => each.rawTransaction), rawTransaction],
        holdsBlankSignature: intent.kind === 'swap' && intent.permit !== undefined,
      })
    } catch (thrown) {
      // That nothing could be tried is told, and takes a decision of its own.
      if (!(thrown instanceof AppError) || !thrown.code.startsWith('chain.')) throw thrown
    }
    if (!inspection) return { status: 'unavailable' }
    const { isReverted, reason } = inspection
    if (isReverted) throw new AppError('signing.wouldFail', { reason })
    const beyond = findBeyondIntent(intent, preparations, inspection, from.address)
    if (beyond) throw new AppError('signing.beyondIntent', { reason: beyond })
    return describeTrial(request, inspection, knowledge, metContracts)
  }

  /** Everything that the window shows beside what the signer read. */
  async function claim(request: SigningRequest) {
    const { chainId, intent, maximumFee, nativeToken } = request
    const reading = intent.kind === 'call' ? intent.reading : undefined
    const [trial, dangers] = await Promise.all([
      tryOut(request),
      findOwnDangers(chainId, { intent, reading }, knowledge),
    ])
    const price = knowledge.priceOf(nativeToken.ref)
    const rate = knowledge.findRate()
    return {
      trial,
      dangers,
      ...(price ? { maximumFeeUsd: computeValue(maximumFee, nativeToken.decimals, price) } : {}),
      ...(rate ? { rate } : {}),
    }
  }

  /** What was signed once is no longer met for the first time. */
  function rememberContracts(approval: Approval): void {
    if (!('request' in approval) || approval.claims.trial.status !== 'matches') return
    const { chainId } = approval.request
    metContracts.remember(
      chainId,
      approval.claims.trial.contracts.map(({ address }) => address),
      nowMs(),
    )
  }

  /** Shows what the signer read, and waits for the decision. */
  async function ask<Request extends Exact & { expiresAtMs: number }, Signed extends object>(
    read: () => Promise<Request>,
    toApproval: (request: Request) => Approval | Promise<Approval>,
    sign: (approval: SignerApproval) => Promise<Signed>,
  ): Promise<({ status: 'signed' } & Signed) | { status: 'rejected' }> {
    if (open || preparing) throw new AppError('signing.busy')
    preparing = true
    const startedAt = dismissals
    try {
      const request = await read()
      const exact = { requestId: request.requestId, digest: request.digest }
      let approval: Approval
      try {
        approval = await toApproval(request)
      } catch (thrown) {
        void signer.reject({ requestId: exact.requestId }).catch(() => {})
        throw thrown
      }
      if (dismissals !== startedAt) {
        void signer.reject({ requestId: exact.requestId }).catch(() => {})
        return { status: 'rejected' }
      }
      return await new Promise((resolve, rejectPromise) => {
        const target: Open = {
          approval,
          exact,
          async sign(accepted) {
            const signed = await sign({ ...exact, ...(accepted.length > 0 && { accepted: [...accepted] }) })
            return () => resolve({ status: 'signed', ...signed })
          },
          fail: (outcome) =>
            outcome === 'rejected' ? resolve({ status: 'rejected' }) : rejectPromise(outcome),
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
  }

  const unknown = () => (signsUnknown() ? { allowUnknown: true as const } : {})

  function readMessage(question: MessageQuestion) {
    switch (question.kind) {
      case 'text': {
        const { accountId, message } = question
        return signer.requestMessage({ accountId, message: Uint8Array.from(message), ...unknown() })
      }
      case 'typedData': {
        const { accountId, chainId, typedData } = question
        return signer.requestTypedData({ accountId, chainId, typedData, ...unknown() })
      }
      case 'delegation': {
        const { accountId, chainId, delegate, nonce } = question
        return signer.requestDelegation({ accountId, chainId, delegate, nonce })
      }
      case 'rule':
        return signer.requestRule(question.scope)
      case 'descriptor': {
        const { accountId, text } = question
        return signer.requestDescriptor({ accountId, text })
      }
    }
  }

  return {
    handlers: {
      getCurrent: () => open?.approval ?? null,
      async approve({ isUntriedAccepted, accepted = [], ...exact }) {
        const target = current(exact)
        if (target.signing) throw new AppError('signing.busy')
        const { approval } = target
        const isUntried = 'request' in approval && approval.claims.trial.status === 'unavailable'
        if (isUntried && !isUntriedAccepted) throw new AppError('signing.notApproved')
        if (!approval.claims.dangers.every(({ kind }) => accepted.includes(kind))) {
          throw new AppError('signing.notApproved')
        }
        target.signing = true
        try {
          const signed = await target.sign(accepted)
          rememberContracts(approval)
          settle(target, signed)
        } catch (thrown) {
          settle(target, () =>
            target.fail(
              thrown instanceof AppError ? thrown : new AppError('internal', {}, { cause: thrown }),
            ),
          )
          throw thrown
        }
      },
      reject(exact) {
        reject(current(exact), 'rejected')
      },
    },

    requestApproval: ({ accountId, transaction, preparations, claims }) =>
      ask(
        () =>
          signer.request({
            accountId,
            transaction: Uint8Array.from(transaction),
            ...(preparations && { preparations: preparations.map((each) => Uint8Array.from(each)) }),
            ...unknown(),
          }),
        async (request): Promise<TransactionApproval> => ({
          request,
          claims: { ...claims, ...(await claim(request)) },
        }),
        signer.approve,
      ),

    requestMessage: (question, askedBy) =>
      ask(
        () => readMessage(question),
        async (message): Promise<MessageApproval> => ({
          message,
          claims: {
            dangers:
              message.content.kind === 'typedData' && message.chain
                ? await findOwnDangers(message.chain.chainId, { reading: message.content.reading }, knowledge)
                : [],
            ...(askedBy === undefined ? {} : { askedBy }),
          },
        }),
        signer.approveMessage,
      ),

    async signUnderRule({ accountId, ruleId, transaction, preparations }) {
      const bytes = { transaction, ...(preparations && { preparations }) }
      const request = await signer.request({ accountId, ...bytes })
      void signer.reject({ requestId: request.requestId }).catch(() => {})
      const trial = await tryOut(request)
      if (trial.status === 'unavailable') throw new AppError('signing.notApproved')
      return signer.signUnderRule({ ruleId, ...bytes })
    },

    dismiss() {
      dismissals += 1
      if (open) reject(open, 'rejected')
    },
  }
}
