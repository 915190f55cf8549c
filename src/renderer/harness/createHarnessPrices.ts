import type { PriceBook, PriceHistory, TokenPrice } from '../../shared/contract/prices.ts'
import type { TokenRef } from '../../shared/identity/identity.ts'
import { tokenKey } from '../../shared/identity/identity.ts'
import { parseUnits } from '../../shared/money/parseUnits.ts'
import { usdE18 } from '../../shared/money/units.ts'
import { harnessTokens } from './harnessTokens.ts'

const usd = (text: string) => usdE18(parseUnits(text, 18))

const dollars: Readonly<Record<string, string>> = {
  ETH: '3500',
  WETH: '3500',
  WBTC: '100000',
  USDC: '1',
  USDT: '0.9995',
  DAI: '1.0001',
  EURC: '1.15',
  JPYC: '0.00666667',
  XSGD: '0.77',
  TBILL: '104.5',
  wNVDA: '188.805',
}

/** Prices of the harness's tokens; the building and what calls itself free have none. */
export function harnessPrice(ref: TokenRef, asOfMs: number): TokenPrice {
  const token = harnessTokens.find((known) => tokenKey(known.ref) === tokenKey(ref))
  const price = token && dollars[token.symbol]
  if (!token || price === undefined) {
    return { state: 'unknown', token: ref, reason: 'noMarket', asOfMs, sources: [] }
  }
  const isStock = token.symbol === 'wNVDA'
  return {
    state: 'known',
    token: ref,
    usd: usd(price),
    confidence: isStock ? 'medium' : token.symbol === 'XSGD' ? 'low' : 'high',
    ...(isStock ? { disagreementBps: 350 } : {}),
    asOfMs,
    sources: [
      {
        kind: 'pool',
        venue: 'uniswapV3',
        id: `0x${'5a'.repeat(20)}`,
        quoteSymbol: 'USDC',
        depthUsd: usd('100000'),
        usd: usd(price),
      },
    ],
  }
}

/** Every price and rate of the harness. */
export function harnessPriceBook(asOfMs: number): PriceBook {
  const rate = (currency: PriceBook['rates'][number]['currency'], text: string) => ({
    currency,
    usd: usd(text),
    confidence: 'high' as const,
    source: `${currency} / USD`,
    asOfMs,
  })
  return {
    tokens: harnessTokens.map(({ ref }) => harnessPrice(ref, asOfMs)),
    rates: [rate('USD', '1'), rate('EUR', '1.15'), rate('JPY', '0.00666667'), rate('CHF', '1.2')],
  }
}

/** A past in which everything was a little cheaper, the older the more. */
export function harnessPriceHistory(
  { tokens, sinceMs }: { readonly tokens: readonly TokenRef[]; readonly sinceMs: number },
  nowMs: number,
): PriceHistory {
  const steps = 24
  return {
    tokens: tokens.map((token) => {
      const price = harnessPrice(token, nowMs)
      if (price.state === 'unknown') return { token, samples: [] }
      const samples = Array.from({ length: steps + 1 }, (_, step) => ({
        atMs: Math.round(sinceMs + ((nowMs - sinceMs) * step) / steps),
        usd: usdE18((price.usd * BigInt(1_000 - 4 * (steps - step))) / 1_000n),
      }))
      return { token, samples }
    }),
    rates: [],
  }
}
