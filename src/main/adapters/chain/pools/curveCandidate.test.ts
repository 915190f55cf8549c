import {
  type Abi,
  type Address,
  decodeFunctionData,
  encodeFunctionResult,
  erc20Abi,
  parseAbi,
  zeroAddress,
} from 'viem'
import { describe, expect, test } from 'vitest'
import { createCurveStableSwapPool } from '../../../capabilities/router/index.ts'
import type { ContractCall } from '../multicall3.ts'
import { curveCandidate } from './curveCandidate.ts'

const dai: Address = '0x6B175474E89094C44Da98b954EedeAC495271d0F'
const usdc: Address = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48'
const usdt: Address = '0xdAC17F958D2ee523a2206206994597C13D831ec7'
const address: Address = '0xbEbc44782C7dB0a1A60Cb6fe97d0b483032FF1C7'
const metaRegistry: Address = '0xF98B45FA17DE75FB1aD0e7aFD971b0ca00e379fC'
const router: Address = '0x16C6521Dff6baB339122a0FE25a9116693265353'
const abi = [
  ...parseAbi([
    'function find_pool_for_coins(address from, address to, uint256 index) view returns (address)',
    'function get_coins(address pool) view returns (address[8])',
    'function get_balances(address pool) view returns (uint256[8])',
    'function get_decimals(address pool) view returns (uint256[8])',
    'function get_n_coins(address pool) view returns (uint256)',
    'function A() view returns (uint256)',
    'function fee() view returns (uint256)',
    'function gamma() view returns (uint256)',
    'function get_dy(int128 i, int128 j, uint256 dx) view returns (uint256)',
  ]),
  ...erc20Abi,
] as Abi
const ofEight = <Value>(values: readonly Value[], rest: Value) => [
  ...values,
  ...Array<Value>(8 - values.length).fill(rest),
]

/** By its name on chain. */
const amplification = 'A'

const state = {
  id: address.toLowerCase(),
  venue: 'curve',
  tokens: [dai, usdc, usdt].map((token) => token.toLowerCase()),
  balances: [61_000_000n * 10n ** 18n, 54_000_000n * 10n ** 6n, 83_000_000n * 10n ** 6n],
  ratesE18: [10n ** 18n, 10n ** 30n, 10n ** 30n],
  amplification: 4_000n,
  amplificationPrecision: 1n,
  feeE10: 1_500_000n,
}

/** A registry and a pool, as far as they are asked. */
function answerWith(changes: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {}) {
  const pool = createCurveStableSwapPool(state)
  const answers: Record<string, (args: readonly unknown[]) => unknown> = {
    find_pool_for_coins: () => address,
    get_n_coins: () => 3n,
    get_coins: () => ofEight<Address>([dai, usdc, usdt], zeroAddress),
    get_balances: () => ofEight(state.balances, 0n),
    get_decimals: () => ofEight([18n, 6n, 6n], 0n),
    [amplification]: () => 4_000n,
    fee: () => 1_500_000n,
    balanceOf: () => 1n,
    get_dy: ([i, j, dx]) => pool.quoteExactIn(Number(i), Number(j), dx as bigint).amountOut,
    ...changes,
  }
  return (call: ContractCall) => {
    try {
      const { functionName, args = [] } = decodeFunctionData({ abi, data: call.data })
      const answer = answers[functionName]
      return answer && encodeFunctionResult({ abi, functionName, result: answer(args) })
    } catch {
      // A contract that does not have the function.
      return undefined
    }
  }
}

function read(answer: ReturnType<typeof answerWith>) {
  const reading = curveCandidate({ metaRegistry, router }, usdc, dai, 0).read(0)
  let step = reading.next([])
  while (!step.done) step = reading.next(step.value.map(answer))
  return step.value
}

describe('a pool that Curve’s registry knows', () => {
  test('is taken with all its coins where its own quotes agree, and says that it is unproven on chain', () => {
    const found = read(answerWith())
    expect(found?.key).toMatchObject({
      venue: 'curve',
      address,
      coinIndices: state.tokens,
      heldByRouter: [1n, 1n, 1n],
    })
    expect(found?.pool.proof).toBe('vectors')
    expect(found?.pool.tokens).toEqual(state.tokens)
  })

  test.each<[string, Parameters<typeof answerWith>[0]]>([
    ['there is none', { find_pool_for_coins: () => zeroAddress }],
    ['it is of the family with a gamma', { gamma: () => 5n }],
    [
      'it holds the coin',
      {
        get_coins: () =>
          ofEight<Address>([dai, '0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE', usdt], zeroAddress),
      },
    ],
    ['one of its coins is gone', { get_balances: () => ofEight([5n, 0n, 5n], 0n) }],
    ['its own quotes are other than ours', { get_dy: ([, , dx]) => (dx as bigint) / 2n }],
    [
      'it has a fee that moves',
      {
        get_dy: () => {
          throw new Error('reverted')
        },
      },
    ],
  ])('is left alone where %s', (_why, changes) => {
    expect(read(answerWith(changes))).toBeUndefined()
  })
})
