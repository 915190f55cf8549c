import type { Activity } from '../../../../shared/contract/activity.ts'
import { type TokenRef, tokenKey } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { listMoves } from '../../activity/index.ts'

/** What moved of one token: positive for what came. */
export interface Delta {
  readonly token: Token
  readonly units: bigint
}

/** What one transaction moved for the accounts together; what went from one of them to another did not move. */
export interface TransactionMoves {
  readonly atMs: number
  /** Never of nothing; each token once. */
  readonly deltas: readonly Delta[]
  /** What the accounts paid for it, in the chain's coin. */
  readonly fee: { readonly token: Token; readonly units: bigint } | undefined
}

/**
 * The movements of a history by transaction, oldest first.
 *
 * @param activities of all accounts whose movements count together, in any order.
 */
export function listTransactionMoves(
  activities: readonly Activity[],
  nativeTokenOf: (chainId: Activity['chainId']) => Token,
): TransactionMoves[] {
  const byHash = new Map<
    string,
    { atMs: number; fee: bigint; chainId: Activity['chainId']; sums: Map<string, Delta> }
  >()
  for (const activity of activities) {
    if (activity.status !== 'confirmed' && activity.status !== 'failed') continue
    const { chainId, transactionHash, receipt, createdAtMs } = activity
    const key = `${chainId}:${transactionHash}`
    const known = byHash.get(key)
    const entry = known ?? {
      atMs: receipt?.blockTimestampMs ?? createdAtMs,
      fee: 0n,
      chainId,
      sums: new Map<string, Delta>(),
    }
    if (!known) byHash.set(key, entry)
    entry.fee += receipt?.fee ?? 0n
    const { sent, received } = listMoves(activity)
    for (const { token, units } of sent) add(entry.sums, token, -units)
    for (const { token, units } of received) add(entry.sums, token, units)
  }
  return [...byHash.values()]
    .map(({ atMs, fee, chainId, sums }) => ({
      atMs,
      deltas: [...sums.values()].filter(({ units }) => units !== 0n),
      fee: fee > 0n ? { token: nativeTokenOf(chainId), units: fee } : undefined,
    }))
    .filter(({ deltas, fee }) => deltas.length > 0 || fee !== undefined)
    .sort((a, b) => a.atMs - b.atMs)
}

function add(sums: Map<string, Delta>, token: Token, units: bigint): void {
  const key = tokenKey(token.ref)
  sums.set(key, { token, units: (sums.get(key)?.units ?? 0n) + units })
}

/** What everything that moved was worth then, in 10^-18 of the currency; `undefined` where nobody knows. */
export interface ValuedMove extends Delta {
  readonly atMs: number
  /** Of its units, without a sign. */
  readonly value: bigint | undefined
}

/**
 * Values each movement by its price then. Of a trade both sides are worth the same: what was given, or where that has no price
 * what was got.
 */
export function valueMoves(
  { atMs, deltas, fee }: TransactionMoves,
  worthOf: (units: bigint, token: Token, atMs: number) => bigint | undefined,
): ValuedMove[] {
  const own = (delta: Delta) => worthOf(delta.units < 0n ? -delta.units : delta.units, delta.token, atMs)
  const sent = deltas.filter(({ units }) => units < 0n)
  const got = deltas.filter(({ units }) => units > 0n)
  const traded = sent.length > 0 && got.length > 0 ? (sumOf(sent.map(own)) ?? sumOf(got.map(own))) : undefined
  const worth = (delta: Delta, side: readonly Delta[]) =>
    side.length === 1 && traded !== undefined ? traded : own(delta)
  return [
    ...[...sent, ...got].map((delta) => ({
      ...delta,
      atMs,
      value: worth(delta, delta.units < 0n ? sent : got),
    })),
    ...(fee
      ? [{ token: fee.token, units: -fee.units, atMs, value: worthOf(fee.units, fee.token, atMs) }]
      : []),
  ]
}

function sumOf(values: readonly (bigint | undefined)[]): bigint | undefined {
  return values.reduce<bigint | undefined>(
    (sum, value) => (sum === undefined || value === undefined ? undefined : sum + value),
    0n,
  )
}

/** Movements by token, in their order. */
export function groupByToken<Move extends { readonly token: { readonly ref: TokenRef } }>(
  moves: readonly Move[],
): ReadonlyMap<string, readonly Move[]> {
  return Map.groupBy(moves, ({ token }) => tokenKey(token.ref))
}
