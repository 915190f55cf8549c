import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseUnits } from '../../shared/money/parseUnits.ts'
import { formatPlain, formatRate, formatTokenAmount } from './formatTokenAmount.ts'

const usdc = { decimals: 6, symbol: 'USDC', assetClass: 'stablecoin' } as const
const weth = { decimals: 18, symbol: 'WETH', assetClass: 'coin' } as const

describe('formatTokenAmount', () => {
  it.each([
    [2_987_401_999n, usdc, 'down', '2,987.40 USDC'],
    [2_987_401_999n, usdc, 'up', '2,987.41 USDC'],
    [25_000_000n, usdc, 'down', '25.00 USDC'],
    [3_100n, usdc, 'down', '0.0031 USDC'],
    [1_003_140_000_000_000_001n, weth, 'up', '1.0032 WETH'],
    [1_003_140_000_000_000_001n, weth, 'down', '1.0031 WETH'],
    [1_234_567_890_000_000_000_000n, weth, 'down', '1,234.56 WETH'],
    [1_234_500_000_000n, weth, 'down', '0.000001234 WETH'],
    [0n, weth, 'down', '0 WETH'],
  ] as const)('writes %s of %o rounded %s as %s', (units, token, rounding, text) => {
    expect(formatTokenAmount(units, token, 'en', rounding)).toBe(text)
  })
})

describe('formatPlain', () => {
  it('is read back as at most, or at least, what it was written from', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 40n }),
        fc.integer({ min: 0, max: 36 }),
        (units, decimals) => {
          const down = parseUnits(formatPlain(units, decimals, 'down'), decimals)
          const up = parseUnits(formatPlain(units, decimals, 'up'), decimals)
          expect(down <= units && up >= units).toBe(true)
          // Six digits that tell something survive: nothing is off by more than a millionth.
          expect((up - down) * 100_000n <= units).toBe(true)
        },
      ),
    )
  })
})

describe('formatRate', () => {
  it.each([
    [10n ** 18n, weth, 2_987_400_000n, usdc, '2,987.4'],
    [2_987_400_000n, usdc, 10n ** 18n, weth, '0.000334739'],
    [1_000_000n, usdc, 1n, weth, '0.000000000000000001'],
    [0n, weth, 1n, usdc, '–'],
  ] as const)('tells what one of %s %o is', (fromUnits, from, toUnits, to, text) => {
    expect(formatRate(fromUnits, from, toUnits, to, 'en')).toBe(text)
  })
})
