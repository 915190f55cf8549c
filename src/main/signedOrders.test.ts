import { encodeFunctionData, erc20Abi, parseUnits } from 'viem'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sendAs, accountOf as signerOf, warpTime } from '../../devnet/index.ts'
import { setUpTestDevnet } from '../../devnet/testing/setUpTestDevnet.ts'
import type { SignedOrder } from '../shared/contract/signedOrders.ts'
import { unwrapResult } from '../shared/errors/Result.ts'
import type { Address, ChainId } from '../shared/identity/identity.ts'
import { encodeMakerTraits, toAllowedSender } from '../shared/limitOrder/makerTraits.ts'
import {
  createSalt,
  formatOrderFile,
  formatOrderLink,
  type LimitOrder,
  openTraits,
  parseSignedOrder,
  toTypedData,
  ZERO_ADDRESS,
} from './capabilities/orderbook/index.ts'
import { encodeOrderFill } from './capabilities/signedOrders/domain/encodeOrderFill.ts'
import { type OpenApp, openApp } from './testing/openApp.ts'

const chainId = 31337 as ChainId
const friend = signerOf('friend')
const dayMs = 86_400_000
const local = setUpTestDevnet()
let app: OpenApp

beforeAll(async () => {
  for (const symbol of ['USDC', 'WETH', 'DAI'])
    await act(friend.address, tokenOf(symbol), approval(10n ** 30n))
  await act(faucet(), tokenOf('WETH'), transfer(friend.address, eth('20')))
})
beforeEach(async () => {
  app = await openApp(local.devnet.manifest)
})
afterEach(async () => {
  await app?.close()
})

const eth = (amount: string) => parseUnits(amount, 18)
const usd = (amount: string) => parseUnits(amount, 6)
const protocol = () => local.devnet.manifest.contracts.limitOrderProtocol as Address
const accountOf = (role: string) =>
  local.devnet.manifest.accounts.find((account) => account.role === role)?.address as Address
const practice = () => accountOf('practice')
const faucet = () => accountOf('faucet')
function tokenOf(symbol: string): Address {
  const entry = local.devnet.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
  if (!entry) throw new Error(`no ${symbol}`)
  return entry.address
}
const approval = (units: bigint) =>
  encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [protocol(), units] })
const transfer = (to: Address, units: bigint) =>
  encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, units] })
const act = (from: Address, to: Address, data: `0x${string}`) =>
  sendAs(local.node, from, { to, data, mine: true })
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

/** An order that a friend signed with another program. */
async function signElsewhere(changes: Partial<LimitOrder> = {}, traits: object = {}, salt = 1n) {
  const order: LimitOrder = {
    salt: createSalt(salt, '0x'),
    maker: friend.address,
    receiver: ZERO_ADDRESS,
    makerAsset: tokenOf('WETH'),
    takerAsset: tokenOf('USDC'),
    makingAmount: eth('1'),
    takingAmount: usd('2000'),
    makerTraits: encodeMakerTraits({
      ...openTraits(Math.floor(Date.now() / 1000) + 86_400, 0n),
      ...traits,
    }),
    ...changes,
  }
  const signature = await friend.signTypedData(toTypedData(order, { chainId, contract: protocol() }))
  return { chainId, contract: protocol(), order, extension: '0x', signature } as const
}

/** A friend fills what Minato signed, with another program. */
async function fillElsewhere(link: string, taking: bigint, making: bigint) {
  const parsed = parseSignedOrder(link)
  if (parsed.kind !== 'order') throw new Error(parsed.kind)
  const call = encodeOrderFill(parsed.signed, { taking, making }, true)
  return act(friend.address, call.to as Address, call.data)
}

