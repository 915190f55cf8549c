import type { Replacement, ReplacementPreview } from '../../../shared/contract/activity.ts'
import type { SendOutcome } from '../../../shared/contract/transfers.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, ChainId } from '../../../shared/identity/identity.ts'
import { smallerOf } from '../../../shared/money/smallerOf.ts'
import { wei } from '../../../shared/money/units.ts'
import type { AccountDirectory, ChainDirectory } from '../chains/index.ts'
import {
  type ApprovalPort,
  addGasMargin,
  approveTransaction,
  computeFees,
  type FeeSpeed,
  parseSigned,
  rewardPercentiles,
  type TransactionFields,
  type TransferNode,
} from '../transfers/index.ts'
import type { ActivityRecord, ActivityStore } from './activity.ports.ts'
import { type FeeCaps, outbidFees } from './domain/outbidFees.ts'

export interface ReplacementsDeps {
  readonly chains: Pick<ChainDirectory, 'getEnabled'>
  readonly accounts: AccountDirectory
  readonly store: Pick<ActivityStore, 'find'>
  readonly node: Pick<TransferNode, 'readFeeHistory' | 'readAccountState' | 'estimateGas'>
  readonly approvals: ApprovalPort
  readonly nowMs: () => number
  readonly makeId: () => string
  /** Writes the signed replacement down, then broadcasts it. @throws AppError `transfer.broadcastFailed` */
  submit(signed: SignedReplacement): Promise<{ readonly activityId: string }>
}

export interface SignedReplacement {
  readonly account: Account
  /** What it takes the place of; a gap has none. */
  readonly replaced: ActivityRecord | undefined
  readonly kind: ReplacementPreview['kind']
  readonly transaction: TransactionFields
  readonly signedTransaction: `0x${string}`
  readonly transactionHash: `0x${string}`
}

export interface Replacements {
  /** @throws AppError `activity.notReplaceable`, `fee.notAffordable`, `account.missing`, `chain.*` */
  preview(replacement: Replacement): Promise<ReplacementPreview>
  /** @throws AppError `transfer.previewExpired`, `activity.notReplaceable`, `signing.*`, `transfer.broadcastFailed` */
  replace(previewId: string): Promise<SendOutcome>
  forget(): void
}

interface Kept {
  readonly preview: ReplacementPreview
  readonly account: Account
  readonly replaced: ActivityRecord | undefined
  readonly transaction: TransactionFields
}

interface Replaceable {
  readonly record: ActivityRecord
  /** What was signed, with its fees. */
  readonly former: TransactionFields
}

