import { secp256k1 } from '@noble/curves/secp256k1.js'
import { type Hex, hexToBytes, keccak256, parseTransaction, serializeTransaction, toBytes } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { bytesToHex } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AppError } from '../../../shared/errors/AppError.ts'
import { partOf } from '../../../shared/testing/thoroughness.ts'
import { readTestCases } from '../testing/readTestCases.ts'
import { transactionTypeOf } from './decodeTransaction.ts'
import { signDigest } from './signDigest.ts'
import type { Signature } from './transactionType.ts'

const hex = z.custom<Hex>((value) => typeof value === 'string' && value.startsWith('0x'))

/** The signed bytes for unsigned ones, or the reason why they are refused. */
function complete(unsigned: Hex, signatureOf: (digest: Uint8Array) => Signature): Hex | string {
  const bytes = hexToBytes(unsigned)
  try {
    const type = transactionTypeOf(bytes)
    const decoded = type.decode(bytes)
    expect(bytesToHex(type.encode(decoded))).toBe(unsigned)
    return bytesToHex(type.attachSignature(bytes, signatureOf(keccak256(bytes, 'bytes'))))
  } catch (error) {
    if (error instanceof AppError && error.code === 'signing.undecodable') return String(error.params.reason)
    throw error
  }
}

function sign(unsigned: Hex, privateKey: Hex): Hex | string {
  const { address } = privateKeyToAccount(privateKey)
  return complete(unsigned, (digest) => signDigest({ address, privateKey: hexToBytes(privateKey) }, digest))
}

/** With the signature out of signed bytes, which takes no arithmetic on the curve. */
function attach(unsigned: Hex, signed: Hex): Hex | string {
  return complete(unsigned, () => {
    const { r, s, yParity } = parseTransaction(signed)
    if (r === undefined || s === undefined) throw new Error('it is not signed')
    const toWord = (value: Hex) => toBytes(BigInt(value), { size: 32 })
    return { r: toWord(r), s: toWord(s), yParity: yParity === 1 ? 1 : 0 }
  })
}

// A signature takes milliseconds, and knows nothing of what it signs but the digest.
const signedEvery = 12

describe('transactions of @ethersproject/testcases', () => {
  it('legacy ones are signed as published, with their chain, and refused without one', () => {
    const cases = z
      .array(
        z.object({
          privateKey: hex,
          unsignedTransaction: hex,
          unsignedTransactionChainId5: hex,
          signedTransactionChainId5: hex,
          to: z.string().optional(),
        }),
      )
      .parse(readTestCases('transactions'))
    const understood: typeof cases = []
    for (const each of cases) {
      expect(attach(each.unsignedTransaction, each.signedTransactionChainId5)).toBe('noChain')
      const outcome = attach(each.unsignedTransactionChainId5, each.signedTransactionChainId5)
      if (outcome.startsWith('0x')) {
        expect(outcome).toBe(each.signedTransactionChainId5)
        understood.push(each)
      } else expect(outcome).toMatch(/^(?:contractCreation|outOfRange|notCanonical)$/)
    }
    expect(understood.length).toBeGreaterThan(100)
    for (const each of partOf(understood, signedEvery)) {
      expect(sign(each.unsignedTransactionChainId5, each.privateKey)).toBe(each.signedTransactionChainId5)
    }
  })

  it('typed ones are signed as published', () => {
    const cases = z
      .array(
        z.object({
          key: hex,
          unsigned: hex,
          signed: hex,
          tx: z.object({ type: z.int(), accessList: z.array(z.unknown()).optional() }),
        }),
      )
      .parse(readTestCases('typed-transactions'))
    const understood: typeof cases = []
    for (const each of cases) {
      const outcome = attach(each.unsigned, each.signed)
      if (outcome.startsWith('0x')) {
        expect(outcome).toBe(each.signed)
        understood.push(each)
      } else expect(outcome).toMatch(/^(?:contractCreation|outOfRange|feesInverted|malformed)$/)
    }
    for (const type of [1, 2]) {
      const ofType = understood.filter(({ tx }) => tx.type === type)
      expect(ofType.length).toBeGreaterThan(200)
      for (const { key, unsigned, signed } of partOf(ofType, signedEvery)) {
        expect(sign(unsigned, key)).toBe(signed)
      }
    }
    expect(understood.filter(({ tx }) => tx.accessList?.length).length).toBeGreaterThan(300)
  })
})

describe('EIP-155', () => {
  it('the example that it prints is signed as it prints it', () => {
    const unsigned = serializeTransaction({
      type: 'legacy',
      nonce: 9,
      gasPrice: 20n * 10n ** 9n,
      gas: 21_000n,
      to: '0x3535353535353535353535353535353535353535',
      value: 10n ** 18n,
      chainId: 1,
    })
    expect(keccak256(unsigned)).toBe('0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53')
    expect(sign(unsigned, `0x${'46'.repeat(32)}`)).toBe(
      '0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83',
    )
  })

  it('its signature recovers to the key that signed', () => {
    const privateKey = bytesToHex(secp256k1.utils.randomSecretKey(new Uint8Array(48).fill(7)))
    const unsigned = serializeTransaction({
      type: 'legacy',
      nonce: 0,
      gasPrice: 1n,
      gas: 21_000n,
      to: '0x3535353535353535353535353535353535353535',
      chainId: 31_337,
    })
    const signed = parseTransaction(sign(unsigned, privateKey) as Hex)
    expect([Number(signed.v) - 31_337 * 2 - 35]).toEqual([signed.yParity])
  })
})

describe('other bytes', () => {
  it.each(['0x', '0x03c0', '0x04c0', '0x7fc0', '0xc0', '0x80', '0xf8'] as Hex[])(
    '%s are refused',
    (bytes) => {
      expect(sign(bytes, `0x${'46'.repeat(32)}`)).toMatch(/^(?:empty|unknownType|malformed)$/)
    },
  )
})
