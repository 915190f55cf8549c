import { encodeFunctionData, hexToBytes, parseAbi } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import { type Address, type ChainId, chainIdSchema } from '../../../../shared/identity/identity.ts'
import { decodeSwap } from './decodeSwap.ts'
import { readSwapCall } from './readSwapCall.ts'

const chainId: ChainId = chainIdSchema.parse(1)
const account: Address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const stranger: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const usdc: Address = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48'
const dai: Address = '0x6B175474E89094C44Da98b954EedeAC495271d0F'
const pool: Address = '0xbEbc44782C7dB0a1A60Cb6fe97d0b483032FF1C7'
const share: Address = '0x83F20F44975D03b1b09e64809B757c47f942BEeA'
const curveRouter: Address = '0x16C6521Dff6baB339122a0FE25a9116693265353'
const coin: Address = '0x0000000000000000000000000000000000000000'
const curveCoin: Address = '0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE'
const contracts = {
  universalRouter: '0x66a9893cC07D91D95644AEDD05D03f95e1dBA8Af' as Address,
  permit2: '0x000000000022D473030F116dDEE9F6B43aC78BA3' as Address,
  wrappedNative: '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2' as Address,
  otherRouters: [
    {
      name: 'PancakeSwap',
      universalRouter: '0xd9C500DfF816a1Da21A48A732d3498Bf09dc9AEB' as Address,
      permit2: '0x31c2F6fcFf4F8759b3Bd5Bf0e1084A055615c768' as Address,
    },
  ],
  curveRouter,
  vaults: [{ share, asset: dai }],
}

const transaction = (to: Address, data: `0x${string}`, value = 0n, nonce = 8) => ({
  chainId,
  to,
  value,
  data: hexToBytes(data),
  nonce,
  gasLimit: 300_000n,
  maxFeePerGas: 1n,
  maxPriorityFeePerGas: 1n,
  accessList: [],
})
const zeros = [0n, 0n, 0n, 0n, 0n] as const
const route = (...tokens: readonly Address[]) =>
  [...tokens, ...Array<Address>(11 - tokens.length).fill(coin)] as unknown as readonly [
    Address,
    Address,
    Address,
    Address,
    Address,
    Address,
    Address,
    Address,
    Address,
    Address,
    Address,
  ]
const exchange = (tokens: ReturnType<typeof route>, amount = 1_000n, minimum = 990n) =>
  encodeFunctionData({
    abi: parseAbi([
      'function exchange(address[11] route, uint256[5][5] swaps, uint256 amount, uint256 minimum) payable returns (uint256)',
    ]),
    functionName: 'exchange',
    args: [tokens, [[0n, 1n, 1n, 1n, 3n], zeros, zeros, zeros, zeros], amount, minimum],
  })
const mint = (shares: bigint, receiver: Address) =>
  encodeFunctionData({
    abi: parseAbi(['function mint(uint256 shares, address receiver) returns (uint256)']),
    functionName: 'mint',
    args: [shares, receiver],
  })
const approve = (spender: Address, amount: bigint) =>
  encodeFunctionData({
    abi: parseAbi(['function approve(address spender, uint256 amount) returns (bool)']),
    functionName: 'approve',
    args: [spender, amount],
  })

describe('Curve’s router', () => {
  test('sells the first token of its route and guarantees the last', () => {
    const read = readSwapCall(transaction(curveRouter, exchange(route(dai, pool, usdc))), contracts, account)
    expect(read).toMatchObject({
      sold: dai,
      maximumSold: 1_000n,
      bought: usdc,
      minimumBought: 990n,
      takenBy: curveRouter,
      throughName: 'Curve',
    })
  })

  test.each<[string, `0x${string}`, bigint, string]>([
    ['no minimum', exchange(route(dai, pool, usdc), 1_000n, 0n), 0n, 'noMinimum'],
    ['nothing sold', exchange(route(dai, pool, usdc), 0n), 0n, 'noMinimum'],
    ['coin on top', exchange(route(dai, pool, usdc)), 1n, 'valueWithCall'],
    ['the coin by Curve’s name', exchange(route(curveCoin, pool, usdc)), 0n, 'unknownCommand'],
    ['a route that ends in a pool', exchange(route(dai, pool)), 0n, 'unknownCommand'],
    ['a route with a gap', exchange(route(dai, pool, usdc, coin, dai)), 0n, 'unknownCommand'],
    ['a round trip', exchange(route(dai, pool, dai)), 0n, 'unknownCommand'],
    ['another function', mint(5n, account), 0n, 'unknownCall'],
  ])('is refused with %s', (_name, data, value, reason) => {
    expect(() => readSwapCall(transaction(curveRouter, data, value), contracts, account)).toThrow(
      expect.objectContaining({ code: 'signing.undecodable', params: { reason } }),
    )
  })
})

describe('a vault', () => {
  const token = (address: Address, symbol: string) => ({
    ref: { chainId, address },
    symbol,
    name: symbol,
    decimals: 18,
    assetClass: 'token' as const,
    source: 'list' as const,
  })
  const context = {
    nativeToken: {
      ...token(coin, 'ETH'),
      ref: { chainId, address: 'native' as const },
      source: 'native' as const,
    },
    tokens: [token(dai, 'DAI'), token(share, 'sDAI')],
    contracts,
    account,
    ownNameOf: () => undefined,
    nowMs: 0,
  }
  const prepare = (data: `0x${string}`, nonce = 7) => ({
    decoded: transaction(dai, data, 0n, nonce),
    unsigned: new Uint8Array(),
  })

  test('takes what its allowance is for, and gives exactly the shares', () => {
    const read = decodeSwap(
      transaction(share, mint(900n, account)),
      [prepare(approve(share, 1_000n))],
      context,
    )
    expect(read?.intent).toMatchObject({ maximumSold: 1_000n, minimumBought: 900n, buy: { symbol: 'sDAI' } })
  })

  test.each<[string, `0x${string}`, readonly ReturnType<typeof prepare>[], string]>([
    ['without an allowance granted with it', mint(900n, account), [], 'unlimitedAllowance'],
    [
      'with one without limit',
      mint(900n, account),
      [prepare(approve(share, 2n ** 256n - 1n))],
      'unlimitedAllowance',
    ],
    ['for somebody else', mint(900n, stranger), [prepare(approve(share, 1_000n))], 'foreignRecipient'],
    ['for nothing', mint(0n, account), [prepare(approve(share, 1_000n))], 'noMinimum'],
    [
      'with an allowance for somebody else',
      mint(900n, account),
      [prepare(approve(stranger, 1n))],
      'foreignSpender',
    ],
  ])('is refused %s', (_name, data, preparations, reason) => {
    expect(() => decodeSwap(transaction(share, data), preparations, context)).toThrow(
      expect.objectContaining({ code: 'signing.undecodable', params: { reason } }),
    )
  })

  test('is no swap when anything else is called', () => {
    expect(readSwapCall(transaction(share, approve(stranger, 1n)), contracts, account)).toBeUndefined()
  })
})

describe('a fork’s router', () => {
  test('has its own pools under the number of Uniswap v4, which nobody here can read', () => {
    const [fork] = contracts.otherRouters
    const data = encodeFunctionData({
      abi: parseAbi(['function execute(bytes commands, bytes[] inputs, uint256 deadline) payable']),
      functionName: 'execute',
      args: ['0x10', ['0x'], 10n],
    })
    expect(() => readSwapCall(transaction(fork?.universalRouter ?? coin, data), contracts, account)).toThrow(
      expect.objectContaining({ params: { reason: 'unknownCommand' } }),
    )
  })
})
