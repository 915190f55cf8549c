/** How a token is issued, which decides how the seeding mints it. */
export type TokenIssuance =
  | 'owner'
  | 'fiatMinter'
  | 'tether'
  | 'wrapEther'
  | 'depositUsdc'
  | 'creditFund'
  | 'trexAgent'

/** One seeded token, modelled on the real one of its name where there is one. */
export interface TokenDefinition {
  /** Key in the seeding and, in camel case, in the manifest's contracts. */
  key: string
  name: string
  symbol: string
  decimals: number
  artifact?: string
  constructorArguments?: unknown[]
  issuance: TokenIssuance
  /** Fair price of one whole token in USD, in units of 1e-8. */
  usdE8: bigint
  tags: string[]
  extensions?: Record<string, string | number | boolean>
}

const usd = (price: string): bigint => {
  const [whole = '0', fraction = ''] = price.split('.')
  return BigInt(whole) * 100_000_000n + BigInt(fraction.padEnd(8, '0'))
}

const coin = (key: string, name: string, decimals: number, price: string, artifact = 'IssuedToken') => ({
  key,
  name,
  symbol: key,
  decimals,
  artifact,
  constructorArguments: [name, key, decimals],
  issuance: 'owner' as const,
  usdE8: usd(price),
  tags: ['coin'],
})

const stablecoin = (
  token: Omit<TokenDefinition, 'usdE8' | 'tags' | 'extensions'> & {
    price: string
    currency: string
    issuer: string
    /** The read by which the issuer's freeze list answers; absent where nobody can freeze. */
    freezeRead?: string
  },
): TokenDefinition => {
  const { price, currency, issuer, freezeRead, ...rest } = token
  const freezing = freezeRead === undefined ? { freezable: false } : { freezable: true, freezeRead }
  return { ...rest, usdE8: usd(price), tags: ['stablecoin'], extensions: { currency, issuer, ...freezing } }
}

const fiatToken = (
  symbol: string,
  name: string,
  decimals: number,
  currency: string,
  version: string,
  price: string,
  issuer: string,
) =>
  stablecoin({
    key: symbol,
    name,
    symbol,
    decimals,
    artifact: 'FiatToken',
    constructorArguments: [name, symbol, decimals, currency, version],
    issuance: 'fiatMinter',
    price,
    currency,
    issuer,
    freezeRead: 'isBlacklisted',
  })

const issuedStablecoin = (
  artifact: 'PermitToken' | 'IssuedToken' | 'PaxosToken',
  symbol: string,
  name: string,
  decimals: number,
  currency: string,
  price: string,
  issuer: string,
) =>
  stablecoin({
    key: symbol,
    name,
    symbol,
    decimals,
    artifact,
    constructorArguments: [name, symbol, decimals],
    issuance: 'owner',
    price,
    currency,
    issuer,
    ...(artifact === 'PaxosToken' ? { freezeRead: 'isFrozen' } : {}),
  })

