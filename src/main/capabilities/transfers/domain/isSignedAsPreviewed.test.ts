import fc from 'fast-check'
import { hexToBytes, keccak256, type TransactionSerializableEIP1559 } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'
import type { ChainId } from '../../../../shared/identity/identity.ts'
import { runs } from '../../../../shared/testing/thoroughness.ts'
import { isSignedAsPreviewed } from './isSignedAsPreviewed.ts'
import type { TransactionFields } from './TransactionFields.ts'

const key = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const stranger = privateKeyToAccount(`0x${'22'.repeat(32)}`)

const fields: fc.Arbitrary<TransactionFields> = fc.record({
  chainId: fc.constantFrom(1, 31337, 8453).map((id) => id as ChainId),
  nonce: fc.nat(),
  to: fc
    .uint8Array({ minLength: 20, maxLength: 20 })
    .map((b) => `0x${Buffer.from(b).toString('hex')}` as const),
  value: fc.bigInt({ min: 0n, max: 2n ** 128n }),
  data: fc.uint8Array({ maxLength: 100 }).map((b) => `0x${Buffer.from(b).toString('hex')}` as const),
  gas: fc.bigInt({ min: 0n, max: 30_000_000n }),
  maxFeePerGas: fc.bigInt({ min: 10n ** 10n, max: 10n ** 14n }),
  maxPriorityFeePerGas: fc.bigInt({ min: 0n, max: 10n ** 10n }),
})

async function sign(
  transaction: TransactionFields,
  by = key,
  extra: Partial<TransactionSerializableEIP1559> = {},
) {
  const signed = hexToBytes(await by.signTransaction({ type: 'eip1559', ...transaction, ...extra }))
  return { signed, hash: keccak256(signed) }
}

test('the very transaction, signed by the account, is accepted', async () => {
  await fc.assert(
    fc.asyncProperty(fields, async (transaction) => {
      const { signed, hash } = await sign(transaction)
      expect(await isSignedAsPreviewed(signed, hash, transaction, key.address)).toBe(true)
    }),
    { numRuns: runs(16) },
  )
})

test('any other field, signer, hash or byte is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fields, fields, fc.nat(), async (transaction, other, place) => {
      const { signed, hash } = await sign(transaction)
      for (const name of Object.keys(transaction) as (keyof TransactionFields)[]) {
        if (other[name] === transaction[name]) continue
        const changed = { ...transaction, [name]: other[name] }
        expect(await isSignedAsPreviewed(signed, hash, changed, key.address)).toBe(false)
      }
      expect(await isSignedAsPreviewed(signed, hash, transaction, stranger.address)).toBe(false)
      expect(await isSignedAsPreviewed(signed, `0x${'0'.repeat(64)}`, transaction, key.address)).toBe(false)
      const tampered = signed.slice()
      tampered[place % tampered.length] = (tampered[place % tampered.length] ?? 0) ^ 1
      expect(await isSignedAsPreviewed(tampered, keccak256(tampered), transaction, key.address)).toBe(false)
    }),
    { numRuns: runs(15) },
  )
})

test('an access list rides along with nothing', async () => {
  const [transaction] = fc.sample(fields, { numRuns: 1, seed: 1 })
  if (!transaction) throw new Error('no sample')
  const { signed, hash } = await sign(transaction, key, {
    accessList: [{ address: stranger.address, storageKeys: [] }],
  })
  expect(await isSignedAsPreviewed(signed, hash, transaction, key.address)).toBe(false)
  expect(await isSignedAsPreviewed(new Uint8Array(), keccak256('0x'), transaction, key.address)).toBe(false)
})
