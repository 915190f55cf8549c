import { stringToBytes } from 'viem'
import type { Activity } from '../../../../shared/contract/activity.ts'
import { encodeCsv } from '../../../../shared/csv/encodeCsv.ts'
import type { TokenRef } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { formatUnits } from '../../../../shared/money/formatUnits.ts'
import { toShown } from '../../../../shared/money/scaledAmount.ts'
import { listMoves } from './listMoves.ts'
import { dayOf, timeOf } from './monthOf.ts'

export interface CsvContext {
  chainName(chainId: Activity['chainId']): string
  nativeToken(chainId: Activity['chainId']): Token
  accountName(accountId: Activity['accountId']): string
  /** By how much the token wants its amounts shown (ERC-8056), in units of 10^-18. */
  multiplierOf(token: TokenRef): bigint
}

const fullHeader = [
  'Date (UTC)',
  'Type',
  'Status',
  'Network',
  'Account',
  'From',
  'To',
  'Name',
  'Sent amount',
  'Sent currency',
  'Sent contract',
  'Received amount',
  'Received currency',
  'Received contract',
  'Fee amount',
  'Fee currency',
  'Block',
  'Transaction',
  'Labels',
  'Note',
]

/** One row for each asset that an entry moved, with everything that is known of it. */
export function toFullRows(activities: readonly Activity[], context: CsvContext): string[][] {
  const rows = activities.flatMap((activity) => {
    const { sent, received } = listMoves(activity)
    return inRows(sent, received).map(([out, into], index) => [
      `${dayOf(activity.createdAtMs)}T${timeOf(activity.createdAtMs)}Z`,
      activity.kind,
      activity.status,
      context.chainName(activity.chainId),
      context.accountName(activity.accountId),
      activity.from,
      activity.to,
      activity.toName ?? '',
      ...amountOf(out, context),
      contractOf(out),
      ...amountOf(into, context),
      contractOf(into),
      // Paid once, however much was moved.
      ...(index === 0 ? feeOf(activity, context) : ['', '']),
      activity.receipt ? String(activity.receipt.blockNumber) : '',
      activity.transactionHash,
      (activity.labels ?? []).join('; '),
      activity.note ?? '',
    ])
  })
  return [fullHeader, ...rows]
}

/** The columns that tax programs of many makers read ("universal" format): settled entries only, one trade or movement a row. */
export function toTaxRows(activities: readonly Activity[], context: CsvContext): string[][] {
  const header = [
    'Date',
    'Sent Amount',
    'Sent Currency',
    'Received Amount',
    'Received Currency',
    'Fee Amount',
    'Fee Currency',
    'Net Worth Amount',
    'Net Worth Currency',
    'Label',
    'Description',
    'TxHash',
  ]
  const rows = activities
    .filter(({ status, suspicion }) => (status === 'confirmed' || status === 'failed') && !suspicion)
    .flatMap((activity) => {
      const { sent, received } = listMoves(activity)
      const pairs = inRows(sent, received)
      return pairs.map(([out, into], index) => {
        const fee = index === 0 ? feeOf(activity, context) : ['', '']
        const isFeeAlone = !out && !into
        // A transaction that moved nothing still cost its fee, which is an expense of its own.
        return [
          toTaxDate(activity.createdAtMs),
          ...(isFeeAlone ? fee : amountOf(out, context)),
          ...amountOf(into, context),
          ...(isFeeAlone ? ['', ''] : fee),
          '',
          '',
          isFeeAlone ? 'cost' : '',
          describe(activity, context),
          activity.transactionHash,
        ]
      })
    })
    .filter((row) => row[1] !== '' || row[3] !== '')
  return [header, ...rows]
}

type Moved = { readonly token: Token; readonly units: bigint }

/** Pairs what left with what came; at least one row, so that an entry that moved nothing is not lost. */
function inRows(
  sent: readonly Moved[],
  received: readonly Moved[],
): [Moved | undefined, Moved | undefined][] {
  const count = Math.max(sent.length, received.length, 1)
  return Array.from({ length: count }, (_, index) => [sent[index], received[index]])
}

/** As it is shown today, so that amounts before and after a split add up. */
function amountOf(moved: Moved | undefined, { multiplierOf }: CsvContext): string[] {
  if (!moved) return ['', '']
  const { units, decimals } = toShown(moved.units, moved.token.decimals, multiplierOf(moved.token.ref))
  return [formatUnits(units, decimals), moved.token.symbol]
}

const contractOf = (moved: Moved | undefined): string =>
  moved && moved.token.ref.address !== 'native' ? moved.token.ref.address : ''

function feeOf({ receipt, chainId }: Activity, { nativeToken }: CsvContext): string[] {
  if (!receipt || receipt.fee === 0n) return ['', '']
  const { decimals, symbol } = nativeToken(chainId)
  return [formatUnits(receipt.fee, decimals), symbol]
}

/** `2026-11-29 13:05:00 UTC`, the form that those programs agree on. */
const toTaxDate = (timestampMs: number): string => `${dayOf(timestampMs)} ${timeOf(timestampMs)} UTC`

function describe(activity: Activity, { chainName }: CsvContext): string {
  const { kind, chainId, note, labels = [], method } = activity
  return [method ?? kind, chainName(chainId), ...labels, ...(note === undefined ? [] : [note])].join(' · ')
}

/** Rows as the bytes of a file. */
export function toCsvFile(rows: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(stringToBytes(encodeCsv(rows)))
}
