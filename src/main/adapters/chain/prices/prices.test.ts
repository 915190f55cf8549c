import { encodeFunctionData, erc20Abi, parseUnits } from 'viem'
import { afterEach, expect, test } from 'vitest'
import { encodeSwap } from '../../../../../devnet/actors/swapCalls.ts'
import { ACCOUNT_ADDRESSES, feedAddress, sendAs, setFeed } from '../../../../../devnet/index.ts'
import { setUpTestChain } from '../../../../../devnet/testing/setUpTestChain.ts'
import type { PriceBook, PriceSource, TokenPrice } from '../../../../shared/contract/prices.ts'
import type { Address, ChainId } from '../../../../shared/identity/identity.ts'
import {
  createPricesService,
  type PriceFeed,
  type PricesService,
} from '../../../capabilities/prices/index.ts'
import { createTokensService } from '../../../capabilities/tokens/index.ts'
import { createPriceSampleStore } from '../../storage/createPriceSampleStore.ts'
import { createTokenMetadataStore } from '../../storage/createTokenMetadataStore.ts'
import { openDatabase } from '../../storage/openDatabase.ts'
import { monotonicMs, nowMs } from '../../system/clock.ts'
import { schedule } from '../../system/schedule.ts'
import { createNodeNetwork } from '../createNodeNetwork.ts'
import { createTokenMetadataReader } from '../createTokenMetadataReader.ts'
import { createPoolReader } from '../pools/createPoolReader.ts'
import { createVenueDirectory, parseLocalVenues } from '../pools/loadSwapVenues.ts'
import { parseChainManifest } from '../readChainManifest.ts'
import { createJournal } from '../testing/createJournal.ts'
import { createPriceReader } from './createPriceReader.ts'
import { createFeedDirectory, parseLocalFeeds } from './loadPriceFeeds.ts'

const chainId = 31337 as ChainId
const local = setUpTestChain()
const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0)) close()
})

interface Pacing {
  readonly nowMs: () => number
  readonly schedule: typeof schedule
  readonly blockTimeSeconds: number
}

function open(
  feeds: readonly PriceFeed[] = parseLocalFeeds(local.chain.manifest),
  { blockTimeSeconds = 1, ...clock }: Partial<Pacing> & Omit<Pacing, 'blockTimeSeconds'> = {
    nowMs,
    schedule,
  },
) {
  const { manifest } = local.chain
  const { definition } = parseChainManifest({ ...manifest, blockTimeSeconds, rpcUrls: [local.chain.rpcUrl] })
  const bugs: unknown[] = []
  const changes: PriceBook[] = []
  const told = createJournal<string>()
  const network = createNodeNetwork({
    definitions: [definition],
    nowMs,
    monotonicMs,
    schedule,
    onBug: (bug) => bugs.push(bug),
  })
  const database = openDatabase(':memory:', nowMs)
  const tokens = createTokensService({
    scales: { confirm: async () => {} },
    chains: { getDefinition: () => definition, listAll: () => [definition] },
    reader: createTokenMetadataReader(network),
    store: createTokenMetadataStore(database),
  })
  const venues = parseLocalVenues(manifest)
  if (!venues) throw new Error('The local chain has no venues')
  const prices = createPricesService({
    chains: { listEnabled: () => [definition], subscribeHeads: () => () => {} },
    tokens,
    listHeld: () => tokens.list(chainId),
    venues: createVenueDirectory([venues]),
    feeds: createFeedDirectory(feeds),
    reader: createPriceReader(network, createPoolReader(network)),
    samples: createPriceSampleStore(database),
    ...clock,
    onHistoryChanged: () => told.write('more history'),
    onChanged: (change) => changes.push(change),
    onBug: (bug) => bugs.push(bug),
  })
  opened.push(() => {
    prices.stop()
    network.close()
    database.close()
    expect(bugs).toEqual([])
  })
  return { prices, changes, told }
}

const tokenOf = (symbol: string) => ({
  chainId,
  address: symbol === 'ETH' ? ('native' as const) : (local.token(symbol) as Address),
})

function priceOf(prices: PricesService, symbol: string): TokenPrice {
  const price = prices.find(tokenOf(symbol))
  if (!price) throw new Error(`No word on ${symbol}`)
  return price
}

