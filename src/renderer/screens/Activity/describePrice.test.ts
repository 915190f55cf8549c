import { expect, test } from 'vitest'
import type { Activity } from '../../../shared/contract/activity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { unscaled } from '../../../shared/money/scaledAmount.ts'
import { createAmounts } from '../../parts/createAmounts.ts'
import { describePrice } from './describePrice.ts'

const token = (symbol: string, decimals: number) =>
  ({ symbol, decimals, ref: { address: symbol } }) as unknown as Token
const amounts = createAmounts('en', () => unscaled)
const [usdc, ether] = [token('USDC', 6), token('ETH', 18)]
const swap = (changes: object) =>
  ({ kind: 'swap', status: 'confirmed', token: usdc, ...changes }) as unknown as Activity

test('a price stands in the cheaper token, whichever was sold', () => {
  const bought = swap({ units: 1_000_000_000n, swap: { buy: ether, bought: 301n * 10n ** 15n } })
  expect(describePrice(bought, amounts, 'en')).toEqual({ base: 'ETH', quote: 'USDC', price: '3,322.25' })
  const sold = swap({
    effects: [
      { token: ether, delta: -(10n ** 18n) },
      { token: usdc, delta: 3_500_000_000n },
    ],
  })
  expect(describePrice(sold, amounts, 'en')).toEqual({ base: 'ETH', quote: 'USDC', price: '3,500' })
})

test('none where nothing is known of one side, or more than two tokens moved', () => {
  expect(describePrice(swap({ units: 1n, swap: { buy: ether } }), amounts, 'en')).toBeUndefined()
  const three = [
    { token: ether, delta: -1n },
    { token: usdc, delta: 1n },
    { token: token('X', 0), delta: 1n },
  ]
  expect(describePrice(swap({ effects: three }), amounts, 'en')).toBeUndefined()
})