const previewLifeMs = 120_000
/** Transactions that take the number of another one: the same for more, or nothing in its place. */
export function createReplacements(deps: ReplacementsDeps): Replacements {
  const kept = new Map<string, Kept>()

  async function findAccount(accountId: AccountId): Promise<Account> {
    const account = (await deps.accounts.listAccounts()).find(({ id }) => id === accountId)
    if (!account) throw new AppError('account.missing')
    return account
  }

  /** @throws AppError `activity.notReplaceable` */
  function findReplaceable(activityId: string): Replaceable {
    const record = deps.store.find(activityId)
    if (!record) throw notReplaceable('unknown')
    const { status, channel } = record.activity
    if (status !== 'signed' && status !== 'pending') throw notReplaceable('settled')
    // A relay would not know the two as rivals, and both could happen.
    if (channel) throw notReplaceable('private')
    const former = isEip1559(record.signedTransaction) ? parseSigned(record.signedTransaction) : undefined
    if (!former) throw notReplaceable('kind')
    return { record, former }
  }

  async function chooseFees(
    chain: { chainId: TransactionFields['chainId']; minimumPriorityFeePerGas: bigint },
    speed: FeeSpeed,
    former: FeeCaps | undefined,
  ): Promise<FeeCaps & { baseFeePerGas: bigint }> {
    const history = await deps.node.readFeeHistory(chain.chainId, rewardPercentiles)
    const usual = computeFees(history, speed, chain.minimumPriorityFeePerGas)
    const caps = former ? outbidFees(former, usual) : usual
    return { ...caps, baseFeePerGas: usual.baseFeePerGas }
  }

  /** A payment of nothing to oneself: all that it does is use up its number. */
  async function payNothing(
    chainId: ChainId,
    { address }: Account,
  ): Promise<Omit<TransactionFields, 'nonce' | keyof FeeCaps>> {
    const call = { to: address, value: 0n, data: '0x' } as const
    const estimate = await deps.node.estimateGas(chainId, address, call)
    if (estimate.status === 'reverted')
      throw new AppError('transfer.wouldRevert', { reason: estimate.message })
    return { chainId, ...call, gas: addGasMargin(estimate.gas) }
  }

  return {
    async preview(replacement) {
      const { kind, speed } = replacement
      const found = kind === 'fill' ? undefined : findReplaceable(replacement.activityId)
      const target = kind === 'fill' ? replacement : { ...found?.former, ...found?.record.activity }
      const { chainId, accountId, nonce } = target
      if (chainId === undefined || accountId === undefined || nonce === undefined)
        throw notReplaceable('unknown')
      const chain = deps.chains.getEnabled(chainId)
      const account = await findAccount(accountId)
      const { baseFeePerGas, ...caps } = await chooseFees(chain, speed, found?.former)
      const transaction =
        found && kind === 'speedUp'
          ? { ...repeat(found), ...caps }
          : { ...(await payNothing(chainId, account)), nonce, ...caps }
      const maximum = transaction.gas * transaction.maxFeePerGas
      const { nativeBalance } = await deps.node.readAccountState(chainId, account.address, undefined)
      if (nativeBalance < maximum + transaction.value) {
        throw new AppError('fee.notAffordable', {
          needed: maximum + transaction.value,
          available: nativeBalance,
          decimals: chain.nativeToken.decimals,
          symbol: chain.nativeToken.symbol,
        })
      }
      const perGas = smallerOf(caps.maxFeePerGas, baseFeePerGas + caps.maxPriorityFeePerGas)
      const preview: ReplacementPreview = {
        previewId: deps.makeId(),
        expiresAtMs: deps.nowMs() + previewLifeMs,
        kind,
        chainId,
        nonce,
        fee: {
          maxFeePerGas: wei(caps.maxFeePerGas),
          expected: wei(transaction.gas * perGas),
          maximum: wei(maximum),
        },
        ...(found ? { replacedMaximum: wei(found.former.gas * found.former.maxFeePerGas) } : {}),
      }
      kept.clear()
      kept.set(preview.previewId, { preview, account, replaced: found?.record, transaction })
      return preview
    },

    async replace(previewId) {
      const entry = kept.get(previewId)
      kept.delete(previewId)
      if (!entry || entry.preview.expiresAtMs <= deps.nowMs()) throw new AppError('transfer.previewExpired')
      const { preview, account, transaction, replaced } = entry
      if (replaced) findReplaceable(replaced.activity.id)
      const approved = await approveTransaction(deps.approvals, account, transaction)
      if (!approved) return { status: 'rejected' }
      const { activityId } = await deps.submit({
        account,
        replaced,
        kind: preview.kind,
        transaction,
        ...approved,
      })
      return { status: 'sent', activityId }
    },

    forget: () => kept.clear(),
  }
}

/** @throws AppError `activity.notReplaceable` */
function repeat({ former, record }: Replaceable): TransactionFields {
  // The signature of a permit inside a trade was given for that trade alone.
  if (former.data !== record.call.data) throw notReplaceable('permit')
  return former
}

const isEip1559 = (signed: `0x${string}`): signed is `0x02${string}` => signed.startsWith('0x02')

function notReplaceable(reason: 'unknown' | 'settled' | 'private' | 'kind' | 'permit'): AppError {
  return new AppError('activity.notReplaceable', { reason })
}
