import { encodeFunctionData, erc20Abi, formatUnits, parseAbi, parseUnits } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../../devnet/builder/startDevnet.ts'
import { createRpc, type Rpc, sendAs } from '../../devnet/index.ts'
import type { Order, OrderRequest } from '../shared/contract/orders.ts'
import { unwrapResult } from '../shared/errors/Result.ts'
import type { Address, ChainId } from '../shared/identity/identity.ts'
import { type OpenApp, openApp } from './testing/openApp.ts'

const chainId = 31337 as ChainId
const v2Abi = parseAbi([
  'function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)',
])
let devnet: Devnet
let rpc: Rpc
let node: Rpc
let app: OpenApp

beforeAll(async () => {
  devnet = await startDevnet({ blockTimeMs: 0 })
  rpc = createRpc(devnet.rpcUrl)
  node = createRpc(devnet.chain.rpcUrl)
})
afterAll(async () => {
  await devnet?.stop()
})
let snapshot: unknown
beforeEach(async () => {
  snapshot = await node('evm_snapshot')
  app = await openApp(devnet.manifest)
})
afterEach(async () => {
  await app?.close()
  await node('evm_revert', snapshot)
})

function tokenOf(symbol: string): Address {
  const entry = devnet.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
  if (!entry) throw new Error(`no ${symbol}`)
  return entry.address
}
const mine = () => rpc('minato_mine')

/** Somebody else trades through the V2 pair and moves its price. */
async function trade(sell: string, buy: string, amount: bigint): Promise<void> {
  const trader = devnet.manifest.accounts.find(({ role }) => role === 'faucet')?.address as Address
  const router = devnet.manifest.contracts.uniswapV2Router02 as Address
  await sendAs(node, trader, {
    to: tokenOf(sell),
    mine: true,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [router, amount] }),
  })
  await sendAs(node, trader, {
    to: router,
    mine: true,
    data: encodeFunctionData({
      abi: v2Abi,
      functionName: 'swapExactTokensForTokens',
      args: [amount, 0n, [tokenOf(sell), tokenOf(buy)], trader, 2n ** 40n],
    }),
  })
}

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
async function priceAt(percent: bigint): Promise<string> {
  const book = unwrapResult(
    await app.main.orders.getBook({ chainId, base: tokenOf('UNI'), quote: tokenOf('WETH'), levels: 5 }),
  )
  const { marketPrice } = book
  if (!marketPrice) throw new Error('no market')
  return formatUnits((marketPrice.quote * percent * 10n ** 18n) / (marketPrice.base * 100n), 18)
}

async function place(wanted: OrderRequest): Promise<Order> {
  const outcome = unwrapResult(await app.main.orders.place(wanted))
  if (outcome.status !== 'placed') throw new Error('rejected')
  return outcome.order
}
const waitingFor = (id: string, reason: string) =>
  app.orderWhere((order) => order.id === id && order.legs.some(({ waiting }) => waiting?.reason === reason))
const ended = (id: string, status: Order['status']) =>
  app.orderWhere((order) => order.id === id && order.status === status)

describe('a limit order', () => {
  test('waits until the market gives its price after gas, and is then filled in private, at it or better', async () => {
    const order = await place(request({ terms: { type: 'limit', price: await priceAt(110n) } }))
    expect(app.shown).toHaveLength(1)
    const [leg] = (await waitingFor(order.id, 'priceAway')).legs
    expect(leg?.waiting).toMatchObject({ reason: 'priceAway' })
    await trade('WETH', 'UNI', parseUnits('25', 18))
    await mine()
    await waitingFor(order.id, 'sent')
    await mine()
    const filled = await ended(order.id, 'filled')
    const [fill] = filled.fills
    expect(filled).toMatchObject({ filledSold: order.size, sending: 'private' })
    expect(filled.filledBought * order.worstPrice.base).toBeGreaterThanOrEqual(
      order.size * order.worstPrice.quote,
    )
    expect(fill?.improvement).toBeGreaterThan(0n)
    const rules = unwrapResult(await app.main.rules.list())
    await expect
      .poll(async () => unwrapResult(await app.main.rules.list())[0]?.revokedAtMs, { timeout: 5_000 })
      .toBeDefined()
    expect(rules).toHaveLength(1)
  })
})
