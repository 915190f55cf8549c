import type { Address } from 'viem'
import { ACCOUNT_ADDRESSES } from '../accounts.ts'
import type { SeedingChain } from '../deploy/seedingChain.ts'
import type { LocalChainManifest } from '../manifest.ts'
import { addressOf, type TokenAddresses } from './deployTokens.ts'

const DECIMALS = 8
const HOUR = 3600n
const DAY = 86_400n

/** Base, answer in units of 1e-8 USD, heartbeat in seconds. FX and coin prices that the pools are seeded around. */
const usdFeeds: [base: string, answer: bigint, heartbeat: bigint, description?: string][] = [
  ['ETH', 350_000_000_000n, HOUR],
  ['BTC', 10_000_000_000_000n, HOUR],
  ['UNI', 1_200_000_000n, HOUR],
  ['LINK', 2_000_000_000n, HOUR],
  ['AAVE', 25_000_000_000n, HOUR],
  ['EUR', 115_000_000n, DAY],
  ['JPY', 666_667n, DAY],
  ['SGD', 77_000_000n, DAY],
  ['CHF', 120_000_000n, DAY],
  ['GBP', 130_000_000n, DAY],
  ['XAU', 400_000_000_000n, DAY],
  ['USDC', 100_000_000n, DAY],
  ['USDT', 100_000_000n, DAY],
  ['DAI', 100_000_000n, HOUR],
  ['PYUSD', 100_000_000n, DAY],
  ['EURC', 115_000_000n, DAY],
  // The share on its exchange: a token stands for multiplier * share, and its pool trades above that.
  ['HKTR', 18_420_000_000n, HOUR, 'Hakata Robotics share / USD'],
  // The surveyor's appraisal; the thin pool trades well below.
  ['TOWER7', 5_200_000_000n, DAY, 'Harbour Tower 7 appraisal / USD'],
]

/** What a fund's share redeems for, by its own contract. */
const shareValueFeeds = [
  ['TBILL', 'Pier Treasury Bill Fund NAV / USD'],
  ['QCRD', 'Quay Private Credit Fund NAV / USD'],
] as const

/** Deploys the aggregators: coins, currencies, the stock's exchange price, the building's appraisal, the funds' NAV. */
export async function deployFeeds(
  chain: SeedingChain,
  tokens: TokenAddresses,
): Promise<LocalChainManifest['feeds']> {
  const { deployer } = ACCOUNT_ADDRESSES
  const feeds: LocalChainManifest['feeds'] = []
  const add = (description: string, base: string, address: Address, heartbeat?: bigint) =>
    feeds.push({
      description,
      base,
      quote: 'USD',
      address,
      decimals: DECIMALS,
      ...(heartbeat === undefined ? {} : { heartbeatSeconds: Number(heartbeat) }),
    })
  for (const [base, answer, heartbeat, description = `${base} / USD`] of usdFeeds) {
    const address = await chain.deploy(deployer, 'PriceFeed', [description, DECIMALS, heartbeat, answer])
    add(description, base, address, heartbeat)
  }
  for (const [base, description] of shareValueFeeds) {
    const fund = addressOf(tokens, base)
    add(description, base, await chain.deploy(deployer, 'NetAssetValueFeed', [fund, description]))
  }
  return feeds
}
