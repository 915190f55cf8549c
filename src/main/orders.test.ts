import { createServer } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { inspect } from 'node:util'
import { encodeFunctionData, erc20Abi, formatUnits, parseAbi, parseUnits } from 'viem'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sendAs, warpTime } from '../../devnet/index.ts'
import { setUpTestDevnet } from '../../devnet/testing/setUpTestDevnet.ts'
import type { Order, OrderRequest } from '../shared/contract/orders.ts'
import { unwrapResult } from '../shared/errors/Result.ts'
import type { Address, ChainId } from '../shared/identity/identity.ts'
import { type OpenApp, openApp } from './testing/openApp.ts'

const chainId = 31337 as ChainId
const v2Abi = parseAbi([
  'function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)',
])
const local = setUpTestDevnet()
let app: OpenApp

beforeAll(async () => {
  for (const symbol of ['UNI', 'WETH']) {
    await sendAs(local.node, trader(), {
      to: tokenOf(symbol),
      mine: true,
      data: encodeFunctionData({
        abi: erc20Abi,
        functionName: 'approve',
        args: [v2Router(), parseUnits('1000000', 18)],
      }),
    })
  }
})
beforeEach(async () => {
  app = await openApp(local.devnet.manifest)
})
afterEach(async () => {
  await app?.close()
})

function tokenOf(symbol: string): Address {
  const entry = local.devnet.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
  if (!entry) throw new Error(`no ${symbol}`)
  return entry.address
}
const mine = () => local.rpc('minato_mine')

/** Somebody else trades through the V2 pair and moves its price, in one block. */
async function trade(sell: string, buy: string, amount: bigint): Promise<void> {
  await sendAs(local.node, trader(), {
    to: v2Router(),
    mine: true,
    data: encodeFunctionData({
      abi: v2Abi,
      functionName: 'swapExactTokensForTokens',
      args: [amount, 0n, [tokenOf(sell), tokenOf(buy)], trader(), 2n ** 40n],
    }),
  })
}
const trader = () => local.devnet.manifest.accounts.find(({ role }) => role === 'faucet')?.address as Address
const v2Router = () => local.devnet.manifest.contracts.uniswapV2Router02 as Address
const held = async (symbol: string, owner: Address) =>
  BigInt(
    (await local.rpc(
      'eth_call',
      {
        to: tokenOf(symbol),
        data: encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [owner] }),
      },
      'latest',
    )) as string,
  )

const request = (changes: Partial<OrderRequest> & Pick<OrderRequest, 'terms'>): OrderRequest => ({
  accountId: app.account.id,
  chainId,
  base: tokenOf('UNI'),
  quote: tokenOf('WETH'),
  side: 'sell',
  amount: '100',
  timeInForce: { kind: 'goodTillCancelled' },
  postOnly: false,
  toleranceBps: 300,
  allowPublic: false,
  ...changes,
})

/** The market price times a share, as it would be typed. */
async function priceAt(percent: bigint, whole = 100n): Promise<string> {
  const book = unwrapResult(
    await app.main.orders.getBook({ chainId, base: tokenOf('UNI'), quote: tokenOf('WETH'), levels: 5 }),
  )
  const { marketPrice } = book
  if (!marketPrice) throw new Error('no market')
  return formatUnits((marketPrice.quote * percent * 10n ** 18n) / (marketPrice.base * whole), 18)
}

async function place(wanted: OrderRequest): Promise<Order> {
  const outcome = unwrapResult(await app.main.orders.place(wanted))
  if (outcome.status !== 'placed') throw new Error('rejected')
  return outcome.order
}
const waitingFor = (id: string, reason: string) =>
  app.orderWhere((order) => order.id === id && order.legs.some(({ waiting }) => waiting?.reason === reason))
