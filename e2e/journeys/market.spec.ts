import { type Address, encodeFunctionData, erc20Abi, parseUnits } from 'viem'
import { startDevnet } from '../../devnet/builder/startDevnet.ts'
import { accountOf, warpTime } from '../../devnet/index.ts'
import { expect, test } from '../fixtures.ts'
import { chainId, eth, isAtLimit, isFilled, isWarm, Market, waitsFor } from '../Market.ts'
import { OrdersPage } from '../pages/OrdersPage.ts'
import { signOrderFile } from '../signOrderFile.ts'

const friend = accountOf('friend')

test('orders fill as they should in a market that moves', async ({ machine }) => {
  const devnet = await startDevnet({ blockTimeMs: 0, seed: 7 })
  const market = new Market(devnet)
  try {
    await prepare(market)
    await market.open(await machine.launch({ manifest: devnet.manifest }))

    await test.step('a limit order against pools', () => fillLimit(market))
    await test.step('parts of an order that is too large', () => fillParts(market))
    await test.step('the file of somebody else', () => fillPeer(market))
    await test.step('a stop in a falling market', () => fillStop(market))
    await test.step('a trailing stop', () => fillTrailing(market))
    await devnet.actors.stopAll()
    await test.step('slices over time', () => fillSlices(market))
    await new OrdersPage(market.minato.window).open()
    await new OrdersPage(market.minato.window).showHistory()
    await expect(new OrdersPage(market.minato.window).line('Filled').first()).toBeVisible()
  } finally {
    await devnet.stop()
  }
})

async function prepare(market: Market): Promise<void> {
  const { devnet, faucet } = market
  const protocol = devnet.manifest.contracts.limitOrderProtocol as Address
  const allow = (spender: Address) =>
    encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, 10n ** 30n] })
  await market.call(friend.address, market.tokenOf('WETH'), allow(protocol))
  const gift = encodeFunctionData({
    abi: erc20Abi,
    functionName: 'transfer',
    args: [friend.address, eth('5')],
  })
  await market.call(faucet, market.tokenOf('WETH'), gift)
  for (const name of ['arbitrageur', 'traders'] as const) {
    const started = devnet.actors.start(name)
    let isOver = false
    started.finally(() => {
      isOver = true
    })
    // They allow the routers before they trade, which takes blocks.
    await expect.poll(() => market.rpc('minato_mine').then(() => isOver), { timeout: 120_000 }).toBe(true)
    await started
  }
}

async function fillLimit(market: Market): Promise<void> {
  const order = await market.place({
    amount: '50',
    terms: { type: 'limit', price: await market.priceAt(115n) },
  })
  await market.until(order.id, waitsFor('priceAway'))
  await market.setWorldPrice(140n)
  const filled = await market.until(order.id, isFilled)
  expect(isAtLimit(filled)).toBe(true)
  expect(filled.sending).toBe('private')
}

async function fillParts(market: Market): Promise<void> {
  const before = await market.held('UNI')
  const order = await market.place({
    amount: '20000',
    terms: { type: 'limit', price: await market.priceAt(97n) },
  })
  const partly = await market.until(order.id, ({ fills }) => fills.length > 0)
  expect(partly.filledSold).toBeGreaterThan(0n)
  expect(partly.filledSold).toBeLessThan(order.size)
  expect(isAtLimit(partly)).toBe(true)
  await market.ask('orders.cancel', { orderId: order.id })
  const over = await market.until(order.id, ({ status }) => status !== 'open')
  await market.mine()
  const settled = await market.order(over.id)
  expect(settled.status).toBe('cancelled')
  expect(before - (await market.held('UNI'))).toBe(settled.filledSold)
}

/** An order that a friend signed elsewhere, opened from its file, is better than the pools. */
async function fillPeer(market: Market): Promise<void> {
  const { window } = market.minato
  const text = await signOrderFile(friend, {
    chainId,
    contract: market.devnet.manifest.contracts.limitOrderProtocol as Address,
    give: market.tokenOf('WETH'),
    giveUnits: eth('1'),
    receive: market.tokenOf('USDC'),
    receiveUnits: parseUnits('300', 6),
    expiresAtS: Math.floor(Date.now() / 1000) + 86_400,
  })
  const orders = new OrdersPage(window)
  await orders.open()
  await window.getByRole('tab', { name: 'Between people' }).click()
  await window.getByRole('button', { name: 'Open a signed order' }).click()
  const dialog = window.getByRole('dialog', { name: 'Open a signed order' })
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'order.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await dialog.getByRole('button', { name: 'Check and open' }).click()
  await expect(window.getByText('1 WETH can be had now, for 300.00 USDC.').first()).toBeVisible()
  const before = await market.held('WETH')
  const taking = await market.place({
    base: market.tokenOf('WETH'),
    quote: market.tokenOf('USDC'),
    side: 'buy',
    amount: '120',
    terms: { type: 'limit', price: '400' },
  })
  const filled = await market.until(taking.id, isFilled)
  expect(filled).toMatchObject({ filledSold: parseUnits('120', 6), filledBought: eth('0.4') })
  expect((await market.held('WETH')) - before).toBe(eth('0.4'))
}

async function fillStop(market: Market): Promise<void> {
  const order = await market.place({
    amount: '50',
    terms: { type: 'stop', trigger: await market.priceAt(90n) },
  })
  await market.until(order.id, isWarm)
  await market.setWorldPrice(110n)
  const filled = await market.until(order.id, isFilled)
  expect(isAtLimit(filled)).toBe(true)
}

async function fillTrailing(market: Market): Promise<void> {
  const start = parseUnits(await market.priceAt(100n), 18)
  const order = await market.place({ amount: '50', terms: { type: 'trailingStop', distanceBps: 800 } })
  await market.until(order.id, isWarm)
  await market.setWorldPrice(140n)
  await market.until(order.id, ({ legs }) => {
    const { waiting } = legs[0] ?? {}
    if (waiting?.reason !== 'trigger' || !waiting.trigger) return false
    return waiting.trigger.quote * 10n ** 18n > waiting.trigger.base * start
  })
  await market.setWorldPrice(115n)
  expect(isAtLimit(await market.until(order.id, isFilled))).toBe(true)
}

async function fillSlices(market: Market): Promise<void> {
  const order = await market.place({
    amount: '60',
    terms: { type: 'schedule', slices: 2, intervalSeconds: 600, jitterPercent: 50, carriesOver: true },
  })
  // Each is due within half an interval after its time, at a moment that only the app knows.
  for (const [slice, seconds] of [301, 600].entries()) {
    await warpTime(market.node, seconds)
    const after = await market.until(order.id, ({ fills }) => fills.length > slice)
    expect(after.fills.map(({ sold }) => sold)).toEqual(Array.from({ length: slice + 1 }, () => eth('30')))
  }
  await warpTime(market.node, 300)
  expect(await market.until(order.id, ({ status }) => status !== 'open')).toMatchObject({
    status: 'filled',
    filledSold: eth('60'),
  })
}
