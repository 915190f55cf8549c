import { type Address, encodeFunctionData, erc20Abi, formatUnits, parseUnits } from 'viem'
import { type Devnet, startDevnet } from '../../devnet/builder/startDevnet.ts'
import { accountOf, createRpc, feedAddress, type Rpc, sendAs, setFeed, warpTime } from '../../devnet/index.ts'
import { expect, password, test } from '../fixtures.ts'
import type { RunningMinato } from '../hosts/launchMinato.ts'
import { ApprovalPage } from '../pages/ApprovalPage.ts'
import { OnboardingPage } from '../pages/OnboardingPage.ts'
import { OrdersPage } from '../pages/OrdersPage.ts'
import { signOrderFile } from '../signOrderFile.ts'

/** Of an order's contract what is looked at here. */
interface Order {
  readonly id: string
  readonly status: string
  readonly sending: string
  readonly size: bigint
  readonly filledSold: bigint
  readonly filledBought: bigint
  readonly worstPrice: Ratio
  readonly fills: readonly { readonly sold: bigint }[]
  readonly legs: readonly {
    readonly waiting?: { readonly reason: string; readonly distanceBps?: number; readonly trigger?: Ratio }
  }[]
}
interface Ratio {
  readonly quote: bigint
  readonly base: bigint
}
type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown }
type Bridge = Record<string, Record<string, (input: unknown) => Promise<Answer>>>

const chainId = 31337
const friend = accountOf('friend')
const uniFeed = 1_200_000_000n
const eth = (amount: string) => parseUnits(amount, 18)

/** What the journeys' steps share: one chain with a market, one app. */
class Market {
  readonly devnet: Devnet
  readonly rpc: Rpc
  readonly node: Rpc
  minato!: RunningMinato
  accountId = ''
  owner: Address = '0x'

  constructor(devnet: Devnet) {
    this.devnet = devnet
    this.rpc = createRpc(devnet.rpcUrl)
    this.node = createRpc(devnet.chain.rpcUrl)
  }

  get faucet(): Address {
    return this.devnet.manifest.accounts.find(({ role }) => role === 'faucet')?.address as Address
  }

  tokenOf(symbol: string): Address {
    const entry = this.devnet.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
    if (!entry) throw new Error(`no ${symbol}`)
    return entry.address
  }

  /** Asks the app through the bridge of its main window, as the screens do. */
  async ask<T>(route: string, input?: unknown): Promise<T> {
    const answer = await this.minato.window.evaluate(
      ([path = '', value]) => {
        const [group = '', name = ''] = path.split('.')
        const { minato } = globalThis as unknown as { minato: Bridge }
        const call = minato[group]?.[name]
        if (!call) throw new Error(`no ${path}`)
        return call(value)
      },
      [route, input] as [string, unknown],
    )
    if (!answer.ok) throw new Error(`${route}: ${JSON.stringify(answer.error)}`)
    return answer.value as T
  }

  /** A block, which the market and the app have both seen when this ends. */
  async mine(): Promise<void> {
    await this.rpc('minato_mine')
    const { actors } = this.devnet
    for (const name of actors.running()) await actors[name].settled()
    await this.waitForApp()
  }

  async waitForApp(): Promise<void> {
    const block = BigInt((await this.rpc('eth_blockNumber')) as string)
    await expect
      .poll(
        async () => {
          const statuses = await this.ask<{ chainId: number; blockNumber?: bigint }[]>('chains.listStatus')
          return (statuses.find((status) => status.chainId === chainId)?.blockNumber ?? 0n) >= block
        },
        { timeout: 60_000, intervals: [20] },
      )
      .toBe(true)
  }

