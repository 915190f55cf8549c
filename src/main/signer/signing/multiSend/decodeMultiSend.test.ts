import fc from 'fast-check'
import { encodeFunctionData, getAddress, hexToBytes, parseAbi } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { type Address, chainIdSchema } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { multiSendSignatures } from '../../../../shared/multiSend/multiSendAbi.ts'
import type { DecodedTransaction } from '../transactionType.ts'
import { decodeMultiSend } from './decodeMultiSend.ts'

const chainId = chainIdSchema.parse(1)
const multicall3 = getAddress('0xcA11bde05977b3631167028862bE2a173976CA11')
const at = (index: number) => getAddress(`0x${(index + 1).toString(16).padStart(40, '0')}`)
const nativeToken = { ref: { chainId, address: 'native' }, symbol: 'ETH', decimals: 18 } as Token
const context = {
  multicall3,
  nativeToken,
  ownNameOf: (address: Address) => (address === at(1) ? 'Savings' : undefined),
}
type Call = { target: Address; allowFailure: boolean; value: bigint; callData: `0x${string}` }
const pay = (target: Address, value: bigint, changes: Partial<Call> = {}): Call => ({
  target,
  allowFailure: false,
  value,
  callData: '0x',
  ...changes,
})
const encode = (calls: Call[]) => encodeFunctionData({ abi: parseAbi(multiSendSignatures), args: [calls] })
const transaction = (calls: Call[], changes: Partial<DecodedTransaction> = {}): DecodedTransaction => ({
  chainId,
  nonce: 1,
  maxPriorityFeePerGas: 1n,
  maxFeePerGas: 1n,
  gasLimit: 100_000n,
  to: multicall3,
  value: calls.reduce((sum, { value }) => sum + value, 0n),
  data: hexToBytes(encode(calls)),
  accessList: [],
  ...changes,
})
const refused = (reason: string) =>
  expect.objectContaining({ code: 'signing.undecodable', params: { reason } })

describe('payments to several', () => {
  it('are all read, whoever and however many they are', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 10n ** 30n), { minLength: 1, maxLength: 100 }), (amounts) => {
        const intent = decodeMultiSend(
          transaction(amounts.map((units, index) => pay(at(index), units))),
          context,
        )
        expect(intent?.payments.map(({ to, units }) => [to.address, units])).toEqual(
          amounts.map((units, index) => [at(index), units]),
        )
        expect(intent?.units).toBe(amounts.reduce((sum, units) => sum + units, 0n))
      }),
    )
  })

  it('name the user’s own accounts', () => {
    const [, second] = decodeMultiSend(transaction([pay(at(0), 1n), pay(at(1), 1n)]), context)?.payments ?? []
    expect(second?.to.ownAccountName).toBe('Savings')
  })
})

describe('what is none', () => {
  const read = (calls: Call[], changes: Partial<DecodedTransaction> = {}) =>
    decodeMultiSend(transaction(calls, changes), context)

  it('is left to others where it goes elsewhere or asks for something else', () => {
    expect(read([pay(at(0), 1n)], { to: at(5) })).toBeUndefined()
    expect(read([pay(at(0), 1n)], { data: hexToBytes('0x82ad56cb') })).toBeUndefined()
    expect(
      decodeMultiSend(transaction([pay(at(0), 1n)]), { ...context, multicall3: undefined }),
    ).toBeUndefined()
  })

  it.each([
    ['runs code', [pay(at(0), 1n, { callData: '0xa9059cbb' })], 'unknownCall'],
    ['goes on after a failure', [pay(at(0), 1n, { allowFailure: true })], 'unknownCall'],
    ['leaves coin in the contract', [pay(multicall3, 1n)], 'unknownCall'],
    ['pays nothing', [pay(at(0), 1n), pay(at(1), 0n)], 'unknownCall'],
    ['pays the same twice', [pay(at(0), 1n), pay(at(0), 2n)], 'malformed'],
    ['pays nobody', [], 'malformed'],
  ])('is refused where it %s', (_, calls, reason) => {
    expect(() => read(calls)).toThrow(refused(reason))
  })

  it('is refused where more goes along than is paid, or less', () => {
    for (const value of [0n, 2n])
      expect(() => read([pay(at(0), 1n)], { value })).toThrow(refused('valueWithCall'))
  })

  it('is refused where bytes follow that nobody reads', () => {
    const data = hexToBytes(`${encode([pay(at(0), 1n)])}00`)
    expect(() => read([pay(at(0), 1n)], { data })).toThrow(refused('notCanonical'))
  })
})