const e18 = (text: string) => parseUnits(text, 18)
/** Square roots in the pools and six decimals in a vault leave the last digits open. */
function expectAbout(price: TokenPrice, usd: string): void {
  if (price.state !== 'known') throw new Error(`No price: ${price.reason}`)
  const gap = price.usd - e18(usd)
  expect((gap < 0n ? -gap : gap) * 1_000_000n).toBeLessThan(e18(usd) * 5n)
}
const refusals = (price: TokenPrice, kind: PriceSource['kind']) =>
  price.sources.filter((source) => source.kind === kind).map(({ refused }) => refused)
const knownPrices = (prices: PricesService) =>
  local.chain.manifest.tokenList.tokens.map(({ symbol }) => {
    const price = priceOf(prices, symbol)
    return [symbol, price.state === 'known' ? price.usd : price.reason]
  })

/** Buys from a V2 pool, as whoever has the money and may hold what is bought. */
async function buy(who: Address, spend: string, get: string, amount: bigint): Promise<void> {
  const { manifest } = local.chain
  const [tokenIn, tokenOut] = [local.token(spend), local.token(get)]
  await sendAs(local.rpc, ACCOUNT_ADDRESSES.faucet, {
    to: tokenIn,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [who, amount] }),
  })
  await sendAs(local.rpc, who, {
    to: tokenIn,
    data: encodeFunctionData({
      abi: erc20Abi,
      functionName: 'approve',
      args: [local.contract('uniswapV2Router02'), amount],
    }),
  })
  const swap = { kind: 'uniswapV2', tokenIn, tokenOut, fee: 3000, amountIn: amount } as const
  await sendAs(local.rpc, who, encodeSwap(manifest, { ...swap, minimumOut: 1n, recipient: who }))
}

const setAnswer = (base: string, answer: bigint, ageS?: number) =>
  setFeed(local.rpc, feedAddress(local.chain.manifest, base), {
    answer,
    ...(ageS === undefined ? {} : { ageS }),
  })

test('coins, stablecoins, currencies and real-world assets, each by what is best known of it', async () => {
  const { prices } = open()
  await prices.refresh()
  const coin = priceOf(prices, 'ETH')
  expect(coin).toMatchObject({ state: 'known', usd: e18('3500'), confidence: 'high' })
  expect(priceOf(prices, 'WETH')).toEqual({ ...coin, token: tokenOf('WETH') })
  expectAbout(priceOf(prices, 'WBTC'), '100000')
  expectAbout(priceOf(prices, 'XSGD'), '0.77')
  // The fund's share: a year's interest over one dollar, by redemption and by its pool.
  expectAbout(priceOf(prices, 'TBILL'), '1.045')
  expect(refusals(priceOf(prices, 'TBILL'), 'redemption')).toEqual([undefined])
  // One token stands for 1.025 shares (ERC-8056) and trades 3.5% above them; what it sells for is what it is worth.
  expect(priceOf(prices, 'HKTR')).toMatchObject({ disagreementBps: 350 })
  expectAbout(priceOf(prices, 'HKTR'), '195.413175')
  // A building trades 15% below its appraisal in a thin market.
  expect(priceOf(prices, 'TOWER7')).toMatchObject({ confidence: 'low', disagreementBps: -1500 })
  expect(prices.findRate('EUR')).toMatchObject({ usd: e18('1.15'), confidence: 'high' })
  expect(prices.findRate('JPY')).toMatchObject({ usd: e18('0.00666667') })
  expect(prices.findRate('USD')?.usd).toBe(e18('1'))
  expect(prices.findRate('HKD')).toBeUndefined()
})

test('a thin pool pushed tenfold moves nothing', async () => {
  const { prices, changes } = open()
  // Without its feed, the coin has a thin pool beside a deep one; the building has nothing but a thin pool.
  await setAnswer('AAVE', 25_000_000_000n, 90_000)
  await prices.refresh()
  const before = knownPrices(prices)
  expectAbout(priceOf(prices, 'AAVE'), '250')
  expect(refusals(priceOf(prices, 'AAVE'), 'feed')).toEqual(['stale'])

  const mark = changes.length
  await buy(ACCOUNT_ADDRESSES.attacker, 'WETH', 'AAVE', e18('7.6'))
  await buy(ACCOUNT_ADDRESSES.practice, 'USDC', 'TOWER7', 326_000_000_000n)
  await prices.refresh()
  expect(knownPrices(prices)).toEqual(before)
  const building = priceOf(prices, 'TOWER7')
  expect(building).toMatchObject({ confidence: 'low' })
  expect(refusals(building, 'pool')).toEqual(['moved'])
  const pushed = building.sources.find(({ kind }) => kind === 'pool')?.usd ?? 0n
  expect(pushed).toBeGreaterThan(e18('400'))
  expect(changes.slice(mark).flatMap(({ tokens }) => tokens.map(({ token }) => token))).toContainEqual(
    tokenOf('TOWER7'),
  )
})

