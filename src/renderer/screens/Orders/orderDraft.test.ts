import { expect, test } from 'vitest'
import type { AccountId } from '../../../shared/identity/identity.ts'
import { unscaled } from '../../../shared/money/scaledAmount.ts'
import { harnessTokens } from '../../harness/harnessTokens.ts'
import { createAmounts } from '../../parts/createAmounts.ts'
import { emptyDraft, readRequest } from './orderDraft.ts'

const account = 'account-0' as AccountId
const share = harnessTokens.find(({ symbol }) => symbol === 'wNVDA')
const usdc = harnessTokens.find(({ symbol }) => symbol === 'USDC')
const amounts = createAmounts('en', ({ address }) =>
  address === share?.ref.address ? 2_050_000_000_000_000_000n : unscaled,
)
const draft = { ...emptyDraft, base: share, quote: usdc, amount: '4.1', price: '184.2' }

test('what is typed in shares is asked for in tokens, its prices with it', () => {
  expect(readRequest({ ...draft, minimumFill: '2.05' }, account, 0, amounts)).toMatchObject({
    amount: '2',
    minimumFill: '1',
    terms: { type: 'limit', price: '377.61' },
  })
  const stopped = readRequest(
    { ...draft, type: 'oneCancelsOther', duration: 'goodTillCancelled', trigger: '100', stopPrice: '90' },
    account,
    0,
    amounts,
  )
  expect(stopped?.terms).toMatchObject({ price: '377.61', trigger: '205', stopPrice: '184.5' })
})

test('a purchase is given in money, which nothing multiplies', () => {
  expect(readRequest({ ...draft, side: 'buy' }, account, 0, amounts)).toMatchObject({
    amount: '4.1',
    terms: { price: '377.61' },
  })
})