/** Blocks, until the order is as it should be. */
async function mineUntil(id: string, fits: (order: Order) => boolean): Promise<Order> {
  const found = app.orderWhere((order) => order.id === id && fits(order))
  let isOver = false
  found.then(() => {
    isOver = true
  })
  // The app looks for blocks once a second: most of those in between it never sees, and each is work.
  // On a busy machine an app may need longer for a block than the next one takes to come: then they come more slowly.
  let polls = 0
  const isDue = () => {
    polls += 1
    return polls < 100 || polls % 8 === 0
  }
  await expect
    .poll(() => (isOver || !isDue() ? isOver : mine().then(() => isOver)), { interval: 250, timeout: 60_000 })
    .toBe(true)
    .catch(async (thrown: unknown) => {
      const open = unwrapResult(await app.main.orders.listOpen())
      const { items } = unwrapResult(
        await app.main.activity.list({ kinds: ['send', 'approve', 'swap'], limit: 5 }),
      )
      throw new Error(`${inspect({ open, items }, { depth: 8 })}`, { cause: thrown })
    })
  return found
}
const isWarm = ({ legs }: Order) =>
  legs.some(({ waiting }) => waiting?.reason === 'trigger' && waiting.distanceBps !== undefined)
const ended = (id: string, status: Order['status']) =>
  app.orderWhere((order) => order.id === id && order.status === status)

const eth = (amount: string) => parseUnits(amount, 18)

describe('the market of a pair', () => {
  test('is known where a small part of a token buys less than a unit of the other', async () => {
    // A yen is hardly a cent, of which one of the euros has no smaller parts.
    for (const [base, quote] of [
      ['JPYC', 'USDC'],
      ['JPYC', 'EURS'],
      ['UNI', 'EURS'],
      ['EURS', 'JPYC'],
    ] as const) {
      const pair = { chainId, base: tokenOf(base), quote: tokenOf(quote) }
      const { marketPrice } = unwrapResult(await app.main.orders.getBook({ ...pair, levels: 5 }))
      const amount = base === 'EURS' ? '10' : '1000'
      const sale = request({ ...pair, amount, terms: { type: 'market' }, toleranceBps: 1 })
      const { size, minimumReceived } = unwrapResult(await app.main.orders.preview(sale))
      if (!marketPrice) throw new Error('no market')
      // Within the pools' fees and the depth of what is sold.
      const share = Number(minimumReceived * marketPrice.base) / Number(size * marketPrice.quote)
      expect(share).toBeGreaterThan(0.97)
      expect(share).toBeLessThan(1.01)
    }
  })

  test('is what a small order meets, also of a token that has no smaller parts', async () => {
    const pair = { base: tokenOf('EURS'), quote: tokenOf('JPYC') }
    const { marketPrice } = unwrapResult(await app.main.orders.getBook({ chainId, ...pair, levels: 5 }))
    if (!marketPrice) throw new Error('no market')
    // Two percent below the middle, in whole tokens: their decimals are 16 apart.
    const price = formatUnits((marketPrice.quote * 98n) / (marketPrice.base * 100n), 16)
    for (const amount of ['500', '2000']) {
      const sale = request({ ...pair, amount, terms: { type: 'limit', price } })
      const { size, availableNow } = unwrapResult(await app.main.orders.preview(sale))
      expect(availableNow).toBe(size)
    }
    // A thousandth of what is offered tells the price, and part of it can be filled.
    const large = request({ ...pair, amount: '90000', terms: { type: 'limit', price } })
    const { size, availableNow } = unwrapResult(await app.main.orders.preview(large))
    expect(availableNow).toBeGreaterThan(0n)
    expect(availableNow).toBeLessThan(size)
  })
})

