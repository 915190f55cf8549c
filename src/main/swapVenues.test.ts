import { afterEach, describe, expect, test } from 'vitest'
import { setUpTestDevnet } from '../../devnet/testing/setUpTestDevnet.ts'
import type { Activity } from '../shared/contract/activity.ts'
import type { SwapQuote, SwapRequest } from '../shared/contract/swaps.ts'
import { unwrapResult } from '../shared/errors/Result.ts'
import type { Address, ChainId } from '../shared/identity/identity.ts'
import { deployFork } from './testing/deployFork.ts'
import { type OpenApp, openApp } from './testing/openApp.ts'

const chainId = 31337 as ChainId
const local = setUpTestDevnet()
let app: OpenApp

afterEach(async () => {
  await app?.close()
})

function tokenOf(symbol: string): Address | 'native' {
  if (symbol === 'ETH') return 'native'
  const entry = local.devnet.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
  if (!entry) throw new Error(`no ${symbol}`)
  return entry.address
}

async function offerFor(wanted: Partial<SwapRequest> & { readonly from: string; readonly to: string }) {
  const { from, to, ...others } = wanted
  return unwrapResult(
    await app.main.swaps.quote({
      accountId: app.account.id,
      chainId,
      sell: tokenOf(from),
      buy: tokenOf(to),
      exact: 'sell',
      amount: '1',
      slippage: 'auto',
      channel: 'private',
      speed: 'normal',
      ...others,
    }),
  )
}

async function quoteFor(wanted: Parameters<typeof offerFor>[0]): Promise<SwapQuote> {
  const offer = await offerFor(wanted)
  if (offer.status !== 'quote') throw new Error(`no route: ${offer.reason}`)
  return offer
}

async function execute(quote: SwapQuote): Promise<Activity> {
  const outcome = unwrapResult(await app.main.swaps.execute({ quoteId: quote.quoteId, channel: 'private' }))
  if (outcome.status !== 'sent') throw new Error('rejected')
  await local.rpc('minato_mine')
  return app.activityWhere(
    ({ id, status }) => id === outcome.activityId && status !== 'signed' && status !== 'pending',
  )
}

describe('a fork with a router, a Permit2 and pools of its own', () => {
  test.each<[string, string, string, 'sell' | 'buy', readonly string[]]>([
    ['coin for a token', 'ETH', 'UNI', 'sell', ['swap']],
    ['a token for coin, with a permit', 'UNI', 'ETH', 'sell', ['approve', 'permit', 'swap']],
    ['an exact purchase', 'ETH', 'UNI', 'buy', ['swap']],
  ])('%s', async (_name, from, to, exact, steps) => {
    const fork = await deployFork(local.devnet, 'UNI')
    const manifest = { ...local.devnet.manifest, forks: [fork] }
    app = await openApp(manifest)
    const quote = await quoteFor({
      from,
      to,
      exact,
      amount: '20',
      // Where the chain's own router has the same pair, a third as deep.
      route: { excludedVenues: ['uniswapV3', 'uniswapV4'] },
    })
    expect(quote.legs.some((leg) => leg.fork === fork.name)).toBe(true)
    expect(quote.steps).toEqual(steps)
    expect(quote.simulation).toMatchObject({ bought: quote.buyUnits, sold: quote.sellUnits })
    const done = await execute(quote)
    expect(done).toMatchObject({
      status: 'confirmed',
      swap: { bought: quote.buyUnits, sold: quote.sellUnits },
    })
  })
})

describe('shares of a vault (ERC-4626)', () => {
  test('are bought from the vault, for no more than what was to be sold, though its rate rises meanwhile', async () => {
    app = await openApp(local.devnet.manifest)
    const quote = await quoteFor({ from: 'USDC', to: 'TBILL', amount: '1000' })
    expect(quote.redeemsFor).toBeUndefined()
    expect(await offerFor({ from: 'TBILL', to: 'USDC' })).toMatchObject({ redeemsFor: { symbol: 'USDC' } })
    expect(quote.legs).toMatchObject([{ venue: 'erc4626', isUnproven: false }])
    expect(quote.steps).toEqual(['approve', 'swap'])
    expect(quote.maximumSold).toBe(1_000_000_000n)
    expect(quote.sellUnits).toBeGreaterThan(999_990_000n)
    expect(quote.minimumBought).toBe(quote.buyUnits)
    const done = await execute(quote)
    expect(done).toMatchObject({ status: 'confirmed', swap: { bought: quote.buyUnits } })
    const [shown] = app.shown
    expect(shown && 'request' in shown && shown.request.intent).toMatchObject({
      kind: 'swap',
      maximumSold: quote.maximumSold,
      minimumBought: quote.minimumBought,
    })
  })

  test('exactly so many', async () => {
    app = await openApp(local.devnet.manifest)
    const quote = await quoteFor({ from: 'USDC', to: 'TBILL', amount: '100', exact: 'buy' })
    expect(quote.legs).toMatchObject([{ venue: 'erc4626' }])
    const done = await execute(quote)
    expect(done).toMatchObject({ status: 'confirmed', swap: { bought: 100_000_000n } })
  })
})

describe('limits that the user sets on a route', () => {
  test('are kept, and say why nothing is left', async () => {
    app = await openApp(local.devnet.manifest)
    const wide = await quoteFor({ from: 'ETH', to: 'USDC', amount: '40' })
    expect(wide.legs.length).toBeGreaterThan(1)
    const narrow = await quoteFor({
      from: 'ETH',
      to: 'USDC',
      amount: '40',
      route: { maxLegs: 1, maxHops: 1 },
    })
    expect(narrow.legs.filter(({ venue }) => venue !== 'weth')).toHaveLength(1)
    expect(narrow.buyUnits).toBeLessThan(wide.buyUnits)
    const others = await quoteFor({
      from: 'ETH',
      to: 'USDC',
      amount: '40',
      route: { excludedVenues: ['uniswapV3', 'uniswapV4'] },
    })
    expect(others.legs.every(({ venue }) => venue === 'uniswapV2' || venue === 'weth')).toBe(true)
    const none = await offerFor({
      from: 'UNI',
      to: 'ETH',
      route: { excludedVenues: ['uniswapV2', 'uniswapV3', 'uniswapV4'] },
    })
    expect(none).toMatchObject({ status: 'noRoute', reason: 'noPool' })
  })
})
