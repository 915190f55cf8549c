import { erc20Abi } from 'viem'
import { encodeFunctionData, getAddress, hexToBytes, parseAbi } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { type Address, chainIdSchema } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import type { DecodedTransaction } from '../transactionType.ts'
import { decodeRevocation } from './decodeRevocation.ts'

const chainId = chainIdSchema.parse(1)
const at = (digit: string) => getAddress(`0x${digit.repeat(40)}`)
const [usdc, unknown, spender, permit2] = ['a', 'b', 'c', 'd'].map(at) as [Address, Address, Address, Address]
const token: Token = {
  ref: { chainId, address: usdc },
  symbol: 'USDC',
  name: 'USD Coin',
  decimals: 6,
  assetClass: 'stablecoin',
  source: 'list',
}
const context = {
  tokens: [token],
  permit2,
  nameOf: (address: Address) => (address === spender ? 'Exchange' : undefined),
}
const named = { address: spender, name: 'Exchange' }
const call = (
  to: Address,
  data: `0x${string}`,
  changes: Partial<DecodedTransaction> = {},
): DecodedTransaction => ({
  chainId,
  nonce: 7,
  maxPriorityFeePerGas: 1n,
  maxFeePerGas: 1n,
  gasLimit: 50_000n,
  to,
  value: 0n,
  data: hexToBytes(data),
  accessList: [],
  ...changes,
})
const approve = (to: Address, amount: bigint, changes = {}) =>
  call(to, encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, amount] }), changes)
const lockdown = (to: Address, pairs: { token: Address; spender: Address }[]) =>
  call(
    to,
    encodeFunctionData({
      abi: parseAbi(['function lockdown((address token, address spender)[] approvals)']),
      args: [pairs],
    }),
  )
const read = (last: DecodedTransaction, before: DecodedTransaction[] = []) =>
  decodeRevocation(last, before, context)
const refused = (reason: string) =>
  expect.objectContaining({ code: 'signing.undecodable', params: { reason } })

describe('what ends rights', () => {
  it('is an allowance of nothing, also of a token that no list knows', () => {
    expect(read(approve(usdc, 0n))?.rights).toEqual([{ via: 'token', contract: usdc, token, spender: named }])
    expect(read(approve(unknown, 0n))?.rights).toEqual([{ via: 'token', contract: unknown, spender: named }])
  })

  it('is Permit2’s lockdown, of several at once', () => {
    const pairs = [
      { token: usdc, spender },
      { token: unknown, spender },
    ]
    expect(read(lockdown(permit2, pairs))?.rights.map(({ via, contract }) => [via, contract])).toEqual([
      ['permit2', usdc],
      ['permit2', unknown],
    ])
  })

  it('may be several transactions in an unbroken row', () => {
    const rights = read(approve(usdc, 0n), [approve(unknown, 0n, { nonce: 6 })])?.rights
    expect(rights?.map(({ contract }) => contract)).toEqual([unknown, usdc])
  })
})

describe('what is none', () => {
  it('gives a right, pays, or asks another contract for a lockdown', () => {
    expect(read(approve(usdc, 1n))).toBeUndefined()
    expect(read(approve(usdc, 0n, { value: 1n }))).toBeUndefined()
    expect(read(lockdown(unknown, [{ token: usdc, spender }]))).toBeUndefined()
    expect(read(call(usdc, '0xa9059cbb'))).toBeUndefined()
  })

  it('hides something else among what goes before it', () => {
    for (const before of [
      approve(usdc, 1n, { nonce: 6 }),
      approve(usdc, 0n, { nonce: 5 }),
      approve(usdc, 0n, { nonce: 6, chainId: chainIdSchema.parse(10) }),
    ]) {
      expect(() => read(approve(usdc, 0n), [before])).toThrow(refused('unknownPreparation'))
    }
  })

  it('is written in another than the one canonical way', () => {
    const encoded = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, 0n] })
    expect(() => read(call(usdc, `${encoded}00`))).toThrow(refused('notCanonical'))
    expect(() => read(lockdown(permit2, []))).toThrow(refused('malformed'))
  })
})