describe('a limit order', () => {
  test('waits until the market gives its price after gas, and is then filled in private, at it or better', async () => {
    const order = await place(request({ terms: { type: 'limit', price: await priceAt(110n) } }))
    expect(app.shown).toHaveLength(1)
    await waitingFor(order.id, 'priceAway')
    await trade('WETH', 'UNI', eth('25'))
    await waitingFor(order.id, 'sent')
    await mine()
    const filled = await ended(order.id, 'filled')
    const [fill] = filled.fills
    expect(filled).toMatchObject({ filledSold: order.size, sending: 'private' })
    expect(filled.filledBought * order.worstPrice.base).toBeGreaterThanOrEqual(
      order.size * order.worstPrice.quote,
    )
    expect(fill?.improvement).toBeGreaterThan(0n)
    const activity = await app.activityWhere(({ id }) => id === fill?.activityId)
    expect(activity).toMatchObject({ kind: 'swap', channel: 'private', status: 'confirmed' })
    // What was allowed ends with the order.
    await expect
      .poll(async () => unwrapResult(await app.main.rules.list())[0]?.revokedAtMs, { timeout: 5_000 })
      .toBeDefined()
  })

  test('is filled as far as the last unit still gets the price, and waits with the rest', async () => {
    await sendAs(local.node, trader(), {
      to: tokenOf('UNI'),
      mine: true,
      data: encodeFunctionData({
        abi: erc20Abi,
        functionName: 'transfer',
        args: [app.account.address, eth('20000')],
      }),
    })
    const price = await priceAt(98n)
    const order = await place(request({ amount: '20000', terms: { type: 'limit', price } }))
    await waitingFor(order.id, 'sent')
    await mine()
    const partly = await app.orderWhere(({ id, fills }) => id === order.id && fills.length === 1)
    expect(partly.filledSold).toBeGreaterThan(0n)
    expect(partly.filledSold).toBeLessThan(order.size)
    const waiting = await mineUntil(order.id, ({ legs }) => legs[0]?.waiting?.reason === 'priceAway')
    // The market stands where one more unit would get less than the price.
    expect(waiting.legs[0]?.open).toBe(order.size - partly.filledSold)
    const cancelled = unwrapResult(await app.main.orders.cancel({ orderId: order.id }))
    expect(cancelled).toMatchObject({ status: 'cancelled', filledSold: partly.filledSold })
  })

  test('sells coin, and tokens that need an approval first, through whatever venue is best', async () => {
    const coin = request({
      base: 'native',
      quote: tokenOf('USDC'),
      amount: '1',
      terms: { type: 'market' },
    })
    const preview = unwrapResult(await app.main.orders.preview(coin))
    expect(preview).toMatchObject({ size: eth('1'), availableNow: eth('1'), sending: 'private' })
    expect(preview.notes).toEqual(expect.arrayContaining(['runsWhileOpen', 'executesNow', 'endsAfterAYear']))
    const first = await place(coin)
    const filled = await mineUntil(first.id, ({ status }) => status === 'filled')
    expect(filled.filledBought).toBeGreaterThanOrEqual(preview.minimumReceived)
    const stable = await place(
      request({
        base: tokenOf('USDT'),
        quote: tokenOf('DAI'),
        amount: '1000',
        terms: { type: 'limit', price: '0.99' },
      }),
    )
    await mineUntil(stable.id, ({ status }) => status === 'filled')
    const kinds = unwrapResult(
      await app.main.activity.list({ kinds: ['send', 'approve', 'swap'], limit: 10 }),
    ).items.map(({ kind }) => kind)
    expect(kinds).toEqual(['swap', 'approve', 'swap'])
  })

  test('whose rule was revoked waits for a new approval, and goes on with it', async () => {
    const order = await place(request({ terms: { type: 'limit', price: await priceAt(110n) } }))
    await waitingFor(order.id, 'priceAway')
    unwrapResult(await app.main.rules.revoke({ ruleId: order.ruleIds[0] as never }))
    // It says so while there is time, and not only when the market comes to its price.
    await mineUntil(order.id, ({ legs }) => legs[0]?.waiting?.reason === 'ruleEnded')
    await trade('WETH', 'UNI', eth('25'))
    await mine()
    expect(
      unwrapResult(await app.main.activity.list({ kinds: ['send', 'approve', 'swap'], limit: 10 })).items,
    ).toEqual([])
    expect(unwrapResult(await app.main.orders.renew({ orderId: order.id }))).toMatchObject({
      status: 'placed',
      order: { legs: [{ waiting: { reason: 'nextBlock' } }] },
    })
    expect(app.shown).toHaveLength(2)
    await mineUntil(order.id, ({ status }) => status === 'filled')
  })

  test('that would gain less than its fee waits and says so', async () => {
    const order = await place(
      request({ amount: '0.01', terms: { type: 'limit', price: await priceAt(99n) } }),
    )
    const { legs } = await waitingFor(order.id, 'gasWouldEatGain')
    const { waiting } = legs[0] ?? {}
    if (waiting?.reason !== 'gasWouldEatGain') throw new Error('it waits for something else')
    expect(waiting.fee).toBeGreaterThan(waiting.gain)
  })

  test('buys too, for at most what it was given', async () => {
    const before = await held('UNI', app.account.address)
    const order = await place(
      request({ side: 'buy', amount: '0.2', terms: { type: 'limit', price: await priceAt(90n) } }),
    )
    await waitingFor(order.id, 'priceAway')
    await trade('UNI', 'WETH', eth('9000'))
    await waitingFor(order.id, 'sent')
    await mine()
    const filled = await ended(order.id, 'filled')
    expect(filled.filledSold).toBe(eth('0.2'))
    expect((await held('UNI', app.account.address)) - before).toBe(filled.filledBought)
    expect(order.worstPrice.quote * filled.filledBought).toBeGreaterThanOrEqual(
      filled.filledSold * order.worstPrice.base,
    )
  })

  test('is not armed without the approval, nor where its terms cannot hold', async () => {
    app.decide('reject')
    const terms = { type: 'limit', price: await priceAt(120n) } as const
    expect(unwrapResult(await app.main.orders.place(request({ terms })))).toEqual({ status: 'rejected' })
    expect(unwrapResult(await app.main.orders.listOpen())).toEqual([])
    expect(unwrapResult(await app.main.rules.list())).toEqual([])
    app.decide('approve')
    const low = { type: 'limit', price: await priceAt(80n) } as const
    const refusals: [OrderRequest, string][] = [
      [request({ terms: low, postOnly: true }), 'order.wouldCross'],
      [request({ terms, timeInForce: { kind: 'fillOrKill' } }), 'order.notFilledAtOnce'],
      [request({ terms: { type: 'limit', price: '0' } }), 'order.invalid'],
      [request({ terms, timeInForce: { kind: 'goodTillTime', expiresAtMs: 1 } }), 'order.invalid'],
      [request({ terms, quote: tokenOf('UNI') }), 'order.invalid'],
      [request({ terms, amount: '0' }), 'amount.zero'],
    ]
    for (const [wanted, code] of refusals) {
      expect(await app.main.orders.place(wanted)).toMatchObject({ ok: false, error: { code } })
    }
    expect(app.shown).toHaveLength(1)
  })

  test('to be filled at once is filled as far as possible, and over', async () => {
    const terms = { type: 'market' } as const
    const order = await place(request({ terms, timeInForce: { kind: 'immediateOrCancel' } }))
    await mineUntil(order.id, ({ status }) => status === 'filled')
    const far = await place(
      request({
        amount: '10',
        terms: { type: 'limit', price: await priceAt(150n) },
        timeInForce: { kind: 'immediateOrCancel' },
      }),
    )
    const over = await ended(far.id, 'ended')
    expect(over).toMatchObject({ endedBecause: 'notFilledAtOnce', fills: [] })
    const whole = await place(
      request({
        amount: '10',
        terms: { type: 'limit', price: await priceAt(90n) },
        timeInForce: { kind: 'fillOrKill' },
      }),
    )
    await mineUntil(whole.id, ({ status, fills }) => status === 'filled' && fills.length === 1)
  })

  test('ends at its time, and signs nothing after it', async () => {
    const block = (await local.rpc('eth_getBlockByNumber', 'latest', false)) as { timestamp: string }
    const expiresAtMs = Math.max(Date.now(), Number(block.timestamp) * 1000) + 60_000
    const order = await place(
      request({
        terms: { type: 'limit', price: await priceAt(110n) },
        timeInForce: { kind: 'goodTillTime', expiresAtMs },
      }),
    )
    await waitingFor(order.id, 'priceAway')
    await warpTime(local.node, 120)
    await trade('WETH', 'UNI', eth('25'))
    const expired = await mineUntil(order.id, ({ status }) => status === 'expired')
    expect(expired.fills).toEqual([])
  })

  test('waits while the wallet is locked, and goes on when it is unlocked', async () => {
    const order = await place(request({ terms: { type: 'limit', price: await priceAt(110n) } }))
    await waitingFor(order.id, 'priceAway')
    unwrapResult(await app.main.vault.lock())
    expect(await app.main.orders.listOpen()).toMatchObject({ ok: false, error: { code: 'vault.locked' } })
    await trade('WETH', 'UNI', eth('25'))
    await mine()
    unwrapResult(await app.main.vault.unlock({ password: new TextEncoder().encode('correct horse battery') }))
    await waitingFor(order.id, 'sent')
    await mine()
    await ended(order.id, 'filled')
  })

  test('cancelled while its fill is on the way is filled or gone, never both', async () => {
    const order = await place(request({ terms: { type: 'limit', price: await priceAt(90n) } }))
    await waitingFor(order.id, 'sent')
    unwrapResult(await app.main.orders.cancel({ orderId: order.id }))
    const before = await held('UNI', app.account.address)
    const over = await mineUntil(order.id, ({ status }) => status !== 'open')
    expect(over.status).toBe('cancelled')
    expect(before - (await held('UNI', app.account.address))).toBe(over.filledSold)
  })

  test('is made smaller without a question, dearer without one, and cheaper with one', async () => {
    const order = await place(request({ terms: { type: 'limit', price: await priceAt(110n) } }))
    const edit = async (changes: { reduceBy?: string; price?: string }) =>
      unwrapResult(await app.main.orders.edit({ orderId: order.id, ...changes }))
    expect(await edit({ reduceBy: '40' })).toMatchObject({ order: { size: eth('60') } })
    const dearer = await priceAt(120n)
    expect(await edit({ price: dearer })).toMatchObject({
      order: { id: order.id, terms: { price: dearer }, legs: [{ open: eth('60') }] },
    })
    expect(app.shown).toHaveLength(1)
    const cheaper = await priceAt(95n)
    app.decide('reject')
    expect(await edit({ price: cheaper, reduceBy: '10' })).toEqual({ status: 'rejected' })
    expect(unwrapResult(await app.main.orders.listOpen())).toMatchObject([
      { size: eth('60'), terms: { price: dearer } },
    ])
    app.decide('approve')
    expect(await edit({ price: cheaper, reduceBy: '10' })).toMatchObject({
      status: 'placed',
      order: { id: order.id, size: eth('50') },
    })
    expect(app.shown).toHaveLength(3)
    const filled = await mineUntil(order.id, ({ status }) => status === 'filled')
    expect(filled).toMatchObject({ filledSold: eth('50') })
    expect(unwrapResult(await app.main.orders.listHistory({ limit: 10 })).items).toMatchObject([
      { id: order.id, status: 'filled' },
    ])
  })

  test('keeps what was filled while the user was asked for another price', async () => {
    await sendAs(local.node, trader(), {
      to: tokenOf('UNI'),
      mine: true,
      data: encodeFunctionData({
        abi: erc20Abi,
        functionName: 'transfer',
        args: [app.account.address, eth('20000')],
      }),
    })
    const order = await place(
      request({ amount: '20000', terms: { type: 'limit', price: await priceAt(110n) } }),
    )
    await waitingFor(order.id, 'priceAway')
    const cheaper = await priceAt(105n)
    app.decide('approve', async () => {
      await trade('WETH', 'UNI', eth('25'))
      await mineUntil(order.id, ({ fills }) => fills.length > 0)
      await mineUntil(order.id, ({ legs }) => legs[0]?.waiting?.reason === 'priceAway')
    })
    unwrapResult(await app.main.orders.edit({ orderId: order.id, price: cheaper }))
    const [open] = unwrapResult(await app.main.orders.listOpen())
    expect(open?.terms).toMatchObject({ price: cheaper })
    expect(open?.fills.length).toBeGreaterThan(0)
    expect(open?.filledSold).toBeGreaterThan(0n)
    expect(open?.legs[0]?.open).toBe(order.size - (open?.filledSold ?? 0n))
  })

  test('that was given another price is cancelled as any other, and filled no more', async () => {
    const order = await place(request({ terms: { type: 'limit', price: await priceAt(120n) } }))
    unwrapResult(await app.main.orders.edit({ orderId: order.id, price: await priceAt(130n) }))
    unwrapResult(await app.main.orders.edit({ orderId: order.id, price: await priceAt(110n) }))
    expect(unwrapResult(await app.main.orders.cancel({ orderId: order.id }))).toMatchObject({
      status: 'cancelled',
      filledSold: 0n,
    })
    await trade('WETH', 'UNI', eth('25'))
    await mine()
    expect(unwrapResult(await app.main.orders.listOpen())).toEqual([])
    // Nothing that was allowed for any of its prices is left.
    await expect
      .poll(
        async () =>
          unwrapResult(await app.main.rules.list()).every(({ revokedAtMs }) => revokedAtMs !== undefined),
        { timeout: 5_000 },
      )
      .toBe(true)
  })
})

