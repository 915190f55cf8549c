import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Devnet, startDevnet } from '../../devnet/builder/startDevnet.ts'
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
  devnet = await startDevnet({ blockTimeMs: 200 })
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
      token: 'native',
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
  const activity = unwrapResult(await app.main.activity.list({ limit: 20 })).items
  expect(activity.filter(({ kind }) => kind === 'swap')).toHaveLength(3)
  expect(activity.every(({ channel }) => channel === 'private')).toBe(true)

  const back = unwrapResult(
    await app.main.shelter.preview({
      accountId: app.account.id,
      direction: 'out',
      token: 'native',
      shareBps: 1_000,
    }),
  )
  expect(back.legs.map(({ sell }) => sell.symbol)).toEqual(['USDC', 'EURC', 'DAI'])
  unwrapResult(await app.main.shelter.run({ planId: back.id }))
  await planWhere(({ id, status }) => id === back.id && status === 'done')
}, 60_000)

it('takes no basket that makes no whole', async () => {
  expect(
    await app.main.shelter.setBasket({ chainId, parts: [{ address: tokenOf('USDC'), weightBps: 9_999 }] }),
  ).toMatchObject({ ok: false, error: { code: 'shelter.basketInvalid' } })
  expect(await app.main.shelter.run({ planId: 'nothing' })).toMatchObject({
    ok: false,
    error: { code: 'shelter.planMissing' },
  })
})