test('a stale feed is refused; the pools speak for themselves', async () => {
  await setAnswer('ETH', 99_900_000_000n, 7_200)
  await setAnswer('CHF', 120_000_000n, 2 * 86_400)
  await setAnswer('GBP', 130_000_000n, 5 * 86_400)
  const { prices } = open()
  await prices.refresh()
  const coin = priceOf(prices, 'ETH')
  expectAbout(coin, '3500')
  expect(refusals(coin, 'feed')).toEqual(['stale'])
  // Over a weekend no exchange moves; after five days nobody knows.
  expect(prices.findRate('CHF')).toMatchObject({ usd: e18('1.2'), confidence: 'low' })
  expect(prices.findRate('GBP')).toBeUndefined()
})

test('a feed and a deep market that disagree are told; far apart, nothing is believed', async () => {
  const { prices } = open()
  await setAnswer('LINK', 2_100_000_000n)
  await prices.refresh()
  expect(priceOf(prices, 'LINK')).toMatchObject({
    state: 'known',
    usd: e18('21'),
    confidence: 'medium',
    disagreementBps: -476,
  })
  await setAnswer('LINK', 3_000_000_000n)
  await prices.refresh()
  expect(priceOf(prices, 'LINK')).toMatchObject({ state: 'unknown', reason: 'disagreement' })
})

test('an address that is another feed than it was taken for gives no price', async () => {
  const { manifest } = local.chain
  const feeds = parseLocalFeeds(manifest).map((feed) =>
    feed.subject.kind === 'native' ? { ...feed, address: feedAddress(manifest, 'BTC') } : feed,
  )
  const { prices } = open(feeds)
  await prices.refresh()
  expectAbout(priceOf(prices, 'ETH'), '3500')
  expect(refusals(priceOf(prices, 'ETH'), 'feed')).toEqual(['invalid'])
})

test('a token that nobody trades and one that is none have no price, and say so', async () => {
  const { prices } = open()
  const outside = `0x${'ab'.repeat(20)}` as Address
  const [nothing, listed] = await prices.follow([{ chainId, address: outside }, tokenOf('USDC')])
  expect(nothing).toMatchObject({ state: 'unknown', reason: 'unreadable' })
  expect(listed).toMatchObject({ state: 'known', usd: e18('1') })
})

test('what was worth how much is kept, and the past is read from a node that has it', async () => {
  await setAnswer('AAVE', 25_000_000_000n)
  await local.rpc('anvil_mine', '0x4a', '0x3c')
  await setAnswer('AAVE', 25_400_000_000n)
  const block = await local.client.getBlock()
  const chainNowMs = Number(block.timestamp) * 1000
  const { prices, told } = open(undefined, {
    nowMs: () => chainNowMs,
    schedule: (callback) => schedule(callback, 0),
    blockTimeSeconds: 60,
  })
  await prices.refresh()
  await told.find(() => true)
  const history = prices.handlers.getHistory({
    tokens: [tokenOf('AAVE'), tokenOf('WETH')],
    currency: 'EUR',
    sinceMs: chainNowMs - 2 * 3_600_000,
    points: 100,
  })
  const { tokens, rates } = await history
  expect(tokens[0]?.samples.map(({ usd }) => usd)).toEqual([e18('250'), e18('254')])
  expect(chainNowMs - (tokens[0]?.samples[0]?.atMs ?? 0)).toBeGreaterThan(3_500_000)
  expect(rates.at(-1)?.usd).toBe(e18('1.15'))
  expect(prices.findPast(tokenOf('AAVE'), chainNowMs - 3_600_000)?.usd).toBe(e18('250'))
})