describe('a trigger', () => {
  test('of a stop is not fired by one block of another price, and is by one that lasts', async () => {
    const trigger = await priceAt(90n)
    const order = await place(request({ toleranceBps: 2_000, terms: { type: 'stop', trigger } }))
    await mineUntil(order.id, isWarm)
    // An attacker sells far below the trigger, and buys back in the next block.
    const got = await held('WETH', trader())
    await trade('UNI', 'WETH', eth('12000'))
    await app.orderWhere(
      ({ id, legs }) =>
        id === order.id && legs[0]?.waiting?.reason === 'trigger' && legs[0].waiting.distanceBps === 0,
    )
    await trade('WETH', 'UNI', (await held('WETH', trader())) - got)
    await app.orderWhere(
      ({ id, legs }) =>
        id === order.id && legs[0]?.waiting?.reason === 'trigger' && (legs[0].waiting.distanceBps ?? 0) > 0,
    )
    for (let block = 0; block < 8; block += 1) await mine()
    expect(unwrapResult(await app.main.orders.listOpen())[0]?.legs[0]?.state).toBe('armed')

    await trade('UNI', 'WETH', eth('5000'))
    const filled = await mineUntil(order.id, ({ status }) => status === 'filled')
    expect(filled.filledBought * order.worstPrice.base).toBeGreaterThanOrEqual(
      filled.filledSold * order.worstPrice.quote,
    )
  })

  test('of a purchase for little money is watched as any other', async () => {
    const [base, quote] = [tokenOf('WETH'), tokenOf('USDC')]
    const order = await place(
      request({ base, quote, side: 'buy', amount: '50', terms: { type: 'stop', trigger: '9000' } }),
    )
    const watched = await mineUntil(order.id, isWarm)
    expect(watched.legs[0]?.waiting).toMatchObject({ reason: 'trigger' })
  })

  test('of a take-profit is fired by a price that has risen', async () => {
    const order = await place(
      request({ terms: { type: 'takeProfit', trigger: await priceAt(110n), price: await priceAt(108n) } }),
    )
    await mineUntil(order.id, isWarm)
    await trade('WETH', 'UNI', eth('25'))
    await mineUntil(order.id, ({ status }) => status === 'filled')
  })

  test('of a trailing stop follows the price up, and is fired on its way down', async () => {
    const start = await priceAt(100n)
    const order = await place(
      request({ toleranceBps: 2_000, terms: { type: 'trailingStop', distanceBps: 1_000 } }),
    )
    await mineUntil(order.id, isWarm)
    await trade('WETH', 'UNI', eth('25'))
    await mineUntil(order.id, ({ legs }) => {
      const { waiting } = legs[0] ?? {}
      if (waiting?.reason !== 'trigger') return false
      // Above where the market stood when the order was placed.
      return waiting.trigger.quote * 10n ** 18n > waiting.trigger.base * parseUnits(start, 18)
    })
    await trade('UNI', 'WETH', eth('4000'))
    await mineUntil(order.id, ({ status }) => status === 'filled')
  })
})

