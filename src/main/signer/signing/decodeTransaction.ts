import { eip1559 } from './eip1559.ts'
import type { TransactionType } from './transactionType.ts'
import { undecodable } from './undecodable.ts'

/** Every kind of transaction that is understood; anything else is refused. */
const transactionTypes: readonly TransactionType[] = [eip1559]

/** What nodes take at most (128 KiB); more would only cost time. */
const maximumTransactionBytes = 131_072

/** @throws AppError `signing.undecodable` */
export function transactionTypeOf(unsigned: Uint8Array): TransactionType {
  if (unsigned.length === 0) throw undecodable('empty')
  if (unsigned.length > maximumTransactionBytes) throw undecodable('tooLarge')
  const type = transactionTypes.find(({ typeByte }) => typeByte === unsigned[0])
  if (!type) throw undecodable('unknownType')
  return type
}
