import fc from 'fast-check'
import { encodeFunctionData, encodeFunctionResult, getAddress, type Hex, multicall3Abi } from 'viem'
import { describe, expect, test } from 'vitest'
import { decodeAggregate3, encodeAggregate3 } from './multicall3.ts'

const hexOf = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`
const bytes = fc.uint8Array({ maxLength: 100 }).map(hexOf)
const address = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((value) => getAddress(hexOf(value)))
const functionName = 'aggregate3'

test('writes calls as the general coder does', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ to: address, data: bytes }), { maxLength: 12 }), (calls) => {
      const tuples = calls.map(({ to, data }) => ({ target: to, callData: data, allowFailure: true }))
      expect(encodeAggregate3(calls)).toBe(
        encodeFunctionData({ abi: multicall3Abi, functionName, args: [tuples] }),
      )
    }),
  )
})

describe('results', () => {
  const results = fc.array(fc.record({ success: fc.boolean(), returnData: bytes }), { maxLength: 12 })
  const answerOf = (result: readonly { success: boolean; returnData: Hex }[]) =>
    encodeFunctionResult({ abi: multicall3Abi, functionName, result })

  test('are read as the general coder writes them, and none are of what failed', () => {
    fc.assert(
      fc.property(results, (result) => {
        expect(decodeAggregate3(answerOf(result), result.length)).toEqual(
          result.map(({ success, returnData }) => (success ? returnData : undefined)),
        )
      }),
    )
  })

  test('of another number of calls are refused', () => {
    fc.assert(
      fc.property(results, fc.integer({ min: 1, max: 5 }), (result, more) => {
        expect(() => decodeAggregate3(answerOf(result), result.length + more)).toThrow(RangeError)
      }),
    )
  })

  test('that end too early are refused', () => {
    fc.assert(
      fc.property(results, fc.nat(), (result, cut) => {
        // What is missing may be no more than the zeros after the last bytes.
        const whole = answerOf([...result, { success: true, returnData: `0x${'ab'.repeat(32)}` }])
        const part = whole.slice(0, 2 + 2 * (cut % (whole.length / 2 - 1))) as Hex
        expect(() => decodeAggregate3(part, result.length + 1)).toThrow(RangeError)
      }),
    )
  })

  test('that a node makes up are refused or read, and never lead out of the answer', () => {
    fc.assert(
      fc.property(results, fc.nat(), fc.nat({ max: 255 }), (result, place, byte) => {
        const whole = Buffer.from(answerOf(result).slice(2), 'hex')
        whole[place % whole.length] = byte
        try {
          for (const read of decodeAggregate3(`0x${whole.toString('hex')}`, result.length))
            expect((read ?? '').length).toBeLessThanOrEqual(2 + whole.length * 2)
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(RangeError)
        }
      }),
    )
  })

  test('whose truth value is neither are refused', () => {
    const word = (value: number) => value.toString(16).padStart(64, '0')
    const answer = (isDone: number): Hex =>
      `0x${[0x20, 1, 0x20, isDone, 0x40, 1].map(word).join('')}${'ab'.padEnd(64, '0')}`
    expect(decodeAggregate3(answer(1), 1)).toEqual(['0xab'])
    expect(() => decodeAggregate3(answer(2), 1)).toThrow(RangeError)
  })
})
