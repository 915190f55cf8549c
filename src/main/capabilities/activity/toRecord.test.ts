import { expect, test } from 'vitest'
import type { SignedSwapTransaction } from '../swaps/index.ts'
import type { SignedTransfer } from '../transfers/index.ts'
import { swapRecord, transferRecord } from './toRecord.ts'

const occasion = { id: 'a', createdAtMs: 1, head: undefined }
const signed = { transaction: { chainId: 1, nonce: 1 }, units: 1n }

test('a name is written down with where it came from', () => {
  const sent = { ...signed, recipientName: { name: 'Hana', from: 'contact' } } as unknown as SignedTransfer
  expect(transferRecord(sent, occasion).activity).toMatchObject({ toName: 'Hana', toNameFrom: 'contact' })
  const swapped = { ...signed, kind: 'swap', toName: 'Uniswap' } as unknown as SignedSwapTransaction
  expect(swapRecord(swapped, occasion).activity).toMatchObject({ toName: 'Uniswap', toNameFrom: 'list' })
  const nameless = { ...signed, recipientName: undefined } as unknown as SignedTransfer
  expect(transferRecord(nameless, occasion).activity).not.toHaveProperty('toNameFrom')
})
