import { encodeFunctionData, maxUint256, parseAbi } from 'viem'
import { hexToBytes } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import { type Address, chainIdSchema } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { limitOrderSignatures } from '../../../../shared/limitOrder/limitOrderSignatures.ts'
import { encodeMakerTraits, type MakerTraits } from '../../../../shared/limitOrder/makerTraits.ts'
import { createDescriptorBook } from '../clear/DescriptorBook.ts'
import { decodeIntent } from '../decodeIntent.ts'
import { readTypedData } from '../messages/readTypedData.ts'
import { decodeSwap } from '../swap/decodeSwap.ts'
import type { DecodedTransaction } from '../transactionType.ts'

const chainId = chainIdSchema.parse(31337)
const protocol: Address = '0x111111125421cA6dc452d289314280a0f8842A65'
const account: Address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const stranger: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const usdc: Address = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const weth: Address = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2'
const abi = parseAbi(limitOrderSignatures)
const erc20 = parseAbi(['function approve(address,uint256) returns (bool)'])
const zero = '0x0000000000000000000000000000000000000000'
const word = `0x${'11'.repeat(32)}` as const

const tokenOf = (address: Address, symbol: string, decimals: number): Token => ({
  ref: { chainId, address },
  symbol,
  name: symbol,
  decimals,
  assetClass: 'token',
  source: 'list',
})
const tokens = [tokenOf(usdc, 'USDC', 6), tokenOf(weth, 'WETH', 18)]
const native: Token = { ...tokenOf(weth, 'ETH', 18), ref: { chainId, address: 'native' }, source: 'native' }
const contracts = {
  universalRouter: '0x66a9893cC07D91D95644AEDD05D03f95e1dBA8Af',
  permit2: '0x000000000022D473030F116dDEE9F6B43aC78BA3',
  wrappedNative: weth,
  limitOrderProtocol: protocol,
} as const
const ownNameOf = () => undefined

const plain: MakerTraits = {
  allowedSender: 0n,
  expiresAtS: 1_700_000_600,
  nonceOrEpoch: 0n,
  series: 0n,
  allowsPartialFills: true,
  allowsMultipleFills: true,
  needsPreInteraction: false,
  needsPostInteraction: false,
  checksEpoch: false,
  hasExtension: false,
  usesPermit2: false,
  unwrapsWeth: false,
}
const transaction = (changes: Partial<DecodedTransaction>): DecodedTransaction =>
  ({
    chainId,
    nonce: 1,
    to: protocol,
    value: 0n,
    data: new Uint8Array(),
    gasLimit: 200_000n,
    maxFeePerGas: 30n,
    maxPriorityFeePerGas: 1n,
    accessList: [],
    ...changes,
  }) as DecodedTransaction

describe('a signed order', () => {
  const sign = (
    message: object = {},
    traits: Partial<MakerTraits> = {},
    verifyingContract: Address = protocol,
    primaryType = 'Order',
  ) => {
    const names = ['salt', 'maker', 'receiver', 'makerAsset', 'takerAsset']
    const amounts = ['makingAmount', 'takingAmount', 'makerTraits']
    const types = {
      [primaryType]: [...names, ...amounts].map((name, index) => ({
        name,
        type: index > 0 && index < 5 ? 'address' : 'uint256',
      })),
    }
    const order = {
      salt: '1',
      maker: account,
      receiver: zero,
      makerAsset: usdc,
      takerAsset: weth,
      makingAmount: '3000000000',
      takingAmount: '1000000000000000000',
      makerTraits: String(encodeMakerTraits({ ...plain, ...traits })),
      ...message,
    }
    const domain = { name: '1inch Aggregation Router', version: '6', chainId, verifyingContract }
    const json = JSON.stringify({ types, primaryType, domain, message: order })
    const { content } = readTypedData(json, chainId, {
      book: createDescriptorBook([], () => undefined),
      chains: [],
      ownAddresses: () => [],
      onFault: (thrown) => {
        throw thrown
      },
      tokens,
      ownNameOf,
      account,
      limitOrderProtocol: protocol,
    })
    return content.kind === 'typedData' ? content.meaning : undefined
  }

  test('is told with what it gives, what it asks, to whom, for whom, and until when', () => {
    expect(sign()).toEqual({
      kind: 'limitOrder',
      give: { token: tokens[0], units: 3_000_000_000n },
      receive: { token: tokens[1], units: 10n ** 18n },
      expiresAtMs: 1_700_000_600_000,
      fills: 'parts',
    })
    expect(sign({}, { allowsPartialFills: false, allowsMultipleFills: false })).toMatchObject({
      fills: 'whole',
    })
    expect(sign({}, { allowsMultipleFills: false })).toMatchObject({ fills: 'once' })
    expect(sign({ receiver: stranger })).toMatchObject({ receiver: { address: stranger } })
    expect(sign({}, { allowedSender: 0xabcn })).toMatchObject({ onlyFor: '0x…00000000000000000abc' })
    expect(sign({}, { expiresAtS: 0 })).not.toHaveProperty('expiresAtMs')
  })

  test.each([
    ['of another maker', () => sign({ maker: stranger })],
    ['with an extension, which can change its price', () => sign({}, { hasExtension: true })],
    ['that calls a contract in the middle', () => sign({}, { needsPostInteraction: true })],
    ['that calls a contract before', () => sign({}, { needsPreInteraction: true })],
    ['with bits that nobody defines', () => sign({ makerTraits: String(1n << 253n) })],
    ['for nothing', () => sign({ takingAmount: '0' })],
    ['of a token that no list knows', () => sign({ makerAsset: stranger })],
    ['of another type for the same contract', () => sign({}, {}, protocol, 'Order2')],
  ])('%s is refused', (_name, attempt) => {
    expect(attempt).toThrow()
  })

  test('for another contract stays data without a meaning', () => {
    expect(sign({}, {}, stranger)).toBeUndefined()
  })
})

