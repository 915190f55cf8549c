import { encodeFunctionData, erc20Abi, maxUint256 } from 'viem'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encodeSwap } from '../../devnet/actors/swapCalls.ts'
import { type Devnet, startDevnet } from '../../devnet/builder/startDevnet.ts'
import { ACCOUNT_ADDRESSES, createRpc, sendAs } from '../../devnet/index.ts'
import type { ShelterPlan } from '../shared/contract/shelter.ts'
import { unwrapResult } from '../shared/errors/Result.ts'
import type { Address, ChainId } from '../shared/identity/identity.ts'
import { type OpenApp, openApp } from './testing/openApp.ts'

const chainId = 31337 as ChainId
let devnet: Devnet
let app: OpenApp
const plans: ShelterPlan[] = []
let look = () => {}

beforeEach(async () => {
  devnet = await startDevnet({ blockTimeMs: 200, idleBlockTimeMs: 1_000 })
  app = await openApp(devnet.manifest)
  plans.length = 0
  app.main.shelter.planChanged((plan) => {
    plans.push(plan)
    look()
  })
})
afterEach(async () => {
  await app?.close()
  await devnet?.stop()
})

const tokenOf = (symbol: string): Address => {
  const entry = devnet.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
  if (!entry) throw new Error(`no ${symbol}`)
  return entry.address
}
const planWhere = (fits: (plan: ShelterPlan) => boolean) =>
  new Promise<ShelterPlan>((resolve) => {
    look = () => {
      const plan = plans.at(-1)
      if (plan && fits(plan)) resolve(plan)
    }
    look()
  })
/** Resolves once the portfolio has what the preview needs. */
const portfolioHolds = async (symbol: string) => {
  const holds = (portfolio: { chains: { balances: { token: { symbol: string } }[] }[] }) =>
    portfolio.chains.some(({ balances }) => balances.some(({ token }) => token.symbol === symbol))
  const changed = new Promise<void>((resolve) => {
    app.main.portfolio.changed((portfolio) => {
      if (holds(portfolio)) resolve()
    })
  })
  if (!holds(unwrapResult(await app.main.portfolio.get()))) await changed
}
const setBasket = () =>
  app.main.shelter.setBasket({
    chainId,
    parts: [
      { address: tokenOf('USDC'), weightBps: 5_000 },
      { address: tokenOf('EURC'), weightBps: 3_000 },
      { address: tokenOf('DAI'), weightBps: 2_000 },
    ],
  })

it('moves a part of a holding into the basket, stops where the user says no, goes on, and comes back', async () => {
  await portfolioHolds('USDC')
  unwrapResult(await setBasket())
  const plan = unwrapResult(
    await app.main.shelter.preview({
      accountId: app.account.id,
      direction: 'in',
      tokens: ['native'],
      shareBps: 4_000,
    }),
  )
  expect(plan.legs.map(({ buy }) => buy.symbol)).toEqual(['USDC', 'EURC', 'DAI'])
  const sold = plan.legs.reduce((sum, { units }) => sum + units, 0n)
  expect(plan.legs[0]?.units).toBe(sold / 2n)
  expect(app.shown).toHaveLength(0)

  // He approves nothing at first: nothing is sent, and nothing after it.
  app.decide('reject')
  unwrapResult(await app.main.shelter.run({ planId: plan.id }))
  const halted = await planWhere(({ status }) => status === 'halted')
  expect(halted.legs.map(({ status }) => status)).toEqual(['halted', 'waiting', 'waiting'])
  expect(halted.legs[0]?.problem?.code).toBe('signing.notApproved')

  app.decide('approve')
  unwrapResult(await app.main.shelter.run({ planId: plan.id }))
  const done = await planWhere(({ status }) => status === 'done')
  for (const leg of done.legs) expect(leg.bought).toBeGreaterThanOrEqual(leg.minimum)
  const activity = unwrapResult(
    await app.main.activity.list({ kinds: ['send', 'approve', 'swap'], limit: 20 }),
  ).items
  expect(activity.filter(({ kind }) => kind === 'swap')).toHaveLength(3)
  expect(activity.every(({ channel }) => channel === 'private')).toBe(true)

  const back = unwrapResult(
    await app.main.shelter.preview({
      accountId: app.account.id,
      direction: 'out',
      tokens: ['native'],
      shareBps: 1_000,
    }),
  )
  expect(back.legs.map(({ sell }) => sell.symbol)).toEqual(['USDC', 'EURC', 'DAI'])
  unwrapResult(await app.main.shelter.run({ planId: back.id }))
  await planWhere(({ id, status }) => id === back.id && status === 'done')
})

