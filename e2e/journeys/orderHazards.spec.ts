import { type Address, encodeFunctionData, erc20Abi } from 'viem'
import { startDevnet } from '../../devnet/builder/startDevnet.ts'
import { warpTime } from '../../devnet/index.ts'
import { expect, password, test } from '../fixtures.ts'
import { type NodeProxy, startProxy } from '../hosts/startProxy.ts'
import { eth, isFilled, isWarm, Market, waitsFor } from '../Market.ts'
import { ShellPage } from '../pages/ShellPage.ts'
import { UnlockPage } from '../pages/UnlockPage.ts'

test('no order is filled twice or too late, whatever happens on the way', async ({ machine }) => {
  const devnet = await startDevnet({ blockTimeMs: 0 })
  const proxy = await startProxy(devnet.rpcUrl)
  const market = new Market(devnet)
  try {
    const manifest = { ...devnet.manifest, rpcUrls: [proxy.url] }
    const router = devnet.manifest.contracts.uniswapV2Router02 as Address
    const allow = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [router, 10n ** 30n] })
    for (const symbol of ['UNI', 'WETH']) await market.call(market.faucet, market.tokenOf(symbol), allow)
    await market.open(await machine.launch({ manifest }))

    const dear = await market.priceAt(108n)
    const heldAtFirst = await market.held('UNI', market.faucet)
    /** What was bought to raise the price is sold again. */
    const bringBack = async () => {
      await market.trade('UNI', 'WETH', (await market.held('UNI', market.faucet)) - heldAtFirst)
      await market.mine()
    }
    await test.step('two orders that one block would fill', () => fillOneOfTwo(market))
    await bringBack()
    await test.step('a cancellation on the way', () => cancelOnTheWay(market))
    await test.step('a chain that stops', () => stopChain(market, proxy, dear))
    await bringBack()
    await test.step('an order that ends', () => letExpire(market, dear))
    await test.step('an app that is killed between signing and sending', () =>
      killApp(market, proxy, async () => {
        await market.minato.close().catch(() => {})
        market.minato = await machine.launch({ manifest })
        await new UnlockPage(market.minato.window).unlock(password)
        await expect(market.minato.window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
      }))
  } finally {
    await proxy.stop()
    await devnet.stop()
  }
})

async function fillOneOfTwo(market: Market): Promise<void> {
  const before = await market.held('UNI')
  const fromBlock = (await market.rpc('eth_blockNumber')) as string
  const order = await market.place({
    terms: {
      type: 'oneCancelsOther',
      price: await market.priceAt(110n),
      trigger: await market.priceAt(95n),
      stopPrice: await market.priceAt(109n),
    },
  })
  await market.until(order.id, isWarm)
  // The stop fires, and waits for its own price, as the limit does for the same …
  await market.trade('UNI', 'WETH', eth('3000'))
  await market.until(order.id, ({ legs }) => legs.every(({ waiting }) => waiting?.reason === 'priceAway'))
  // … until one block holds both.
  await market.trade('WETH', 'UNI', eth('60'))
  const filled = await market.until(order.id, isFilled)
  for (let block = 0; block < 3; block += 1) await market.mine()
  expect(filled.fills).toHaveLength(1)
  expect(before - (await market.held('UNI'))).toBe(eth('100'))
  expect(await market.countPayments('UNI', fromBlock)).toBe(1)
}

async function cancelOnTheWay(market: Market): Promise<void> {
  const before = await market.held('UNI')
  const order = await market.place({ terms: { type: 'limit', price: await market.priceAt(90n) } })
  await market.until(order.id, waitsFor('sent'), { isMining: false })
  await market.ask('orders.cancel', { orderId: order.id })
  const over = await market.until(order.id, ({ status }) => status !== 'open')
  for (let block = 0; block < 3; block += 1) await market.mine()
  const settled = await market.order(over.id)
  expect(settled.status).toBe('cancelled')
  expect(before - (await market.held('UNI'))).toBe(settled.filledSold)
}

async function stopChain(market: Market, proxy: NodeProxy, price: string): Promise<void> {
  const order = await market.place({
    amount: '40',
    terms: { type: 'limit', price },
  })
  await market.until(order.id, waitsFor('priceAway'))
  proxy.refuse(() => true)
  await expect(new ShellPage(market.minato.window).status).toContainText('No answer')
  await market.trade('WETH', 'UNI', eth('60'))
  expect((await market.order(order.id)).fills).toEqual([])
  proxy.refuse(() => false)
  await expect(new ShellPage(market.minato.window).status).not.toContainText('No answer')
  expect((await market.until(order.id, isFilled)).fills).toHaveLength(1)
}

async function letExpire(market: Market, price: string): Promise<void> {
  const block = (await market.rpc('eth_getBlockByNumber', 'latest', false)) as { timestamp: string }
  const expiresAtMs = Math.max(Date.now(), Number(block.timestamp) * 1000) + 60_000
  const order = await market.place({
    terms: { type: 'limit', price },
    timeInForce: { kind: 'goodTillTime', expiresAtMs },
  })
  await market.until(order.id, waitsFor('priceAway'))
  await warpTime(market.node, 120)
  await market.trade('WETH', 'UNI', eth('60'))
  expect(await market.until(order.id, ({ status }) => status !== 'open')).toMatchObject({
    status: 'expired',
    fills: [],
  })
}

async function killApp(market: Market, proxy: NodeProxy, launchAgain: () => Promise<void>): Promise<void> {
  const before = await market.held('UNI')
  const fromBlock = (await market.rpc('eth_blockNumber')) as string
  const lost = new Promise<void>((resolve) => {
    proxy.refuse((request) => {
      const isPrivate = request.includes('eth_sendPrivateTransaction')
      if (isPrivate) resolve()
      return isPrivate
    })
  })
  const order = await market.place({ terms: { type: 'limit', price: await market.priceAt(90n) } })
  await lost
  market.minato.app.process().kill('SIGKILL')
  proxy.refuse(() => false)
  await market.rpc('minato_mine')
  expect(await market.held('UNI')).toBe(before)

  await launchAgain()
  const filled = await market.until(order.id, isFilled)
  for (let more = 0; more < 3; more += 1) await market.mine()
  expect(filled.fills).toHaveLength(1)
  expect(before - (await market.held('UNI'))).toBe(eth('100'))
  expect(await market.countPayments('UNI', fromBlock)).toBe(1)
}
