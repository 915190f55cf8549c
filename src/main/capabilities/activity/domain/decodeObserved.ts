import type { Activity, Suspicion } from '../../../../shared/contract/activity.ts'
import type { AccountId, Address, ChainId } from '../../../../shared/identity/identity.ts'
import { isSameAddress } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { baseUnits, gasUnits, wei } from '../../../../shared/money/units.ts'
import { nameMethod } from './nameMethod.ts'
import type { InnerPayment, ObservedTransaction } from './ObservedTransaction.ts'
import { type Allowance, type Movement, readAllowances, readMovements } from './readMovements.ts'

export interface DecodeContext {
  readonly chainId: ChainId
  readonly account: { readonly id: AccountId; readonly address: Address }
  readonly nativeToken: Token
  /** `undefined` for a contract that is no token, or whose decimals nobody knows. */
  tokenOf(address: Address): Token | undefined
  /** The name of a contract that the app knows. */
  nameOf(address: Address): string | undefined
  /** Whether what strangers put into the history may be meant to deceive. */
  suspect(movement: Movement, token: Token): { suspicion: Suspicion; imitates?: Address } | undefined
}

type Part = Pick<Activity, 'kind' | 'from' | 'to' | 'token' | 'units'> &
  Partial<Pick<Activity, 'effects' | 'suspicion' | 'imitates'>>

/** More entries than this of one transaction are a flood, not a history. */
const mostEntries = 64

/**
 * What a transaction on the chain meant for an account, entry by entry: what it sent, received, swapped or allowed, or else which
 * function it called. Nothing where it did not concern the account.
 *
 * @param inner coin that contracts paid out in it, where a node traced that.
 */
export function decodeObserved(
  transaction: ObservedTransaction,
  context: DecodeContext,
  inner: readonly InnerPayment[] = [],
): Activity[] {
  const { account } = context
  const isSender = isSameAddress(transaction.from, account.address)
  const movements = readMovements(transaction, account.address, inner)
  const allowances = readAllowances(transaction, account.address)
  const parts = isSender
    ? [decodeOwn(transaction, movements, allowances, context)]
    : decodeForeign(transaction, movements, allowances, context)
  return parts
    .slice(0, mostEntries)
    .map((part, index) => complete(transaction, part, index, isSender, context))
}

function decodeOwn(
  transaction: ObservedTransaction,
  movements: readonly Movement[],
  allowances: readonly Allowance[],
  context: DecodeContext,
): Part {
  const effects = sumEffects(movements, context)
  const [given] = effects.filter(({ delta }) => delta < 0n)
  const isSwap = given !== undefined && effects.some(({ delta }) => delta > 0n)
  const [allowance] = allowances
  const allowed = allowance && context.tokenOf(allowance.token)
  const called: Part = {
    kind: 'call',
    from: transaction.from,
    // A contract that it made has no name yet; the account is all that there is to tell.
    to: transaction.to ?? transaction.from,
    token: context.nativeToken,
    units: baseUnits(transaction.value),
    ...(effects.length > 0 ? { effects } : {}),
  }
  if (isSwap) return { ...called, kind: 'swap', token: given.token, units: baseUnits(-given.delta) }
  if (movements.length === 0 && allowance && allowed) {
    return {
      ...called,
      kind: 'approve',
      to: allowance.spender,
      token: allowed,
      units: baseUnits(allowance.units),
    }
  }
  const [sent] = movements
  if (movements.length === 1 && sent?.direction === 'out') return toPart(sent, context) ?? called
  const isPlain = transaction.data === '0x' && transaction.succeeded && transaction.to !== undefined
  return isPlain ? { ...called, kind: 'send' } : called
}

function decodeForeign(
  transaction: ObservedTransaction,
  movements: readonly Movement[],
  allowances: readonly Allowance[],
  context: DecodeContext,
): Part[] {
  const effects = sumEffects(movements, context)
  const [given] = effects.filter(({ delta }) => delta < 0n)
  // Somebody carried out what the account had signed beforehand, such as an order.
  if (given && effects.some(({ delta }) => delta > 0n)) {
    return [
      {
        kind: 'swap',
        from: context.account.address,
        to: transaction.to ?? transaction.from,
        token: given.token,
        units: baseUnits(-given.delta),
        effects,
      },
    ]
  }
  const moved = movements.flatMap((movement) => {
    const part = toPart(movement, context)
    return part ? [{ ...part, ...context.suspect(movement, part.token) }] : []
  })
  if (moved.length > 0) return moved
  return allowances.flatMap(({ token: address, spender, units }): Part[] => {
    const token = context.tokenOf(address)
    if (!token) return []
    return [{ kind: 'approve', from: context.account.address, to: spender, token, units: baseUnits(units) }]
  })
}

function toPart(
  { token: address, from, to, units, direction }: Movement,
  context: DecodeContext,
): Part | undefined {
  const token = address === 'native' ? context.nativeToken : context.tokenOf(address)
  return token && { kind: direction === 'in' ? 'receive' : 'send', from, to, token, units: baseUnits(units) }
}

function sumEffects(
  movements: readonly Movement[],
  context: DecodeContext,
): NonNullable<Activity['effects']> {
  const sums = new Map<string, { token: Token; delta: bigint }>()
  for (const { token: address, units, direction } of movements) {
    const token = address === 'native' ? context.nativeToken : context.tokenOf(address)
    if (!token) continue
    const key = address.toLowerCase()
    const delta = (sums.get(key)?.delta ?? 0n) + (direction === 'in' ? units : -units)
    sums.set(key, { token, delta })
  }
  return [...sums.values()].filter(({ delta }) => delta !== 0n).slice(0, 32)
}

function complete(
  transaction: ObservedTransaction,
  part: Part,
  index: number,
  isSender: boolean,
  { chainId, account, nameOf }: DecodeContext,
): Activity {
  const { blockNumber, blockTimestampMs, gasUsed, effectiveGasPrice, fee, hash, nonce, succeeded } =
    transaction
  const method = part.kind === 'call' ? nameMethod(transaction.data) : undefined
  const toName = nameOf(part.to)
  return {
    id: `${chainId}:${hash}:${account.id}:${index}`,
    ...part,
    status: succeeded ? 'confirmed' : 'failed',
    chainId,
    accountId: account.id,
    ...(toName === undefined ? {} : { toName, toNameFrom: 'list' }),
    ...(method === undefined ? {} : { method }),
    ...(isSender ? { nonce } : {}),
    transactionHash: hash,
    createdAtMs: blockTimestampMs,
    observed: true,
    receipt: {
      blockNumber,
      blockTimestampMs,
      gasUsed: gasUnits(gasUsed),
      effectiveGasPrice: wei(effectiveGasPrice),
      // Somebody else paid for what somebody else sent.
      fee: wei(isSender ? fee : 0n),
      confirmations: 1,
    },
  }
}
