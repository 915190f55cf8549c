import fc from 'fast-check'
import { encodeErrorResult, parseAbi } from 'viem'
import { expect, test } from 'vitest'
import { codePoint } from '../../../../shared/testing/codePoint.ts'
import { decodeRevertReason } from './decodeRevertReason.ts'

const abi = parseAbi([
  'error Error(string reason)',
  'error Panic(uint256 code)',
  'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
])

test("gives the contract's own words", () => {
  const data = encodeErrorResult({ abi, errorName: 'Error', args: ['Blacklistable: account is blacklisted'] })
  expect(decodeRevertReason(data, 'execution reverted')).toBe('Blacklistable: account is blacklisted')
})

test('names what has no words', () => {
  expect(decodeRevertReason(encodeErrorResult({ abi, errorName: 'Panic', args: [0x11n] }), '')).toBe(
    'Panic 0x11',
  )
  const short = encodeErrorResult({
    abi,
    errorName: 'ERC20InsufficientBalance',
    args: [`0x${'1'.repeat(40)}`, 1n, 2n],
  })
  expect(decodeRevertReason(short, '')).toBe('ERC20InsufficientBalance')
  expect(decodeRevertReason('0xdeadbeef', '')).toBe('Error 0xdeadbeef')
  expect(decodeRevertReason('0x', 'execution reverted: out of honey')).toBe('out of honey')
  expect(decodeRevertReason('0x', 'execution reverted')).toBe('')
})

test('is safe and short for any data', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: codePoint }), (bytes, message) => {
      const reason = decodeRevertReason(`0x${Buffer.from(bytes).toString('hex')}`, message)
      expect([...reason].length).toBeLessThanOrEqual(200)
      expect(reason).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }),
  )
  const evil = encodeErrorResult({ abi, errorName: 'Error', args: [`\u202e${'x'.repeat(5000)}`] })
  expect([...decodeRevertReason(evil, '')].length).toBe(200)
})