describe('a fill', () => {
  const order = {
    salt: 1n,
    maker: BigInt(stranger),
    receiver: 0n,
    makerAsset: BigInt(weth),
    takerAsset: BigInt(usdc),
    makingAmount: 10n ** 18n,
    takingAmount: 3_000_000_000n,
    makerTraits: encodeMakerTraits(plain),
  }
  const least = 10n ** 17n
  const fill = (traits: bigint = least, changes: object = {}, amount = 300_000_000n) =>
    encodeFunctionData({
      abi,
      functionName: 'fillOrder',
      args: [{ ...order, ...changes }, word, word, amount, traits],
    })
  const read = (data: `0x${string}`, changes: Partial<DecodedTransaction> = {}) =>
    decodeSwap(transaction({ data: hexToBytes(data), ...changes }), [], {
      nativeToken: native,
      tokens,
      contracts,
      account,
      ownNameOf,
      nowMs: 1_700_000_000_000,
    })?.intent

  test('is read as what leaves at most and arrives at least, from whose order', () => {
    expect(read(fill())).toEqual({
      kind: 'swap',
      sell: tokens[0],
      maximumSold: 300_000_000n,
      buy: tokens[1],
      minimumBought: least,
      through: { address: protocol, name: '1inch' },
      order: { maker: { address: stranger } },
      validUntilMs: 1_700_000_600_000,
    })
  })

  test.each([
    ['without a least amount', fill(0n)],
    ['that counts what arrives as if it were what leaves', fill(least | (1n << 255n))],
    ['that unwraps', fill(least | (1n << 254n))],
    ['that skips a permit', fill(least | (1n << 253n))],
    ['through Permit2', fill(least | (1n << 252n))],
    ['to a stranger', fill(least | (1n << 251n))],
    ['with an extension that is not there', fill(least | (8n << 224n))],
    ['with an interaction', fill(least | (8n << 200n))],
    ['of nothing', fill(least, {}, 0n)],
    ['with dirt above a token', fill(least, { takerAsset: BigInt(usdc) | (1n << 200n) })],
    ['with traits that nobody knows', fill(least, { makerTraits: 1n << 253n })],
    ['with more behind it', `${fill()}00` as const],
  ])('%s is refused', (_name, data) => {
    expect(() => read(data)).toThrow()
  })

  test('is refused with coins, or an extension longer than said', () => {
    expect(() => read(fill(), { value: 1n })).toThrow()
    const args = (traits: bigint, extension: `0x${string}`) =>
      encodeFunctionData({
        abi,
        functionName: 'fillOrderArgs',
        args: [order, word, word, 1n, traits, extension],
      })
    expect(read(args(least | (4n << 224n), '0x01020304'))).toMatchObject({ minimumBought: least })
    expect(() => read(args(least | (3n << 224n), '0x01020304'))).toThrow()
  })
})

describe('what the contract may take, and no longer fills', () => {
  const read = (to: Address, data: `0x${string}`) =>
    decodeIntent(transaction({ to, data: hexToBytes(data) }), {
      nativeToken: native,
      tokens,
      ownNameOf,
      contracts,
    })
  const approve = (spender: Address, units: bigint) =>
    read(usdc, encodeFunctionData({ abi: erc20, functionName: 'approve', args: [spender, units] }))

  test('is told with its bounds', () => {
    expect(approve(protocol, 5n)).toMatchObject({ kind: 'allowance', units: 5n, token: { symbol: 'USDC' } })
    expect(approve(protocol, 0n)).toMatchObject({ kind: 'allowance', units: 0n })
    const cancel = encodeFunctionData({ abi, functionName: 'cancelOrder', args: [1n, word] })
    expect(read(protocol, cancel)).toMatchObject({ kind: 'cancelOrders', orderHashes: [word] })
    const all = encodeFunctionData({ abi, functionName: 'increaseEpoch', args: [0n] })
    expect(read(protocol, all)).not.toHaveProperty('orderHashes')
  })

  test('is refused for anybody else, without a limit, and in other series', () => {
    expect(() => approve(stranger, 5n)).toThrow()
    expect(() => approve(protocol, maxUint256)).toThrow()
    const series = encodeFunctionData({ abi, functionName: 'increaseEpoch', args: [1n] })
    expect(() => read(protocol, series)).toThrow()
    const none = encodeFunctionData({ abi, functionName: 'cancelOrders', args: [[], []] })
    expect(() => read(protocol, none)).toThrow()
  })
})