describe('orders that belong together', () => {
  test('of which one cancels the other give their amount away once, even when both can be filled in one block', async () => {
    const before = await held('UNI', app.account.address)
    const order = await place(
      request({
        terms: {
          type: 'oneCancelsOther',
          price: await priceAt(110n),
          trigger: await priceAt(95n),
          stopPrice: await priceAt(109n),
        },
      }),
    )
    expect(order.legs.map(({ role, state }) => [role, state])).toEqual([
      ['limit', 'working'],
      ['stop', 'armed'],
    ])
    await mineUntil(order.id, isWarm)
    // The stop fires, and waits for its own price, as the limit does for the same …
    await trade('UNI', 'WETH', eth('3000'))
    await mineUntil(order.id, ({ legs }) => legs.every(({ waiting }) => waiting?.reason === 'priceAway'))
    // … until one block holds both.
    await trade('WETH', 'UNI', eth('60'))
    const over = await mineUntil(order.id, ({ status }) => status === 'filled')
    for (let block = 0; block < 4; block += 1) await mine()
    expect(over.fills).toHaveLength(1)
    expect(before - (await held('UNI', app.account.address))).toBe(eth('100'))
    const [rule] = unwrapResult(await app.main.rules.list())
    expect(rule).toMatchObject({ spentUnits: eth('100'), uses: 1 })
    const swaps = unwrapResult(
      await app.main.activity.list({ kinds: ['send', 'approve', 'swap'], limit: 50 }),
    ).items
    expect(swaps.filter(({ kind }) => kind === 'swap')).toHaveLength(1)
  })

  test('in a bracket buy first, and sell what was bought at the profit or the loss', async () => {
    const before = await held('UNI', app.account.address)
    const order = await place(
      request({
        side: 'buy',
        amount: '0.2',
        toleranceBps: 2_000,
        terms: {
          type: 'bracket',
          price: await priceAt(102n),
          takeProfit: await priceAt(125n),
          stopLoss: await priceAt(80n),
        },
      }),
    )
    // One approval for the way in, one for the ways out.
    expect(app.shown).toHaveLength(2)
    const bought = await mineUntil(order.id, ({ fills }) => fills.length === 1)
    expect(bought.fills[0]?.legId).toBe(`${order.id}.entry`)
    await mineUntil(order.id, ({ legs }) => legs[1]?.state === 'armed' && legs[2]?.state === 'armed')
    // What the way in was allowed is used up, and not asked for again with the ways out.
    unwrapResult(await app.main.rules.revoke({ ruleId: order.ruleIds[1] as never }))
    const isEnded = ({ waiting }: Order['legs'][number]) => waiting?.reason === 'ruleEnded'
    await mineUntil(order.id, ({ legs }) => legs.filter(isEnded).length === 2)
    unwrapResult(await app.main.orders.renew({ orderId: order.id }))
    expect(app.shown).toHaveLength(3)
    await mineUntil(order.id, ({ legs }) => !legs.some(isEnded))
    await trade('WETH', 'UNI', eth('30'))
    const over = await mineUntil(order.id, ({ status }) => status === 'filled')
    expect(over.fills.map(({ legId }) => legId)).toEqual([`${order.id}.entry`, `${order.id}.profit`])
    expect(over.fills[1]?.sold).toBe(over.filledBought)
    expect(await held('UNI', app.account.address)).toBe(before)
  })
})

