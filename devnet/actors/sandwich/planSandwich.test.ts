import { type Address, decodeFunctionData, type Hex, numberToHex, pad } from 'viem'
import { describe, expect, test } from 'vitest'
import type { Market, PendingTransaction, TrialCall, TrialResult } from '../connectMarket.ts'
import { swapRouter02Abi } from '../protocolAbis.ts'
import { computeV2Output } from './computeV2Sandwich.ts'
import { encodeLeg } from './encodeLeg.ts'
import { planSandwich } from './planSandwich.ts'

const address = (digit: string): Address => `0x${digit.repeat(40)}`
const [router, tokenIn, tokenOut, attacker, victim] = ['1', '2', '3', '4', '5'].map(address) as [
  Address,
  Address,
  Address,
  Address,
  Address,
]
const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
const leg = { kind: 'uniswapV3', tokenIn, tokenOut, fee: 100 } as const

/** A pool of constant product behind a router that runs out of gas for more than `capacity`, as a walk over empty ticks does. */
function openMarket(reserve: bigint, capacity: bigint, feePips: bigint): Market {
  const attempt = async (calls: readonly TrialCall[]): Promise<TrialResult[]> => {
    const reserves = new Map([
      [tokenIn, reserve],
      [tokenOut, reserve],
    ])
    const of = (token: Address) => reserves.get(token) ?? 0n
    return calls.map(({ from, data }) => {
      const [swap] = decodeFunctionData({ abi: swapRouter02Abi, data }).args as readonly [
        { tokenIn: Address; tokenOut: Address; amountIn: bigint; amountOutMinimum: bigint },
      ]
      const { amountIn } = swap
      const out = computeV2Output(amountIn, of(swap.tokenIn), of(swap.tokenOut), feePips)
      if (amountIn > capacity || out < swap.amountOutMinimum)
        return { succeeded: false, gasUsed: 0n, logs: [] }
      reserves.set(swap.tokenIn, of(swap.tokenIn) + amountIn)
      reserves.set(swap.tokenOut, of(swap.tokenOut) - out)
      const log = (token: Address, [giver, taker]: readonly [Address, Address], units: bigint) => ({
        address: token,
        topics: [transferTopic, pad(giver), pad(taker)] as Hex[],
        data: numberToHex(units),
      })
      const logs = [log(swap.tokenIn, [from, router], amountIn), log(swap.tokenOut, [router, from], out)]
      return { succeeded: true, gasUsed: 100_000n, logs }
    })
  }
  return { address: attacker, manifest: { contracts: { uniswapV3SwapRouter02: router } }, attempt } as never
}

async function plan(market: Market, amountIn: bigint, minimumOut: bigint, capital: bigint) {
  const { data } = encodeLeg(market.manifest, leg, { amountIn, minimumOut, recipient: victim })
  const pending = { from: victim, to: router, input: data, value: 0n, gas: 500_000n }
  return planSandwich(
    { market, victim: pending as PendingTransaction, earlier: [] },
    { legs: [leg], amountIn, minimumOut },
    leg,
    capital,
  )
}

describe('planSandwich', () => {
  test('takes no front-run that fails by itself for one that leaves the victim standing', async () => {
    const reserve = 10n ** 15n
    const amountIn = reserve / 100n
    const minimumOut = (computeV2Output(amountIn, reserve, reserve, 100n) * 97n) / 100n
    const free = await plan(openMarket(reserve, reserve, 100n), amountIn, minimumOut, reserve)
    // He has far more than the pool can take.
    const bound = await plan(openMarket(reserve, reserve / 40n, 100n), amountIn, minimumOut, reserve)
    expect(free?.profit).toBeGreaterThan(0n)
    expect(bound).toEqual(free)
  })

  test('finds the top where the largest front-run is not the best one', async () => {
    const reserve = 10n ** 15n
    const amountIn = reserve / 250n
    const market = openMarket(reserve, reserve * 100n, 3_000n)
    // Half of the trade as tolerance: what he would have to push through the pool costs more in fees than it brings.
    const minimumOut = computeV2Output(amountIn, reserve, reserve, 3_000n) / 2n
    const found = await plan(market, amountIn, minimumOut, reserve * 10n)
    let best = 0n
    for (let share = 1n; share <= 2_000n; share += 1n) {
      const front = (reserve * share) / 2_000n
      const out = computeV2Output(front, reserve, reserve, 3_000n)
      const got = computeV2Output(amountIn, reserve + front, reserve - out, 3_000n)
      if (got < minimumOut) break
      const back = computeV2Output(out, reserve - out - got, reserve + front + amountIn, 3_000n)
      if (back - front > best) best = back - front
    }
    expect(best).toBeGreaterThan(0n)
    expect(Number((found?.profit ?? 0n) - best) / Number(best)).toBeGreaterThan(-1e-3)
  })
})
