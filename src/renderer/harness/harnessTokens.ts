import type { Balance } from '../../shared/contract/portfolio.ts'
import type { TokenScale } from '../../shared/contract/tokens.ts'
import type { AccountId, Address, ChainId } from '../../shared/identity/identity.ts'
import type { AssetClass, Token } from '../../shared/identity/token.ts'
import { baseUnits } from '../../shared/money/units.ts'

export const practiceChainId = 31337 as ChainId
export const ethereumChainId = 1 as ChainId

interface TokenRow {
  readonly symbol: string
  readonly name: string
  readonly decimals: number
  readonly assetClass: AssetClass
  readonly pegCurrency?: string
  readonly source?: 'contract'
  /** What the first account holds, in base units. */
  readonly held: bigint
}

const rows: readonly TokenRow[] = [
  {
    symbol: 'WETH',
    name: 'Wrapped Ether',
    decimals: 18,
    assetClass: 'coin',
    held: 2_500_000_000_000_000_000n,
  },
  { symbol: 'WBTC', name: 'Wrapped Bitcoin', decimals: 8, assetClass: 'coin', held: 12_345_678n },
  {
    symbol: 'USDC',
    name: 'USD Coin',
    decimals: 6,
    assetClass: 'stablecoin',
    pegCurrency: 'USD',
    held: 12_480_250_000n,
  },
  {
    symbol: 'USDT',
    name: 'Tether USD',
    decimals: 6,
    assetClass: 'stablecoin',
    pegCurrency: 'USD',
    held: 3_000_000_001n,
  },
  {
    symbol: 'DAI',
    name: 'Dai Stablecoin',
    decimals: 18,
    assetClass: 'stablecoin',
    pegCurrency: 'USD',
    held: 1n,
  },
  {
    symbol: 'EURC',
    name: 'Euro Coin',
    decimals: 6,
    assetClass: 'stablecoin',
    pegCurrency: 'EUR',
    held: 950_000_000n,
  },
  {
    symbol: 'JPYC',
    name: 'JPY Coin',
    decimals: 18,
    assetClass: 'stablecoin',
    pegCurrency: 'JPY',
    held: 1_250_000n * 10n ** 18n,
  },
  {
    symbol: 'HKDR',
    name: 'Hong Kong Dollar',
    decimals: 6,
    assetClass: 'stablecoin',
    pegCurrency: 'HKD',
    held: 7_800_500_000n,
  },
  {
    symbol: 'XSGD',
    name: 'Singapore Dollar',
    decimals: 6,
    assetClass: 'stablecoin',
    pegCurrency: 'SGD',
    held: 40_000_000n,
  },
  { symbol: 'TBILL', name: 'Short Treasury Vault', decimals: 18, assetClass: 'rwa', held: 150n * 10n ** 18n },
  {
    symbol: 'wNVDA',
    name: 'Tokenised NVIDIA share',
    decimals: 18,
    assetClass: 'rwa',
    held: 3_750_000_000_000_000_000n,
  },
  { symbol: 'HARBOUR', name: 'Harbour View Building', decimals: 0, assetClass: 'rwa', held: 12n },
  {
    symbol: 'FREE',
    name: 'Visit free-eth.example',
    decimals: 18,
    assetClass: 'token',
    source: 'contract',
    held: 888_888n * 10n ** 18n,
  },
]

function addressOf(index: number): Address {
  return `0x${(index + 1).toString(16).padStart(2, '0')}a0b86991c6218b36c1d19d4a2e9eb0ce3606eb`.slice(
    0,
    42,
  ) as Address
}

export const nativeToken: Token = {
  ref: { chainId: practiceChainId, address: 'native' },
  symbol: 'ETH',
  name: 'Ether',
  decimals: 18,
  assetClass: 'coin',
  source: 'native',
}

/** Tokens of every kind, and what the first account holds of each. */
export const harnessHoldings: readonly { readonly token: Token; readonly held: bigint }[] = [
  { token: nativeToken, held: 10_000_000_000_000_000_000n - 123_456_789_012_345n },
  ...rows.map(({ held, source, pegCurrency, ...row }, index) => ({
    held,
    token: {
      ...row,
      ref: { chainId: practiceChainId, address: addressOf(index) },
      source: source ?? ('list' as const),
      ...(pegCurrency === undefined ? {} : { pegCurrency }),
    },
  })),
]

/** What the local chain's list knows, held or not. */
export const harnessTokens: readonly Token[] = harnessHoldings.map(({ token }) => token)

/** Balances of many tokens in many accounts; every block changes one in fifty. */
export function harnessLoad(
  { tokens, accounts }: { readonly tokens: number; readonly accounts: number },
  blockNumber: bigint,
): Balance[] {
  return Array.from({ length: tokens }, (_, index): Balance[] => {
    const token: Token = {
      ref: { chainId: practiceChainId, address: `0x${(index + 0x1000).toString(16).padStart(40, '0')}` },
      symbol: `T${index}`,
      name: `Token number ${index}`,
      decimals: 18,
      assetClass: 'token',
      source: 'list',
    }
    const moved = index % 50 === Number(blockNumber % 50n) ? blockNumber : 0n
    return Array.from({ length: accounts }, (__, account) => ({
      accountId: `account-${account}` as AccountId,
      token,
      units: baseUnits(BigInt(index + 1) * 10n ** 18n + moved),
    }))
  }).flat()
}

/** One share has become two, and dividends were reinvested. */
export const harnessScales: TokenScale[] = harnessTokens.flatMap(({ symbol, ref: { chainId, address } }) =>
  symbol === 'wNVDA' && address !== 'native'
    ? [{ token: { chainId, address }, multiplier: 2_050_000_000_000_000_000n }]
    : [],
)