/** Every token of the chain's token list, in the order in which they are deployed. */
export const TOKEN_CATALOGUE: TokenDefinition[] = [
  {
    key: 'WETH',
    name: 'Wrapped Ether',
    symbol: 'WETH',
    decimals: 18,
    issuance: 'wrapEther',
    usdE8: usd('3500'),
    tags: ['coin'],
    extensions: { underlying: 'ETH' },
  },
  { ...coin('WBTC', 'Wrapped BTC', 8, '100000'), extensions: { underlying: 'BTC' } },
  coin('UNI', 'Uniswap', 18, '12', 'PermitToken'),
  coin('LINK', 'ChainLink Token', 18, '20'),
  coin('AAVE', 'Aave Token', 18, '250'),

  fiatToken('USDC', 'USD Coin', 6, 'USD', '2', '1', 'Circle'),
  stablecoin({
    key: 'USDT',
    name: 'Tether USD',
    symbol: 'USDT',
    decimals: 6,
    artifact: 'TetherToken',
    issuance: 'tether',
    price: '1',
    currency: 'USD',
    issuer: 'Tether',
    freezeRead: 'isBlackListed',
  }),
  stablecoin({
    key: 'DAI',
    name: 'Dai Stablecoin',
    symbol: 'DAI',
    decimals: 18,
    artifact: 'DaiToken',
    issuance: 'owner',
    price: '1',
    currency: 'USD',
    issuer: 'Sky',
  }),
  issuedStablecoin('PermitToken', 'USDS', 'USDS Stablecoin', 18, 'USD', '1', 'Sky'),
  issuedStablecoin('PaxosToken', 'PYUSD', 'PayPal USD', 6, 'USD', '1', 'Paxos'),
  fiatToken('EURC', 'EURC', 6, 'EUR', '2', '1.15', 'Circle'),
  issuedStablecoin('IssuedToken', 'EURS', 'STASIS EURS Token', 2, 'EUR', '1.15', 'Stasis'),
  fiatToken('JPYC', 'JPY Coin', 18, 'JPY', '1', '0.00666667', 'JPYC Inc.'),
  fiatToken('XSGD', 'XSGD', 6, 'SGD', '2', '0.77', 'StraitsX'),
  issuedStablecoin('PermitToken', 'ZCHF', 'Frankencoin', 18, 'CHF', '1.2', 'Frankencoin'),
  issuedStablecoin('PermitToken', 'tGBP', 'Tokenised GBP', 18, 'GBP', '1.3', 'BCP Technologies'),

  {
    ...coin('PAXG', 'Paxos Gold', 18, '4000', 'PaxosToken'),
    tags: ['rwa'],
    extensions: {
      asset: 'gold',
      underlying: 'XAU',
      issuer: 'Paxos',
      freezable: true,
      freezeRead: 'isFrozen',
    },
  },
  {
    key: 'TBILL',
    name: 'Pier Treasury Bill Fund',
    symbol: 'TBILL',
    decimals: 6,
    artifact: 'TreasuryBillFund',
    issuance: 'depositUsdc',
    // Shares are issued at one USDC and have earned a year's interest when the pools open.
    usdE8: usd('1.045'),
    tags: ['rwa'],
    extensions: { asset: 'treasuryBill', issuer: 'Pier', standard: 'ERC-4626' },
  },
  {
    key: 'HKTR',
    name: 'Hakata Robotics Stock',
    symbol: 'HKTR',
    decimals: 18,
    artifact: 'TokenisedStock',
    constructorArguments: ['Hakata Robotics Stock', 'HKTR', 18],
    issuance: 'owner',
    // One token stands for multiplier * share: 184.20 * 1.025.
    usdE8: usd('188.805'),
    tags: ['rwa'],
    extensions: { asset: 'stock', issuer: 'Quay Markets', standard: 'ERC-8056' },
  },
  {
    key: 'TOWER7',
    name: 'Harbour Tower 7 Share',
    symbol: 'TOWER7',
    decimals: 18,
    issuance: 'trexAgent',
    usdE8: usd('52'),
    tags: ['rwa'],
    extensions: { asset: 'building', issuer: 'Harbour Estates', standard: 'ERC-3643' },
  },
  {
    key: 'QCRD',
    name: 'Quay Private Credit Fund',
    symbol: 'QCRD',
    decimals: 6,
    artifact: 'RequestedRedemptionFund',
    issuance: 'creditFund',
    // Shares are issued at one USDC; the loans have earned three percent since.
    usdE8: usd('1.03'),
    tags: ['rwa'],
    extensions: { asset: 'credit', issuer: 'Quay Lending', standard: 'ERC-7540' },
  },
]

/** The dividends reinvested so far: one HKTR stands for this many shares, scaled by 1e18 (ERC-8056). */
export const STOCK_MULTIPLIER = 1_025_000_000_000_000_000n

/** Yearly interest of the treasury bill fund. */
export const TBILL_YIELD_BPS = 450n

/** The catalogue's entry for a key; throws for an unknown one. */
export function tokenDefinition(key: string): TokenDefinition {
  const found = TOKEN_CATALOGUE.find((token) => token.key === key)
  if (found === undefined) throw new Error(`no token ${key} in the catalogue`)
  return found
}

/** Units of a token that are worth a sum of whole US dollars, rounded down. */
export function unitsWorth(key: string, dollars: bigint): bigint {
  const { decimals, usdE8 } = tokenDefinition(key)
  return (dollars * 100_000_000n * 10n ** BigInt(decimals)) / usdE8
}
