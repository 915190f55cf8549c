import type { Activity } from '../../../shared/contract/activity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import type { Head } from '../chains/index.ts'
import type { SignedTakingBack } from '../delegations/index.ts'
import type { SignedSwapTransaction } from '../swaps/index.ts'
import type { SignedTransfer } from '../transfers/index.ts'
import type { ActivityRecord } from './activity.ports.ts'
import type { SignedReplacement } from './createReplacements.ts'

interface Occasion {
  readonly id: string
  readonly createdAtMs: number
  /** The newest block when it was signed. */
  readonly head: Head | undefined
}

type Kind = Pick<
  Activity,
  'kind' | 'to' | 'toName' | 'toNameFrom' | 'payments' | 'swap' | 'channel' | 'replaces'
>

/** What is written down of a signed transfer. */
export function transferRecord(transfer: SignedTransfer, occasion: Occasion): ActivityRecord {
  return toRecord(transfer, occasion, {
    kind: 'send',
    to: transfer.recipient,
    ...(transfer.recipientName === undefined
      ? {}
      : { toName: transfer.recipientName.name, toNameFrom: transfer.recipientName.from }),
    ...(transfer.payments
      ? { payments: transfer.payments.map(({ to, units }) => ({ to, units: baseUnits(units) })) }
      : {}),
  })
}

/** What is written down of a signed call of any other contract. */
export function callRecord(call: Omit<SignedTransfer, 'recipientName'>, occasion: Occasion): ActivityRecord {
  return toRecord(call, occasion, { kind: 'call', to: call.recipient })
}

/** What is written down of a signed swap or approval. */
export function swapRecord(signed: SignedSwapTransaction, occasion: Occasion): ActivityRecord {
  const { kind, to, toName, swap, channel } = signed
  return toRecord(signed, occasion, {
    kind,
    to,
    ...(toName === undefined ? {} : { toName, toNameFrom: 'list' }),
    ...(swap
      ? {
          swap: {
            buy: swap.buy,
            quoted: baseUnits(swap.quoted),
            minimum: baseUnits(swap.minimum),
            ...(swap.costs ? { costs: swap.costs } : {}),
          },
        }
      : {}),
    ...(channel !== 'public' ? { channel } : {}),
  })
}

/** What is written down of a delegation that is taken back. */
export function takingBackRecord(signed: SignedTakingBack, occasion: Occasion): ActivityRecord {
  const { delegate, nativeToken, ...rest } = signed
  return toRecord({ ...rest, token: nativeToken, units: 0n }, occasion, { kind: 'undelegate', to: delegate })
}

/** What is written down of what takes a pending transaction's place. */
export function replacementRecord(
  signed: SignedReplacement,
  nativeToken: Token,
  occasion: Occasion,
): ActivityRecord {
  const { account, replaced, kind, transaction } = signed
  const before = replaced?.activity
  const own = { ...signed, accountId: account.id, from: account.address }
  const replaces = before ? { replaces: before.id } : {}
  if (!before || kind !== 'speedUp') {
    return toRecord({ ...own, token: nativeToken, units: 0n }, occasion, {
      kind: 'cancel',
      to: transaction.to,
      ...replaces,
    })
  }
  const { bought: _, sold: __, execution: ___, ...swap } = before.swap ?? {}
  return toRecord({ ...own, token: before.token, units: before.units }, occasion, {
    kind: before.kind,
    to: before.to,
    ...(before.toName === undefined ? {} : { toName: before.toName }),
    ...(before.toNameFrom === undefined ? {} : { toNameFrom: before.toNameFrom }),
    ...(before.payments ? { payments: before.payments } : {}),
    ...(before.swap ? { swap: swap as NonNullable<Activity['swap']> } : {}),
    ...replaces,
  })
}

function toRecord(
  signed: Omit<SignedTransfer, 'recipient' | 'recipientName'>,
  { id, createdAtMs, head }: Occasion,
  kind: Kind,
): ActivityRecord {
  const { transaction } = signed
  return {
    activity: {
      id,
      ...kind,
      status: 'signed',
      chainId: transaction.chainId,
      accountId: signed.accountId,
      from: signed.from,
      token: signed.token,
      units: baseUnits(signed.units),
      nonce: transaction.nonce,
      transactionHash: signed.transactionHash,
      createdAtMs,
    },
    signedTransaction: signed.signedTransaction,
    call: { to: transaction.to, value: transaction.value, data: transaction.data, gas: transaction.gas },
    ...(head && { anchor: { blockNumber: head.number, blockHash: head.hash } }),
    isFinal: false,
  }
}