  async held(symbol: string, owner: Address = this.owner): Promise<bigint> {
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [owner] })
    return BigInt((await this.rpc('eth_call', { to: this.tokenOf(symbol), data }, 'latest')) as string)
  }

  call(from: Address, to: Address, data: `0x${string}`) {
    return sendAs(this.node, from, { to, data, mine: true })
  }

  /** The world's price of UNI, to which the arbitrageur brings the pools. */
  async setWorldPrice(percent: bigint): Promise<void> {
    const feed = feedAddress(this.devnet.manifest, 'UNI')
    await setFeed(this.node, feed, { answer: (uniFeed * percent) / 100n, mine: true })
  }

  async priceAt(percent: bigint): Promise<string> {
    const pair = { chainId, base: this.tokenOf('UNI'), quote: this.tokenOf('WETH') }
    const book = await this.ask<{ marketPrice: { quote: bigint; base: bigint } }>('orders.getBook', {
      ...pair,
      levels: 5,
    })
    const { quote, base } = book.marketPrice
    return formatUnits((quote * percent * 10n ** 18n) / (base * 100n), 18)
  }

  /** Places an order and approves its rule in the approval window. */
  async place(changes: { readonly terms: object; readonly [key: string]: unknown }): Promise<Order> {
    const request = {
      accountId: this.accountId,
      chainId,
      base: this.tokenOf('UNI'),
      quote: this.tokenOf('WETH'),
      side: 'sell',
      amount: '100',
      timeInForce: { kind: 'goodTillCancelled' },
      postOnly: false,
      toleranceBps: 3_000,
      allowPublic: false,
      ...changes,
    }
    const opening = this.minato.nextWindow()
    const placing = this.ask<{ status: string; order: Order }>('orders.place', request)
    const approval = new ApprovalPage(await opening)
    await approval.expectRuleShown()
    await approval.approve()
    const outcome = await placing
    expect(outcome.status).toBe('placed')
    return outcome.order
  }

  async order(id: string): Promise<Order> {
    const open = await this.ask<Order[]>('orders.listOpen')
    const past = await this.ask<{ items: Order[] }>('orders.listHistory', { limit: 50 })
    const found = [...open, ...past.items].find((order) => order.id === id)
    if (!found) throw new Error(`no order ${id}`)
    return found
  }

  async until(id: string, fits: (order: Order) => boolean): Promise<Order> {
    let last = await this.order(id)
    await expect
      .poll(
        async () => {
          if (fits(last)) return true
          await this.mine()
          last = await this.order(id)
          return fits(last)
        },
        { timeout: 150_000, intervals: [50], message: `order ${id}` },
      )
      .toBe(true)
      .catch((thrown: unknown) => {
        const text = JSON.stringify(last, (_key, value) => (typeof value === 'bigint' ? `${value}` : value))
        throw new Error(text, { cause: thrown })
      })
    return last
  }
}

const isFilled = ({ status }: Order) => status === 'filled'
const waitsFor = (reason: string) => (order: Order) =>
  order.legs.some(({ waiting }) => waiting?.reason === reason)
/** Enough blocks were seen for the trigger to be believed. */
const isWarm = (order: Order) =>
  order.legs.some(({ waiting }) => waiting?.reason === 'trigger' && waiting.distanceBps !== undefined)
const isAtLimit = (order: Order) =>
  order.filledBought * order.worstPrice.base >= order.filledSold * order.worstPrice.quote

test('orders fill as they should in a market that moves', async ({ machine }) => {
  const devnet = await startDevnet({ blockTimeMs: 0, seed: 7 })
  const market = new Market(devnet)
  try {
    await prepare(market)
    market.minato = await machine.launch({ manifest: devnet.manifest })
    await new OnboardingPage(market.minato.window).openPractice(password)
    await market.mine()
    const [account] = (
      await market.ask<{ accounts: { id: string; address: Address }[] }[]>('vault.listWallets')
    ).flatMap(({ accounts }) => accounts)
    if (!account) throw new Error('no account')
    market.accountId = account.id
    market.owner = account.address
    await market.call(
      market.faucet,
      market.tokenOf('UNI'),
      encodeFunctionData({
        abi: erc20Abi,
        functionName: 'transfer',
        args: [account.address, eth('30000')],
      }),
    )
    await market.mine()

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
