import { bytesToHex, fromRlp, hexToBytes, keccak256 } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { addressSchema } from '../../../shared/identity/identity.ts'
import { partOf } from '../../../shared/testing/thoroughness.ts'
import { readTestCases } from '../testing/readTestCases.ts'
import { eip1559 } from './eip1559.ts'
import { signDigest } from './signDigest.ts'

const hexSchema = z.custom<`0x${string}`>((value) => typeof value === 'string' && value.startsWith('0x'))
const numberSchema = z.union([hexSchema, z.int()]).optional()
const cases = z
  .array(
    z.object({
      name: z.string(),
      address: addressSchema,
      key: hexSchema,
      signed: hexSchema,
      unsigned: hexSchema,
      tx: z.object({
        type: z.int(),
        to: hexSchema.optional(),
        chainId: numberSchema,
        nonce: numberSchema,
        value: numberSchema,
        gasLimit: numberSchema,
        maxFeePerGas: numberSchema,
        maxPriorityFeePerGas: numberSchema,
        data: hexSchema.optional(),
        accessList: z.array(z.unknown()).optional(),
      }),
    }),
  )
  .parse(readTestCases('typed-transactions'))

const lowerCase = (value: unknown) => JSON.stringify(value).toLowerCase()

function accountKeyOf({ address, key }: (typeof cases)[number]) {
  return { address, privateKey: hexToBytes(key) }
}

describe('against @ethersproject/testcases', () => {
  it('makes the published signature of every kind of typed transaction', () => {
    for (const each of partOf(cases, 16)) {
      const { r, s, yParity } = signDigest(accountKeyOf(each), hexToBytes(keccak256(each.unsigned)))
      // Every typed transaction ends in parity, r and s, as numbers without leading zeros.
      const fields = fromRlp(`0x${each.signed.slice(4)}`)
      if (!Array.isArray(fields)) throw new Error('A transaction is a list')
      const published = fields.slice(-3)
      const numbers = [bytesToHex(Uint8Array.of(yParity)), bytesToHex(r), bytesToHex(s)].map(BigInt)
      expect(numbers).toEqual(published.map((field) => (field === '0x' ? 0n : BigInt(String(field)))))
    }
  })

  it('reads and signs the published fee-market transactions that it understands', () => {
    const understood = cases.filter(
      ({ tx }) =>
        tx.type === 2 &&
        tx.to &&
        BigInt(tx.chainId ?? 0) > 0n &&
        BigInt(tx.maxPriorityFeePerGas ?? 0) <= BigInt(tx.maxFeePerGas ?? 0),
    )
    expect(understood.length).toBeGreaterThan(300)
    for (const each of understood) {
      const unsigned = hexToBytes(each.unsigned)
      const decoded = eip1559.decode(unsigned)
      expect(BigInt(decoded.chainId)).toBe(BigInt(each.tx.chainId ?? 0))
      expect(decoded.to.toLowerCase()).toBe(each.tx.to?.toLowerCase())
      expect(BigInt(decoded.nonce)).toBe(BigInt(each.tx.nonce ?? 0))
      expect(decoded.value).toBe(BigInt(each.tx.value ?? 0))
      expect(decoded.gasLimit).toBe(BigInt(each.tx.gasLimit ?? 0))
      expect(decoded.maxFeePerGas).toBe(BigInt(each.tx.maxFeePerGas ?? 0))
      expect(decoded.maxPriorityFeePerGas).toBe(BigInt(each.tx.maxPriorityFeePerGas ?? 0))
      expect(bytesToHex(decoded.data)).toBe(each.tx.data ?? '0x')
      expect(lowerCase(decoded.accessList)).toEqual(lowerCase(each.tx.accessList ?? []))
    }
    for (const each of partOf(understood, 12)) {
      const unsigned = hexToBytes(each.unsigned)
      const signature = signDigest(accountKeyOf(each), hexToBytes(keccak256(unsigned)))
      expect(bytesToHex(eip1559.attachSignature(unsigned, signature))).toBe(each.signed)
    }
  })

  it('refuses the others rather than show them wrongly', () => {
    const others = cases.filter(({ tx }) => tx.type === 2 && (!tx.to || BigInt(tx.chainId ?? 0) === 0n))
    expect(others.length).toBeGreaterThan(350)
    for (const { unsigned } of others) {
      expect(() => eip1559.decode(hexToBytes(unsigned))).toThrow(
        expect.objectContaining({ code: 'signing.undecodable' }),
      )
    }
  })
})

describe('signDigest', () => {
  it('gives nothing when the key belongs to another address', () => {
    const [first, second] = cases
    if (!first || !second) throw new Error('There are cases')
    const key = { address: second.address, privateKey: hexToBytes(first.key) }
    expect(() => signDigest(key, hexToBytes(keccak256('0x00')))).toThrow(
      expect.objectContaining({ code: 'signing.wrongAccount' }),
    )
  })
})
