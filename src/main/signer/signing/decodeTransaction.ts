import { eip1559 } from './eip1559.ts'
import { eip2930 } from './eip2930.ts'
import { legacy } from './legacy.ts'
import type { TransactionType } from './transactionType.ts'
import { undecodable } from './undecodable.ts'

/** Every kind of transaction that is understood; anything else is refused. */
const transactionTypes: readonly TransactionType[] = [eip1559, eip2930, legacy]

/** What nodes take at most (128 KiB); more would only cost time. */
const maximumTransactionBytes = 131_072

/** @throws AppError `signing.undecodable` */
export function transactionTypeOf(unsigned: Uint8Array): TransactionType {
  if (unsigned.length === 0) throw undecodable('empty')
  if (unsigned.length > maximumTransactionBytes) throw undecodable('tooLarge')
  const [first = 0] = unsigned
  // RLP: a list begins with 0xc0 or more; EIP-2718 keeps its types below 0x80.
  const wanted = first >= 0xc0 ? undefined : first
  const type = transactionTypes.find(({ typeByte }) => typeByte === wanted)
  if (!type) throw undecodable('unknownType')
  return type
}
