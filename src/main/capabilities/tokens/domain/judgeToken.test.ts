import { describe, expect, it, test } from 'vitest'
import type { Address, ChainId } from '../../../../shared/identity/identity.ts'
import type { Token } from '../../../../shared/identity/token.ts'
import { judgeToken } from './judgeToken.ts'
import { skeletonOf } from './skeletonOf.ts'

const token = (symbol: string, name = symbol, source: Token['source'] = 'contract', digit = '1'): Token => ({
  ref: { chainId: 1 as ChainId, address: `0x${digit.repeat(40)}` as Address },
  symbol,
  name,
  decimals: 18,
  assetClass: 'token',
  source,
})
const listed = [token('USDC', 'USD Coin', 'list', 'a'), token('ETH', 'Ether', 'native', 'b')]
const judge = (candidate: Token, changes: Partial<Parameters<typeof judgeToken>[0]> = {}) =>
  judgeToken({ token: candidate, listed, arrival: undefined, canBeSold: true, ...changes })

test.each(['USDC', 'usdc', 'USDС', 'UЅDС', 'US\u200bDC', 'ＵＳＤＣ', 'ÚSDC', '𝐔𝐒𝐃𝐂', '$USDC'])(
  '%s looks like USDC',
  (symbol) => {
    const isDollarPrefixed = symbol.startsWith('$')
    expect(skeletonOf(symbol) === skeletonOf('USDC')).toBe(!isDollarPrefixed)
  },
)

describe('a token that no list names', () => {
  it('is shown with nothing against it', () => {
    expect(judge(token('PEPE', 'Pepe'))).toEqual({ isHidden: false, reasons: [], imitated: undefined })
  })

  it('is hidden when it imitates a listed one by symbol or by name', () => {
    expect(judge(token('USDС'))).toMatchObject({ isHidden: true, reasons: ['imitation'] })
    expect(judge(token('UC', 'USD Coin'))).toMatchObject({ reasons: ['imitation'] })
    expect(judge(token('ETH'))).toMatchObject({ reasons: ['imitation'] })
  })

  it.each([
    ['$5000 at usd-gift.com', 'Gift'],
    ['ETH2', 'Visit ethgift. org to claim'],
    ['领取', '空投奖励'],
    ['XYZ', 't.me/free_money'],
  ])('is hidden when its name lures: %s', (symbol, name) => {
    expect(judge(token(symbol, name)).reasons).toContain('lure')
  })

  it.each(['Compound', 'Freedom', 'Redeemable Note', 'Claymore', 'Coin.', 'yearn finance', 'Visitor'])(
    'is not suspected for an honest name: %s',
    (name) => {
      expect(judge(token('ABC', name)).reasons).toEqual([])
    },
  )

  it('is hidden when it cannot be sold, or was strewn by somebody else', () => {
    expect(judge(token('ABC'), { canBeSold: false }).reasons).toEqual(['unsellable'])
    expect(judge(token('ABC'), { arrival: { isOwnDoing: false, recipients: 200 } }).reasons).toEqual([
      'airdrop',
    ])
    expect(judge(token('ABC'), { arrival: { isOwnDoing: true, recipients: 200 } }).isHidden).toBe(false)
    expect(judge(token('ABC'), { canBeSold: undefined }).isHidden).toBe(false)
  })
})

it('lists vouch for their tokens', () => {
  expect(judge(token('USDC', 'USD Coin', 'list', 'c'), { canBeSold: false }).isHidden).toBe(false)
})