it('moves several holdings at once, each by the weights of the basket', async () => {
  await portfolioHolds('WBTC')
  unwrapResult(await setBasket())
  const plan = unwrapResult(
    await app.main.shelter.preview({
      accountId: app.account.id,
      direction: 'in',
      tokens: ['native', tokenOf('WBTC'), tokenOf('USDC')],
      shareBps: 1_000,
    }),
  )
  // What is in the right coin already stays there.
  expect(plan.legs.map(({ sell, buy }) => `${sell.symbol}>${buy.symbol}`)).toEqual([
    'ETH>USDC',
    'ETH>EURC',
    'ETH>DAI',
    'WBTC>USDC',
    'WBTC>EURC',
    'WBTC>DAI',
    'USDC>EURC',
    'USDC>DAI',
  ])
  for (const leg of plan.legs) expect(leg.fee).toBeGreaterThan(0n)
})

it('arms the flight as orders, all or none, and flees when the price has fallen', async () => {
  await portfolioHolds('UNI')
  unwrapResult(await setBasket())
  const arming = { accountId: app.account.id, token: tokenOf('UNI'), shareBps: 5_000, fallBps: 500, days: 1 }
  const preview = unwrapResult(await app.main.shelter.previewRule(arming))
  // With the first it has a pool; with the others it meets in a token that both have pools with.
  expect(preview.legs.map(({ quote }) => quote.symbol)).toEqual(['USDC', 'EURC', 'DAI'])
  expect(preview.leftOut).toEqual([])
  expect(preview.legs.map((leg) => leg.size)).toEqual([375n, 225n, 150n].map((tenths) => tenths * 10n ** 17n))

  app.decide('reject')
  expect(await app.main.shelter.arm(arming)).toMatchObject({
    ok: false,
    error: { code: 'signing.notApproved' },
  })
  expect(unwrapResult(await app.main.shelter.getRule())).toBeNull()
  expect(unwrapResult(await app.main.orders.listOpen())).toEqual([])

  app.decide('approve')
  const rule = unwrapResult(await app.main.shelter.arm(arming))
  expect(rule.orderIds).toHaveLength(3)
  expect(await app.main.shelter.arm(arming)).toMatchObject({
    ok: false,
    error: { code: 'shelter.alreadyArmed' },
  })
  // The engine believes a price once it has held over several blocks.
  for (const orderId of rule.orderIds) {
    await app.orderWhere(
      ({ id, legs: [leg] }) =>
        id === orderId && leg?.waiting?.reason === 'trigger' && leg.waiting.distanceBps !== undefined,
    )
  }
  await fallSixPercent()
  const filled = await app.orderWhere(({ id, status }) => id === rule.orderIds[0] && status === 'filled')
  expect(filled.filledSold).toBe(preview.legs[0]?.size)
  expect(filled.filledBought).toBeGreaterThanOrEqual(preview.legs[0]?.minimumReceived ?? 0n)
  unwrapResult(await app.main.shelter.disarm())
  expect(unwrapResult(await app.main.shelter.getRule())).toBeNull()
})

/** Somebody sells into the one pool that joins it with the dollar, until a token costs six percent less. */
async function fallSixPercent(): Promise<void> {
  const rpc = createRpc(devnet.chain.rpcUrl)
  const router = devnet.manifest.contracts['uniswapV3SwapRouter02']
  if (!router) throw new Error('no router')
  const { faucet } = ACCOUNT_ADDRESSES
  await sendAs(rpc, faucet, {
    to: tokenOf('UNI'),
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [router, maxUint256] }),
  })
  const price = async () => {
    const book = { chainId, base: tokenOf('UNI'), quote: tokenOf('USDC'), levels: 1 }
    const { marketPrice } = unwrapResult(await app.main.orders.getBook(book))
    if (!marketPrice) throw new Error('no market')
    return Number(marketPrice.quote) / Number(marketPrice.base)
  }
  const target = (await price()) * 0.94
  while ((await price()) > target) {
    await sendAs(
      rpc,
      faucet,
      encodeSwap(devnet.manifest, {
        kind: 'uniswapV3',
        tokenIn: tokenOf('UNI'),
        tokenOut: tokenOf('USDC'),
        fee: 3000,
        amountIn: 800n * 10n ** 18n,
        minimumOut: 0n,
        recipient: faucet,
      }),
    )
  }
}

it('takes no basket that makes no whole', async () => {
  expect(
    await app.main.shelter.setBasket({ chainId, parts: [{ address: tokenOf('USDC'), weightBps: 9_999 }] }),
  ).toMatchObject({ ok: false, error: { code: 'shelter.basketInvalid' } })
  expect(await app.main.shelter.run({ planId: 'nothing' })).toMatchObject({
    ok: false,
    error: { code: 'shelter.planMissing' },
  })
})