describe('a schedule', () => {
  test('sells in slices at times that its seed decides, and all of it in the end', async () => {
    const order = await place(
      request({
        amount: '90',
        toleranceBps: 1_000,
        terms: { type: 'schedule', slices: 3, intervalSeconds: 60, jitterPercent: 50, carriesOver: true },
      }),
    )
    expect(order.legs).toMatchObject([{ role: 'slices', waiting: { reason: 'slice' } }])
    for (let slice = 1; slice <= 3; slice += 1) {
      await warpTime(local.node, 61)
      const after = await mineUntil(order.id, ({ fills }) => fills.length >= slice)
      expect(after.fills).toHaveLength(slice)
      expect(after.fills.at(-1)?.sold).toBe(eth('30'))
    }
    await warpTime(local.node, 120)
    const over = await mineUntil(order.id, ({ status }) => status !== 'open')
    expect(over).toMatchObject({ status: 'filled', filledSold: eth('90') })
    expect(app.shown).toHaveLength(1)
  })
})

describe('an app that dies', () => {
  /** Lets everything pass but what the test stops, and tells when that happened. */
  function stopAt(point: 'beforeSigning' | 'afterSigning') {
    let signing: number | undefined
    let tell = () => {}
    const stopped = new Promise<void>((resolve) => {
      tell = resolve
    })
    const loses = (message: unknown, to: 'signer' | 'app') => {
      const { id, channel } = message as { id?: number; channel?: string }
      if (to === 'signer' && channel?.endsWith('signing.signUnderRule')) signing = id
      const isLost = signing !== undefined && id === signing && (to === 'app' || point === 'beforeSigning')
      if (isLost) tell()
      return isLost
    }
    return { loses, stopped }
  }

  /** The chain's node, but for private transactions, which never get through. */
  async function startGate() {
    let tell = () => {}
    const stopped = new Promise<void>((resolve) => {
      tell = resolve
    })
    const server = createServer((incoming, outgoing) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('end', () => {
        const body = Buffer.concat(parts).toString()
        if (body.includes('eth_sendPrivateTransaction')) {
          tell()
          outgoing.destroy()
          return
        }
        fetch(local.devnet.rpcUrl, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
          .then((answer) => answer.text())
          .then(
            (text) => outgoing.writeHead(200, { 'content-type': 'application/json' }).end(text),
            () => outgoing.destroy(),
          )
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const close = () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      })
    return { manifest: { ...local.devnet.manifest, rpcUrls: [`http://127.0.0.1:${port}`] }, stopped, close }
  }

  async function fillAfterRestart(
    stopped: Promise<void>,
    damage: (folder: string) => void = () => {},
  ): Promise<void> {
    const before = await held('UNI', app.account.address)
    const order = await place(request({ terms: { type: 'limit', price: await priceAt(90n) } }))
    await stopped
    const remains = app.abandon()
    damage(remains.folder)
    await mine()
    expect(await held('UNI', app.account.address)).toBe(before)

    app = await openApp(local.devnet.manifest, remains)
    const filled = await mineUntil(order.id, ({ status }) => status === 'filled')
    for (let block = 0; block < 4; block += 1) await mine()
    expect(filled.fills).toHaveLength(1)
    expect(filled.filledSold).toBe(eth('100'))
    expect(before - (await held('UNI', app.account.address))).toBe(eth('100'))
    const [rule] = unwrapResult(await app.main.rules.list())
    // Signed again or not: of what its nonce may do, the size is all.
    expect(rule).toMatchObject({ spentUnits: eth('100'), uses: 1 })
    const items = unwrapResult(
      await app.main.activity.list({ kinds: ['send', 'approve', 'swap'], limit: 50 }),
    ).items
    expect(items.filter(({ kind }) => kind === 'swap')).toHaveLength(1)
  }

  test.each(['beforeSigning', 'afterSigning'] as const)('%s fills its order once', async (point) => {
    await app.close()
    const { loses, stopped } = stopAt(point)
    app = await openApp(local.devnet.manifest, undefined, loses)
    await fillAfterRestart(stopped)
  })

  test.each([
    ['with', () => {}],
    // Killed between the two: the fill is written down, and its transaction not yet among the activities.
    [
      'without',
      (folder: string) => {
        const database = new DatabaseSync(join(folder, 'minato.sqlite'))
        expect(database.prepare('DELETE FROM activity').run().changes).toBeGreaterThan(0)
        database.close()
      },
    ],
  ])('between signing and broadcasting sends what was signed, %s its activity', async (_name, damage) => {
    await app.close()
    const gate = await startGate()
    app = await openApp(gate.manifest)
    await fillAfterRestart(gate.stopped, damage)
    await gate.close()
  })
})
