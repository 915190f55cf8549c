import { expect, test } from 'vitest'
import type { Activity } from '../../../../shared/contract/activity.ts'
import { summariseProtection, type WorthThen } from './summariseProtection.ts'

const november = 1_793_491_200_000
const day = 86_400_000
const dollar = { ref: { chainId: 1, address: '0x01' }, symbol: 'USDC', decimals: 6 }
function trade(blockTimestampMs: number, changes: object = {}, swap: object = {}): Activity {
  return {
    status: 'confirmed',
    token: { ...dollar, ref: { chainId: 1, address: 'native' }, symbol: 'ETH' },
    receipt: { blockTimestampMs },
    swap: { buy: dollar, costs: { exact: 'sell', publicLoss: 7n }, execution: { position: 0 }, ...swap },
    ...changes,
  } as unknown as Activity
}

/** A unit is worth two yen, but of nothing else than dollars is anything known. */
const yen: WorthThen = {
  currency: 'JPY',
  find: ({ symbol }, units, atMs) =>
    symbol === 'USDC' && atMs < november + 2 * day ? units * 2n : undefined,
}

test('adds up by month and token what was lost and what was spared', () => {
  const attacked = { execution: { position: 1, sandwich: { loss: 30n } } }
  const months = summariseProtection(
    [
      trade(november - 1, {}, attacked),
      trade(november, { channel: 'private' }),
      trade(november + day, { channel: 'custom' }, { execution: undefined }),
      // Public and spared by its tolerance alone, leaked, failed, and no trade at all: nothing was kept from anybody's eyes.
      trade(november + 2 * day),
      trade(november + 2 * day, { channel: 'custom', seenInPublic: true }),
      trade(november + 2 * day, { status: 'failed' }),
      trade(november + 2 * day, { swap: undefined }),
      trade(november + 3 * day, { channel: 'private' }, { costs: { exact: 'sell', publicLoss: 1n } }),
    ],
    yen,
  )
  expect(months).toMatchObject([
    {
      month: '2026-11',
      trades: 5,
      privately: 3,
      attacked: 0,
      unexamined: 1,
      lost: [],
      spared: [{ token: { symbol: 'USDC' }, units: 15n }],
      // The last one's price is not known.
      worth: { currency: 'JPY', lost: 0n, spared: 28n, unpriced: 1 },
    },
    {
      month: '2026-10',
      trades: 1,
      privately: 0,
      attacked: 1,
      lost: [{ units: 30n }],
      spared: [],
      worth: { lost: 60n, spared: 0n, unpriced: 0 },
    },
  ])
})

test('what an exact purchase loses is counted in what was paid', () => {
  const [month] = summariseProtection(
    [
      trade(
        november,
        {},
        {
          costs: { exact: 'buy', publicLoss: 0n },
          execution: { position: 1, sandwich: { loss: 5n } },
        },
      ),
    ],
    yen,
  )
  expect(month?.lost).toMatchObject([{ token: { symbol: 'ETH' }, units: 5n }])
  expect(month?.worth).toMatchObject({ lost: 0n, unpriced: 1 })
})
