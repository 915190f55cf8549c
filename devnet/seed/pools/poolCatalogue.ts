import type { LiquidityShape } from './planPositions.ts'

/** A pool of two tokens to seed around the fair price of its base in its quote. */
export interface PairPoolDefinition {
  kind: 'uniswapV2' | 'uniswapV3' | 'uniswapV4'
  /** Catalogue keys; `ETH` is native ether in a V4 pool. */
  base: string
  quote: string
  /** Worth of each side, in US dollars. */
  depthUsd: bigint
  /** In hundredths of a basis point. */
  fee: number
  shape?: LiquidityShape
  /** Deliberate distance of the pool's price from the fair one, in basis points of the base's price. */
  deviationBps?: bigint
  note?: string
}

/** A Balancer stable pool. */
export interface StablePoolDefinition {
  name: string
  symbol: string
  tokens: string[]
  depthUsd: bigint
  amplification: bigint
  /** Scaled by 1e18. */
  swapFee: bigint
}

const v2 = (base: string, quote: string, depthUsd: bigint, rest: Partial<PairPoolDefinition> = {}) =>
  ({ kind: 'uniswapV2', base, quote, depthUsd, fee: 3000, ...rest }) satisfies PairPoolDefinition

const ranged =
  (kind: 'uniswapV3' | 'uniswapV4') =>
  (
    base: string,
    quote: string,
    fee: number,
    depthUsd: bigint,
    shape: LiquidityShape = 'volatile',
    rest: Partial<PairPoolDefinition> = {},
  ) =>
    ({ kind, base, quote, depthUsd, fee, shape, ...rest }) satisfies PairPoolDefinition
const v3 = ranged('uniswapV3')
const v4 = ranged('uniswapV4')

/** Tick spacing of each fee tier, the same in V3 and in V4's standard keys. */
export const TICK_SPACING: Record<number, number> = { 100: 1, 500: 10, 3000: 60, 10000: 200 }

/** Pools of uneven depth: deep majors, middling currencies, thin corners. */
export const PAIR_POOLS: PairPoolDefinition[] = [
  v2('WETH', 'USDC', 4_000_000n),
  v2('WETH', 'USDT', 2_500_000n),
  v2('WETH', 'DAI', 800_000n),
  v2('WBTC', 'WETH', 3_000_000n),
  v2('UNI', 'WETH', 600_000n),
  v2('LINK', 'WETH', 900_000n),
  v2('AAVE', 'WETH', 12_000n, { note: 'deliberately thin' }),
  v2('JPYC', 'USDC', 60_000n),
  v2('USDS', 'USDC', 50_000n),
  v2('TOWER7', 'USDC', 150_000n, {
    deviationBps: -1500n,
    note: 'the pair is verified under ERC-3643; 15% below the appraisal',
  }),

  v3('WETH', 'USDC', 500, 12_000_000n),
  v3('WETH', 'USDC', 3000, 8_000_000n),
  v3('WETH', 'USDC', 10000, 300_000n),
  v3('WETH', 'USDC', 100, 1_000_000n),
  v3('WETH', 'USDT', 500, 5_000_000n),
  v3('WBTC', 'WETH', 500, 6_000_000n),
  v3('WBTC', 'USDC', 3000, 2_000_000n),
  v3('UNI', 'USDC', 3000, 400_000n),
  v3('LINK', 'USDC', 10000, 150_000n),
  v3('AAVE', 'WETH', 3000, 700_000n),
  v3('USDC', 'USDT', 100, 10_000_000n, 'sameCurrency'),
  v3('DAI', 'USDC', 100, 6_000_000n, 'sameCurrency'),
  v3('PYUSD', 'USDC', 100, 2_000_000n, 'sameCurrency'),
  v3('EURC', 'USDC', 500, 3_000_000n, 'crossCurrency'),
  v3('EURS', 'USDC', 3000, 90_000n, 'crossCurrency', { deviationBps: -80n, note: '80 bps below the peg' }),
  v3('JPYC', 'USDC', 500, 800_000n, 'crossCurrency'),
  v3('XSGD', 'USDC', 500, 500_000n, 'crossCurrency'),
  v3('ZCHF', 'USDC', 3000, 250_000n, 'crossCurrency'),
  v3('tGBP', 'USDC', 3000, 200_000n, 'crossCurrency'),
  v3('PAXG', 'USDC', 3000, 700_000n),
  v3('TBILL', 'USDC', 100, 1_500_000n, 'sameCurrency'),
  v3('HKTR', 'USDC', 3000, 250_000n, 'volatile', {
    deviationBps: 350n,
    note: '3.5% above multiplier * share price',
  }),

  v3('QCRD', 'USDC', 500, 200_000n, 'crossCurrency', {
    deviationBps: -500n,
    note: '5% below what a share redeems for: who wants it at once pays for not waiting',
  }),

  v4('ETH', 'USDC', 500, 9_000_000n),
  v4('ETH', 'USDC', 3000, 3_000_000n),
  v4('ETH', 'USDT', 500, 2_000_000n),
  v4('WBTC', 'ETH', 3000, 2_000_000n),
  v4('LINK', 'ETH', 3000, 200_000n),
  v4('EURC', 'ETH', 3000, 500_000n),
  v4('USDC', 'USDT', 100, 4_000_000n, 'sameCurrency'),
  v4('USDS', 'USDC', 100, 1_000_000n, 'sameCurrency'),
  v4('EURC', 'USDC', 500, 1_000_000n, 'crossCurrency'),
  v4('JPYC', 'USDC', 3000, 150_000n, 'crossCurrency'),
]

export const STABLE_POOLS: StablePoolDefinition[] = [
  {
    name: 'Balancer USD Stable Pool',
    symbol: 'staBAL3-USD',
    tokens: ['USDC', 'USDT', 'DAI'],
    depthUsd: 5_000_000n,
    amplification: 400n,
    swapFee: 100_000_000_000_000n,
  },
  {
    name: 'Balancer EUR Stable Pool',
    symbol: 'staBAL2-EUR',
    tokens: ['EURC', 'EURS'],
    depthUsd: 400_000n,
    amplification: 200n,
    swapFee: 400_000_000_000_000n,
  },
]
