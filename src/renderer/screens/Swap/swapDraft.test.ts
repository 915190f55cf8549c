import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { unscaled } from '../../../shared/money/scaledAmount.ts'
import { ethereumChainId, harnessTokens, practiceChainId } from '../../harness/harnessTokens.ts'
import { createAmounts } from '../../parts/createAmounts.ts'
import { checkDraftAmount, choose, emptyDraft, flip, readRequest, withDefaults } from './swapDraft.ts'

const account = 'account-0' as AccountId
const bySymbol = (symbol: string): Token => {
  const token = harnessTokens.find((candidate) => candidate.symbol === symbol)
  if (!token) throw new Error(symbol)
  return token
}
const draft = { ...emptyDraft, sell: bySymbol('ETH'), buy: bySymbol('USDC'), amount: '1.5' }

const amounts = createAmounts('en', () => unscaled)

describe('a draft', () => {
  it('keeps what was typed with its token when the sides are exchanged', () => {
    const flipped = flip(draft)
    expect([flipped.sell?.symbol, flipped.buy?.symbol]).toEqual(['USDC', 'ETH'])
    expect([flipped.exact, flipped.amount]).toEqual(['buy', '1.5'])
    expect(flip(flipped)).toEqual(draft)
    expect(flip({ ...draft, amount: 'max' }).amount).toBe('')
  })

  it('exchanges the sides when the same token is chosen on the other one', () => {
    expect(choose(draft, 'buy', bySymbol('ETH'))).toEqual(flip(draft))
    expect(choose({ ...draft, amount: 'max' }, 'sell', bySymbol('DAI')).amount).toBe('')
    expect(choose(draft, 'buy', bySymbol('DAI')).buy?.symbol).toBe('DAI')
  })

  it('begins with the coin of the network against money of the user’s currency', () => {
    const filled = withDefaults(emptyDraft, practiceChainId, harnessTokens, 'JPY')
    expect([filled.sell?.symbol, filled.buy?.symbol]).toEqual(['ETH', 'JPYC'])
    const other = withDefaults(draft, ethereumChainId, [], 'USD')
    expect([other.sell, other.buy]).toEqual([undefined, undefined])
  })

  it('asks in tokens for what was typed in shares: less than that leaves, and not less arrives', () => {
    const share = bySymbol('wNVDA')
    const scaled = createAmounts('en', ({ address }) =>
      address === share.ref.address ? 3n * unscaled : unscaled,
    )
    const ask = (changes: object) =>
      readRequest({ ...draft, amount: '1', ...changes }, account, 'private', scaled)?.amount
    expect(ask({ sell: share })).toBe('0.333333333333333333')
    expect(ask({ exact: 'buy', buy: share })).toBe('0.333333333333333334')
    expect(ask({ sell: share, amount: 'max' })).toBe('max')
    expect(ask({ exact: 'buy', sell: share })).toBe('1')
  })

  it.each([
    ['', undefined],
    ['0.', undefined],
    ['max', undefined],
    ['1.0000000000000000001', 'amount.tooManyDecimals'],
    ['1,5', 'amount.invalid'],
  ])('judges %j as %s while it is typed', (amount, code) => {
    expect(checkDraftAmount({ ...draft, amount }, amounts)?.code).toBe(code)
  })

  it('asks only what can be answered', () => {
    expect(readRequest(draft, account, 'private', amounts)).toEqual({
      accountId: account,
      chainId: practiceChainId,
      sell: 'native',
      buy: draft.buy.ref.address,
      exact: 'sell',
      amount: '1.5',
      slippage: 'auto',
      channel: 'private',
      speed: 'normal',
    })
    for (const amount of ['', '0', '0.00', '.', '1e3']) {
      expect(readRequest({ ...draft, amount }, account, 'private', amounts)).toBeUndefined()
    }
    expect(readRequest({ ...draft, buy: undefined }, account, 'private', amounts)).toBeUndefined()
    expect(readRequest(draft, undefined, 'private', amounts)).toBeUndefined()
  })
})
