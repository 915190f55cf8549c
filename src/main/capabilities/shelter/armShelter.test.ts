import { expect, it } from 'vitest'
import type { OrderRequest } from '../../../shared/contract/orders.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, Address, ChainId } from '../../../shared/identity/identity.ts'
import { type ArmShelterDeps, createShelterRules } from './armShelter.ts'

const chainId = 31337 as ChainId
const accountId = 'account' as AccountId
const address = (digit: number): Address => `0x${String(digit).repeat(40)}` as Address
const token = (of: Address) => ({
  ref: { chainId, address: of },
  symbol: `T${of[2]}`,
  name: 'Token',
  decimals: 6,
  assetClass: 'token',
  source: 'list',
})
const arming = { accountId, token: address(1), shareBps: 10_000, fallBps: 500, days: 1 }

/** Rules for a basket of three coins, of which some are refused. */
function open(refused: Record<Address, string>) {
  const deps = {
    tokens: { resolve: async ({ address: of }: { address: Address }) => token(of) },
    portfolio: {
      get: () => ({ chains: [{ balances: [{ accountId, token: token(address(1)), units: 1_000_000n }] }] }),
    },
    store: {
      readBasket: () => ({
        chainId,
        parts: [5_000, 3_000, 2_000].map((weightBps, index) => ({ address: address(index + 2), weightBps })),
      }),
    },
    orders: {
      async preview({ quote, amount }: OrderRequest) {
        const reason = refused[quote as Address]
        if (reason) throw new AppError('order.invalid', { reason })
        return { quote, amount }
      },
    },
    nowMs: () => 0,
  }
  return createShelterRules(deps as unknown as ArmShelterDeps)
}

it('leaves coins out that nothing could tell a fall against, and gives their part to the others', async () => {
  const { previewRule } = open({ [address(3)]: 'noTriggerMarket' })
  expect(await previewRule(arming)).toEqual({
    legs: [
      { quote: address(2), amount: '0.714200' },
      { quote: address(4), amount: '0.285800' },
    ],
    leftOut: ['T3'],
  })
})

it('leaves coins out that nothing joins it with at all', async () => {
  const { previewRule } = open({ [address(2)]: 'noMarket', [address(3)]: 'noTriggerMarket' })
  expect(await previewRule(arming)).toEqual({
    legs: [{ quote: address(4), amount: '1.000000' }],
    leftOut: ['T2', 'T3'],
  })
})

it('says so where none is left, and hides no other refusal', async () => {
  const all = { [address(2)]: 'noMarket', [address(3)]: 'noMarket', [address(4)]: 'noMarket' }
  await expect(open(all).previewRule(arming)).rejects.toMatchObject({ params: { reason: 'noTriggerMarket' } })
  await expect(open({ [address(2)]: 'size' }).previewRule(arming)).rejects.toMatchObject({
    params: { reason: 'size' },
  })
})