const list = async () => unwrapResult(await app.main.offers.list())
const orderWhere = (id: string, fits: (order: SignedOrder) => boolean) =>
  expect
    .poll(
      async () => {
        const order = (await list()).find((each) => each.id === id)
        return order !== undefined && fits(order)
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe(true)
    .then(async () => (await list()).find((each) => each.id === id) as SignedOrder)
async function mineUntilDone(activityId: string) {
  let isOver = false
  const found = app.activityWhere(({ id, status }) => id === activityId && status === 'confirmed')
  found.then(() => {
    isOver = true
  })
  await expect
    .poll(() => local.rpc('minato_mine').then(() => isOver), { interval: 60, timeout: 20_000 })
    .toBe(true)
  return found
}
const sent = (outcome: { status: string; activityId?: string }) => {
  expect(outcome.status).toBe('sent')
  return outcome.activityId as string
}
const create = async (changes: object = {}) => {
  const outcome = unwrapResult(
    await app.main.offers.create({
      accountId: app.account.id,
      chainId,
      give: tokenOf('USDC'),
      amount: '3000',
      receive: [{ token: tokenOf('WETH'), amount: '1' }],
      expiresAtMs: Date.now() + dayMs,
      fills: 'parts',
      ...changes,
    }),
  )
  if (outcome.status !== 'signed') throw new Error('rejected')
  return outcome.orders
}
async function allow(order: SignedOrder) {
  await mineUntilDone(sent(unwrapResult(await app.main.offers.allow({ id: order.id }))))
  return orderWhere(order.id, ({ state }) => state.kind === 'fillable')
}
const linkOf = async ({ id }: SignedOrder) => unwrapResult(await app.main.offers.export({ id })).link

describe('an order of the user’s own', () => {
  test('is shown by the signer as what it is, and can be filled in parts by whoever holds it', async () => {
    const [order] = await create()
    if (!order) throw new Error('no order')
    const [shown] = app.shown
    expect(shown && 'message' in shown && shown.message.content).toMatchObject({
      kind: 'typedData',
      meaning: {
        kind: 'limitOrder',
        give: { units: usd('3000'), token: { symbol: 'USDC' } },
        receive: { units: eth('1'), token: { symbol: 'WETH' } },
        fills: 'parts',
      },
    })
    expect(order.state).toMatchObject({ kind: 'unfunded', limit: 'allowance', available: 0n })
    await allow(order)
    const before = await held('WETH', practice())
    await fillElsewhere(await linkOf(order), eth('0.4'), usd('1200'))
    const partly = await orderWhere(order.id, ({ filled }) => filled === usd('1200'))
    expect(partly.state).toMatchObject({ kind: 'fillable', making: usd('1800'), taking: eth('0.6') })
    await fillElsewhere(await linkOf(order), eth('0.6'), usd('1800'))
    expect(await orderWhere(order.id, ({ state }) => state.kind === 'filled')).toMatchObject({
      filled: usd('3000'),
    })
    expect((await held('WETH', practice())) - before).toBe(eth('1'))
  })

  test('is cancelled on the chain, alone and together with all others', async () => {
    const [first] = await create()
    const [second] = await create({ amount: '10', receive: [{ token: tokenOf('WETH'), amount: '0.004' }] })
    const [whole] = await create({ fills: 'whole', amount: '10' })
    if (!first || !second || !whole) throw new Error('no order')
    await allow(first)
    const link = await linkOf(first)
    await mineUntilDone(sent(unwrapResult(await app.main.offers.cancel({ id: first.id }))))
    await orderWhere(first.id, ({ state }) => state.kind === 'cancelled')
    expect(await fillElsewhere(link, eth('0.1'), usd('300')).catch(() => 'refused')).toBe('refused')
    await mineUntilDone(
      sent(unwrapResult(await app.main.offers.cancelAll({ accountId: app.account.id, chainId }))),
    )
    await orderWhere(second.id, ({ state }) => state.kind === 'cancelled')
    // What is filled as a whole has a bit of its own, and is cancelled by itself.
    await mineUntilDone(sent(unwrapResult(await app.main.offers.cancel({ id: whole.id }))))
    await orderWhere(whole.id, ({ state }) => state.kind === 'cancelled')
  })

  test('with an alternative ends with the fill of either, on the chain', async () => {
    const orders = await create({
      receive: [
        { token: tokenOf('WETH'), amount: '1' },
        { token: tokenOf('DAI'), amount: '2990' },
      ],
    })
    expect(orders).toHaveLength(2)
    expect(app.shown).toHaveLength(2)
    const [one, other] = orders
    if (!one || !other) throw new Error('no order')
    await allow(one)
    const links = [await linkOf(one), await linkOf(other)] as const
    await fillElsewhere(links[0], eth('1'), usd('3000'))
    await orderWhere(one.id, ({ state }) => state.kind === 'usedUp')
    await orderWhere(other.id, ({ state }) => state.kind === 'usedUp')
    await expect(fillElsewhere(links[1], eth('2990'), usd('3000'))).rejects.toThrow()
  })

  test('is not signed without the approval, nor where it makes no sense', async () => {
    app.decide('reject')
    const wanted = {
      accountId: app.account.id,
      chainId,
      give: tokenOf('USDC'),
      amount: '1',
      receive: [{ token: tokenOf('WETH'), amount: '1' }],
      expiresAtMs: Date.now() + dayMs,
      fills: 'parts' as const,
    }
    expect(unwrapResult(await app.main.offers.create(wanted))).toEqual({ status: 'rejected' })
    expect(await list()).toEqual([])
    app.decide('approve')
    for (const [changes, code] of [
      [{ amount: '0' }, 'amount.zero'],
      [{ expiresAtMs: 1 }, 'order.invalid'],
      [{ receive: [{ token: tokenOf('USDC'), amount: '1' }] }, 'order.invalid'],
    ] as [object, string][]) {
      expect(await app.main.offers.create({ ...wanted, ...changes })).toMatchObject({
        ok: false,
        error: { code },
      })
    }
  })
})

describe('an order of somebody else', () => {
  test('is read, checked, filled in part and as a whole, as the contract does it', async () => {
    const signed = await signElsewhere()
    const order = unwrapResult(await app.main.offers.import({ text: formatOrderFile(signed) }))
    expect(order).toMatchObject({
      maker: friend.address,
      give: { units: eth('1') },
      receive: { units: usd('2000') },
      state: { kind: 'fillable', making: eth('1'), taking: usd('2000') },
    })
    expect(await app.main.offers.import({ text: formatOrderLink(signed) })).toMatchObject({
      error: { code: 'order.known' },
    })
    const ask = { id: order.id, accountId: app.account.id }
    const preview = unwrapResult(await app.main.offers.previewFill({ ...ask, amount: '500' }))
    expect(preview).toMatchObject({
      pay: { units: usd('500') },
      receive: { units: eth('0.25') },
      needsAllowance: true,
    })
    expect(preview.atMarket).toBeGreaterThan(0n)
    const before = [await held('WETH', practice()), await held('USDC', practice())] as const
    await mineUntilDone(sent(unwrapResult(await app.main.offers.fill({ ...ask, amount: '500' }))))
    const [shown] = app.shown.slice(-1)
    expect(shown && 'request' in shown && shown.request).toMatchObject({
      intent: {
        kind: 'swap',
        maximumSold: usd('500'),
        minimumBought: eth('0.25'),
        order: { maker: { address: friend.address } },
      },
      preparations: [{ kind: 'approve', units: usd('500') }],
    })
    await orderWhere(order.id, ({ filled }) => filled === eth('0.25'))
    await mineUntilDone(sent(unwrapResult(await app.main.offers.fill({ ...ask, amount: 'all' }))))
    await orderWhere(order.id, ({ state }) => state.kind === 'usedUp')
    expect((await held('WETH', practice())) - before[0]).toBe(eth('1'))
    expect(before[1] - (await held('USDC', practice()))).toBe(usd('2000'))
  })

  test('is told apart from what cannot be filled, with the reason', async () => {
    const importOf = async (signed: Awaited<ReturnType<typeof signElsewhere>>) =>
      app.main.offers.import({ text: formatOrderLink(signed) })
    const honest = await signElsewhere()
    const forged = { ...honest, order: { ...honest.order, takingAmount: 1n } }
    expect(await importOf(forged)).toMatchObject({ error: { params: { reason: 'signature' } } })
    expect(await app.main.offers.import({ text: 'hello' })).toMatchObject({
      error: { code: 'order.unreadable', params: { reason: 'notAnOrder' } },
    })
    const elsewhere = { ...honest, contract: tokenOf('DAI') }
    expect(await importOf(elsewhere)).toMatchObject({ error: { params: { reason: 'contract' } } })
    const tooMuch = unwrapResult(
      await importOf(
        await signElsewhere({ makingAmount: eth('1000000') }, { allowsPartialFills: false }, 2n),
      ),
    )
    expect(tooMuch.state).toMatchObject({ kind: 'unfunded', limit: 'balance' })
    const other = unwrapResult(
      await importOf(await signElsewhere({}, { allowedSender: toAllowedSender(faucet()) }, 3n)),
    )
    expect(other.state.kind).toBe('forSomebodyElse')
    expect(
      await app.main.offers.fill({ id: other.id, accountId: app.account.id, amount: 'all' }),
    ).toMatchObject({ error: { code: 'order.notFillable', params: { reason: 'forSomebodyElse' } } })
    const good = unwrapResult(await importOf(honest))
    await act(friend.address, tokenOf('WETH'), approval(0n))
    await orderWhere(good.id, ({ state }) => state.kind === 'unfunded' && state.limit === 'allowance')
    await act(friend.address, tokenOf('WETH'), approval(10n ** 30n))
    await orderWhere(good.id, ({ state }) => state.kind === 'fillable')
    await warpTime(local.node, 2 * 86_400)
    await local.rpc('minato_mine')
    await orderWhere(good.id, ({ state }) => state.kind === 'expired')
  })

  test('is matched by an armed order at its price, before the pools where it is better', async () => {
    // Far better than any pool: a tenth of the price.
    const signed = await signElsewhere({ takingAmount: usd('300') })
    unwrapResult(await app.main.offers.import({ text: formatOrderLink(signed) }))
    const book = unwrapResult(
      await app.main.orders.getBook({
        chainId,
        base: tokenOf('WETH'),
        quote: tokenOf('USDC'),
        levels: 5,
      }),
    )
    expect(book.peers.asks).toEqual([{ price: { quote: 3n, base: 10n ** 10n }, base: eth('1') }])
    const before = await held('WETH', practice())
    const outcome = unwrapResult(
      await app.main.orders.place({
        accountId: app.account.id,
        chainId,
        base: tokenOf('WETH'),
        quote: tokenOf('USDC'),
        side: 'buy',
        amount: '120',
        terms: { type: 'limit', price: '400' },
        timeInForce: { kind: 'goodTillCancelled' },
        postOnly: false,
        toleranceBps: 100,
        allowPublic: false,
      }),
    )
    if (outcome.status !== 'placed') throw new Error('rejected')
    const done = app.orderWhere(({ id, status }) => id === outcome.order.id && status === 'filled')
    let isOver = false
    done.then(() => {
      isOver = true
    })
    await expect
      .poll(() => local.rpc('minato_mine').then(() => isOver), { interval: 100, timeout: 30_000 })
      .toBe(true)
    const filled = await done
    expect(filled).toMatchObject({ filledSold: usd('120'), filledBought: eth('0.4') })
    expect((await held('WETH', practice())) - before).toBe(eth('0.4'))
    expect(filled.fills[0]?.improvement).toBe(eth('0.1'))
    // Nothing but the armed order's rule was asked for.
    expect(app.shown).toHaveLength(1)
  })
})
