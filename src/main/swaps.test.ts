import { encodeFunctionData, erc20Abi, parseAbi, parseEther } from 'viem'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRandom } from '../../devnet/actors/createRandom.ts'
import { sendAs } from '../../devnet/index.ts'
import { setUpTestDevnet } from '../../devnet/testing/setUpTestDevnet.ts'
import type { Activity } from '../shared/contract/activity.ts'
import type { SwapQuote, SwapRequest } from '../shared/contract/swaps.ts'
import { unwrapResult } from '../shared/errors/Result.ts'
import type { Address, ChainId } from '../shared/identity/identity.ts'
import { type OpenApp, openApp } from './testing/openApp.ts'
import { type AttackedTrade, tradeAmongAttackers } from './testing/tradeAmongAttackers.ts'

const chainId = 31337 as ChainId
const v2RouterAbi = parseAbi([
  'function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline) returns (uint256[] amounts)',
  'function swapExactETHForTokens(uint256 amountOutMin, address[] path, address to, uint256 deadline) payable returns (uint256[] amounts)',
])
const local = setUpTestDevnet()
let app: OpenApp

beforeEach(async () => {
  app = await openApp(local.devnet.manifest)
})
afterEach(async () => {
  await app?.close()
})

function tokenOf(symbol: string): Address | 'native' {
  if (symbol === 'ETH') return 'native'
  const entry = local.devnet.manifest.tokenList.tokens.find((token) => token.symbol === symbol)
  if (!entry) throw new Error(`no ${symbol}`)
  return entry.address
}

interface Wanted {
  readonly sell: string
  readonly buy: string
  readonly amount: string
  readonly exact?: 'sell' | 'buy'
  readonly slippage?: SwapRequest['slippage']
  readonly channel?: 'private' | 'public'
}

const offerFor = async ({
  sell,
  buy,
  amount,
  exact = 'sell',
  slippage = 'auto',
  channel = 'private',
}: Wanted) =>
  unwrapResult(
    await app.main.swaps.quote({
      accountId: app.account.id,
      chainId,
      sell: tokenOf(sell),
      buy: tokenOf(buy),
      exact,
      amount,
      slippage,
      channel,
      speed: 'normal',
    }),
  )

async function quoteFor(wanted: Wanted): Promise<SwapQuote> {
  const offer = await offerFor(wanted)
  if (offer.status !== 'quote') throw new Error(`no route: ${offer.reason}`)
  return offer
}

/** Executes a quote, makes a block, and waits until the app knows what came of it. */
async function execute(quote: SwapQuote, channel: 'private' | 'public' = 'private'): Promise<Activity> {
  const outcome = unwrapResult(await app.main.swaps.execute({ quoteId: quote.quoteId, channel }))
  if (outcome.status !== 'sent') throw new Error('rejected')
  await local.rpc('minato_mine')
  return app.activityWhere(
    ({ id, status }) => id === outcome.activityId && status !== 'signed' && status !== 'pending',
  )
}

const venuesOf = (quote: SwapQuote) => [...new Set(quote.legs.map(({ venue }) => venue))].sort()

describe('what is quoted is what the chain pays, to the unit', () => {
  test.each<[string, Wanted, readonly string[]]>([
    ['coin for a token', { sell: 'ETH', buy: 'USDC', amount: '1' }, ['swap']],
    ['coin through Uniswap V4', { sell: 'ETH', buy: 'EURC', amount: '0.5' }, ['swap']],
    ['a token for coin', { sell: 'USDC', buy: 'ETH', amount: '1000' }, ['approve', 'permit', 'swap']],
    ['through Uniswap V2', { sell: 'UNI', buy: 'WETH', amount: '5' }, ['approve', 'permit', 'swap']],
    ['three venues in a row', { sell: 'LINK', buy: 'JPYC', amount: '10' }, ['approve', 'permit', 'swap']],
    ['a split', { sell: 'ETH', buy: 'USDC', amount: '15' }, ['swap']],
    ['a stable pool of Balancer', { sell: 'USDT', buy: 'DAI', amount: '1000' }, ['approve', 'swap']],
    ['wrapping', { sell: 'ETH', buy: 'WETH', amount: '1' }, ['swap']],
    ['unwrapping', { sell: 'WETH', buy: 'ETH', amount: '0.5' }, ['swap']],
    ['an exact purchase with coin', { sell: 'ETH', buy: 'USDC', amount: '1000', exact: 'buy' }, ['swap']],
    [
      'an exact purchase of coin',
      { sell: 'USDC', buy: 'ETH', amount: '0.5', exact: 'buy' },
      ['approve', 'permit', 'swap'],
    ],
    [
      'an exact purchase through two pairs',
      { sell: 'UNI', buy: 'DAI', amount: '50', exact: 'buy' },
      ['approve', 'permit', 'swap'],
    ],
    [
      'an exact purchase through two V3 pools',
      { sell: 'LINK', buy: 'JPYC', amount: '1000', exact: 'buy' },
      ['approve', 'permit', 'swap'],
    ],
  ])('%s', async (_name, wanted, steps) => {
    const quote = await quoteFor(wanted)
    expect(quote.steps).toEqual(steps)
    expect(quote.simulation).toMatchObject({ bought: quote.buyUnits, sold: quote.sellUnits })
    const done = await execute(quote)
    expect(done).toMatchObject({
      kind: 'swap',
      status: 'confirmed',
      ...(quote.legs.every(({ venue }) => venue === 'weth') ? {} : { channel: 'private' }),
      swap: { bought: quote.buyUnits, sold: quote.sellUnits },
    })
    const [shown] = app.shown
    expect(shown && 'request' in shown && shown.request.intent).toMatchObject({
      kind: 'swap',
      maximumSold: quote.maximumSold,
      minimumBought: quote.minimumBought,
    })
  })

  test('pools of every version are among the routes', async () => {
    const venues = new Set<string>()
    for (const wanted of [
      { sell: 'ETH', buy: 'USDC', amount: '20' },
      { sell: 'UNI', buy: 'WETH', amount: '5' },
      { sell: 'ETH', buy: 'EURC', amount: '5' },
      { sell: 'ETH', buy: 'LINK', amount: '8' },
    ]) {
      for (const venue of venuesOf(await quoteFor(wanted))) venues.add(venue)
    }
    expect([...venues]).toEqual(expect.arrayContaining(['uniswapV2', 'uniswapV3', 'uniswapV4']))
  })
})

describe('allowances', () => {
  test('are for exactly what is sold, and gone after it', async () => {
    await execute(await quoteFor({ sell: 'USDC', buy: 'ETH', amount: '1000' }))
    const { permit2 } = local.devnet.manifest.contracts
    const allowance = await local.rpc(
      'eth_call',
      {
        to: tokenOf('USDC'),
        data: encodeFunctionData({
          abi: erc20Abi,
          functionName: 'allowance',
          args: [app.account.address, permit2 as Address],
        }),
      },
      'latest',
    )
    expect(BigInt(allowance as string)).toBe(0n)
  })

  test('of a token that goes through zero only are set to zero first', async () => {
    await sendAs(local.node, app.account.address, {
      to: tokenOf('USDT') as Address,
      mine: true,
      data: encodeFunctionData({
        abi: erc20Abi,
        functionName: 'approve',
        args: [local.devnet.manifest.contracts.permit2 as Address, 5n],
      }),
    })
    await local.rpc('minato_mine')
    const quote = await quoteFor({ sell: 'USDT', buy: 'ETH', amount: '500' })
    expect(quote.steps).toEqual(['resetAllowance', 'approve', 'permit', 'swap'])
    const done = await execute(quote)
    expect(done).toMatchObject({ status: 'confirmed', swap: { bought: quote.buyUnits } })
  })
})

describe('limits', () => {
  test('a trade that would give less than the minimum is never in a block, and expires', async () => {
    const quote = await quoteFor({ sell: 'UNI', buy: 'WETH', amount: '20', slippage: 10 })
    const outcome = unwrapResult(await app.main.swaps.execute({ quoteId: quote.quoteId, channel: 'private' }))
    if (outcome.status !== 'sent') throw new Error('rejected')
    // Somebody else sells the same first.
    const seller = local.devnet.manifest.accounts.find(({ role }) => role === 'faucet')?.address as Address
    const router = local.devnet.manifest.contracts.uniswapV2Router02 as Address
    const node = local.node
    const uni = tokenOf('UNI') as Address
    const amount = parseEther('20000')
    await sendAs(node, seller, {
      to: uni,
      mine: true,
      data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [router, amount] }),
    })
    await sendAs(node, seller, {
      to: router,
      mine: true,
      data: encodeFunctionData({
        abi: v2RouterAbi,
        functionName: 'swapExactTokensForTokens',
        args: [amount, 0n, [uni, tokenOf('WETH') as Address], seller, 2n ** 40n],
      }),
    })
    for (let block = 0; block < 28; block += 1) await local.rpc('minato_mine')
    const done = await app.activityWhere(
      ({ id, status }) => id === outcome.activityId && status === 'expired',
    )
    expect(done.status).toBe('expired')
    expect(done.receipt).toBeUndefined()
  })

  test('a quote is executed once, and not after it was rejected', async () => {
    const quote = await quoteFor({ sell: 'ETH', buy: 'USDC', amount: '0.1' })
    app.decide('reject')
    const rejected = await app.main.swaps.execute({ quoteId: quote.quoteId, channel: 'private' })
    expect(rejected).toMatchObject({ ok: true, value: { status: 'rejected' } })
    const again = await app.main.swaps.execute({ quoteId: quote.quoteId, channel: 'private' })
    expect(again).toMatchObject({ ok: false, error: { code: 'swap.quoteExpired' } })
  })

  test('a withdrawn trade never happens', async () => {
    const quote = await quoteFor({ sell: 'ETH', buy: 'USDC', amount: '0.1' })
    const outcome = unwrapResult(await app.main.swaps.execute({ quoteId: quote.quoteId, channel: 'private' }))
    if (outcome.status !== 'sent') throw new Error('rejected')
    expect(await app.main.swaps.cancel({ activityId: outcome.activityId })).toEqual({ ok: true, value: true })
    await local.rpc('minato_mine')
    const done = await app.activityWhere(
      ({ id, status }) => id === outcome.activityId && status === 'cancelled',
    )
    expect(done.receipt).toBeUndefined()
  })
})

test('next to nothing is quoted at what it costs', async () => {
  const dust = { sell: 'WETH', buy: 'ETH', amount: '0.00000000000000001' }
  for (const wanted of [dust, { ...dust, buy: 'UNI', exact: 'buy' as const }]) {
    const { cost, buyUnits } = await quoteFor(wanted)
    expect(cost.gas).toBeGreaterThan(buyUnits)
    expect(cost.totalBps).toBe(Number.MAX_SAFE_INTEGER)
  }
})

describe('no route', () => {
  test.each<[string, Wanted, object]>([
    ['the same token', { sell: 'USDC', buy: 'USDC', amount: '1' }, { reason: 'sameToken' }],
    [
      'more than the pools hold',
      { sell: 'ETH', buy: 'AAVE', amount: '100000000', exact: 'buy' },
      { reason: 'noLiquidity' },
    ],
    [
      'an exact purchase across two exchanges',
      { sell: 'TOWER7', buy: 'EURC', amount: '1', exact: 'buy' },
      { reason: 'notExactly' },
    ],
    [
      'less than one unit of the other',
      { sell: 'JPYC', buy: 'EURS', amount: '0.000001' },
      { reason: 'amountTooSmall' },
    ],
  ])('%s', async (_name, wanted, expected) => {
    expect(await offerFor(wanted)).toMatchObject(expected)
  })

  test('a token that keeps a part of every transfer is refused by name', async () => {
    const hostile = local.devnet.manifest.contracts.hostileFeeOnTransfer as Address
    const offer = unwrapResult(
      await app.main.swaps.quote({
        accountId: app.account.id,
        chainId,
        sell: 'native',
        buy: hostile,
        exact: 'sell',
        amount: '0.1',
        slippage: 'auto',
        channel: 'private',
        speed: 'normal',
      }),
    )
    expect(offer).toMatchObject({
      status: 'noRoute',
      reason: 'tokenTakesFee',
      token: { ref: { address: hostile } },
    })
  })
})

describe('a permissioned token', () => {
  test('is refused to an account that its issuer has not verified', async () => {
    const [wallet] = unwrapResult(await app.main.vault.listWallets())
    const outsider = local.devnet.manifest.accounts.find(({ role }) => role === 'outsider')?.address
    let stranger = wallet?.accounts[0]
    while (wallet && stranger?.address !== outsider) {
      unwrapResult(await app.main.vault.addAccount({ walletId: wallet.id }))
      stranger = unwrapResult(await app.main.vault.listWallets())[0]?.accounts.at(-1)
    }
    if (!stranger) throw new Error('no such account')
    const wanted = {
      chainId,
      sell: 'native',
      buy: tokenOf('TOWER7'),
      exact: 'sell',
      amount: '0.1',
      slippage: 'auto',
      channel: 'private',
      speed: 'normal',
    } as const
    expect(await app.main.swaps.quote({ ...wanted, accountId: stranger.id })).toMatchObject({
      ok: false,
      error: { code: 'asset.transferRefused', params: { rule: 'recipientNotVerified', symbol: 'TOWER7' } },
    })
    const allowed = unwrapResult(await app.main.swaps.quote({ ...wanted, accountId: app.account.id }))
    expect(allowed).toMatchObject({ status: 'quote' })
  })
})

describe('the automatic tolerance', () => {
  const trading = async (blocks: number) => {
    const node = local.node
    const faucet = local.devnet.manifest.accounts.find(({ role }) => role === 'faucet')?.address as Address
    const router = local.devnet.manifest.contracts.uniswapV2Router02 as Address
    const uni = tokenOf('UNI') as Address
    for (let block = 0; block < blocks; block += 1) {
      await sendAs(node, faucet, {
        to: router,
        value: parseEther('0.2') * BigInt(1 + ((block * 7) % 5)),
        mine: true,
        data: encodeFunctionData({
          abi: v2RouterAbi,
          functionName: 'swapExactETHForTokens',
          args: [0n, [tokenOf('WETH') as Address, uni], faucet, 2n ** 40n],
        }),
      })
      await local.rpc('minato_mine')
    }
  }

  test('rests on the kind of the tokens until the pools have told enough, and then on what they told', async () => {
    const before = await quoteFor({ sell: 'UNI', buy: 'WETH', amount: '1' })
    expect(before.mev.tolerance).toMatchObject({ basis: 'assumed', dailyBps: 472 })
    await trading(20)
    const after = await quoteFor({ sell: 'UNI', buy: 'WETH', amount: '1' })
    expect(after.mev.tolerance.basis).toBe('measured')
    expect(after.mev.tolerance.observations).toBeGreaterThanOrEqual(19)
    expect(after.mev.tolerance.dailyBps).not.toBe(472)
    // The same block again costs no second look at the chain, and says the same.
    const again = await quoteFor({ sell: 'UNI', buy: 'WETH', amount: '1' })
    expect(again.mev.tolerance).toEqual(after.mev.tolerance)
  })

  test('in public stays within what is safe, says so, and leaves the user’s own choice alone', async () => {
    const wanted = { sell: 'ETH', buy: 'LINK', amount: '8', channel: 'public' } as const
    const automatic = await quoteFor(wanted)
    const { conflict, neededBps } = automatic.mev.tolerance
    expect(automatic.toleranceFrom).toBe('safety')
    expect(conflict?.safeBps).toBeLessThan(neededBps)
    expect(automatic.toleranceBps).toBe(conflict?.safeBps)
    expect(automatic.mev.publicRisk.attackerProfit).toBe(0n)
    expect(conflict?.suggestions.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['privateChannel', 'limitOrder']),
    )
    const own = await quoteFor({ ...wanted, slippage: 77 })
    expect(own).toMatchObject({ toleranceBps: 77, toleranceFrom: 'user' })
    expect(own.mev.tolerance.conflict).toEqual(conflict)
    const exposure = unwrapResult(await app.main.swaps.getExposure({ quoteId: own.quoteId }))
    const atOwn = exposure.points.find(({ toleranceBps }) => toleranceBps === 77)
    expect(atOwn).toMatchObject({
      attackerProfit: own.mev.publicRisk.attackerProfit,
      userLoss: own.mev.publicRisk.userLoss,
    })
    expect(exposure.drawing).toMatchObject({ isAttacked: true })
    expect(exposure.drawing.afterFrontRun).toBeGreaterThan(1)
    expect(exposure.drawing.afterBackRun).toBeLessThan(exposure.drawing.afterTrade)
    expect(exposure.drawing.paid).toBeLessThanOrEqual(exposure.drawing.limit * 1.0001)
  })
})

describe('attackers', () => {
  test('profit from a public trade with a wide tolerance as was said, and never see a private one', async () => {
    const faucet = local.devnet.manifest.accounts.find(({ role }) => role === 'faucet')?.address as Address
    await sendAs(local.node, faucet, {
      to: tokenOf('UNI') as Address,
      mine: true,
      data: encodeFunctionData({
        abi: erc20Abi,
        functionName: 'transfer',
        args: [app.account.address, parseEther('1000')],
      }),
    })
    const earlier = local.devnet.actors.attacker.report().sandwiches.length
    await local.devnet.actors.start('attacker')
    await local.rpc('minato_mine')
    const naive = await quoteFor({ sell: 'UNI', buy: 'ETH', amount: '400', slippage: 300, channel: 'public' })
    expect(naive.warnings).toContain('attackable')
    expect(naive.mev.publicRisk.attackerProfit).toBeGreaterThan(0n)
    const outcome = unwrapResult(await app.main.swaps.execute({ quoteId: naive.quoteId, channel: 'public' }))
    if (outcome.status !== 'sent') throw new Error('rejected')
    const { transactionHash } = await app.activityWhere(({ id }) => id === outcome.activityId)
    await expect
      .poll(() => local.devnet.actors.attacker.report().submitted, { timeout: 10_000 })
      .toContain(transactionHash)
    await local.rpc('minato_mine')
    const attacked = await app.activityWhere(
      ({ id, status }) => id === outcome.activityId && status === 'confirmed',
    )
    await expect
      .poll(() => local.devnet.actors.attacker.report().sandwiches.length, { timeout: 10_000 })
      .toBe(earlier + 1)
    const sandwich = local.devnet.actors.attacker.report().sandwiches.at(-1)
    const bought = attacked.swap?.bought ?? 0n
    expect(bought).toBeGreaterThanOrEqual(naive.minimumBought)
    expect(bought).toBeLessThan(naive.buyUnits)
    // This attacker may do worse than the worst, never better: what was told is a bound.
    expect(naive.buyUnits - bought).toBeLessThanOrEqual(naive.mev.publicRisk.userLoss + 1n)
    expect(sandwich?.profit).toBeGreaterThan(0n)
    const { execution } = (
      await app.activityWhere(
        ({ id, swap }) => id === outcome.activityId && swap?.execution?.sandwich !== undefined,
      )
    ).swap ?? { execution: undefined }
    // The chain's own replay without the front-run gives back exactly what had been quoted.
    expect(execution?.sandwich).toMatchObject({ evidence: 'sameSender', loss: naive.buyUnits - bought })
    expect(execution?.atBlockStart).toEqual({ bought: naive.buyUnits, sold: naive.sellUnits })
    expect(execution).toMatchObject({ position: 2, transactionsInBlock: 4 })

    const protectedQuote = await quoteFor({ sell: 'UNI', buy: 'ETH', amount: '400', slippage: 300 })
    const safe = await execute(protectedQuote)
    expect(safe).toMatchObject({ status: 'confirmed', swap: { bought: protectedQuote.buyUnits } })
    expect(local.devnet.actors.attacker.report().examined).not.toContain(safe.transactionHash)
    expect(safe.swap?.execution).toMatchObject({
      position: 1,
      atBlockStart: { bought: safe.swap?.bought, sold: safe.swap?.sold },
    })
    expect(safe.swap?.execution?.sandwich).toBeUndefined()
    const [month, ...others] = unwrapResult(await app.main.activity.listProtection({}))
    expect(others).toEqual([])
    expect(month).toMatchObject({
      trades: 2,
      privately: 1,
      attacked: 1,
      unexamined: 0,
      lost: [{ units: naive.buyUnits - bought }],
      spared:
        protectedQuote.mev.publicRisk.userLoss > 0n
          ? [{ units: protectedQuote.mev.publicRisk.userLoss }]
          : [],
    })
    // The market's prices are known here, so that nothing is left without a value.
    expect(month?.worth).toMatchObject({ currency: 'USD', unpriced: 0 })
    expect(month?.worth.lost).toBeGreaterThan(0n)
  })

  test('of trades drawn at random take what was foretold, nothing at the automatic tolerance, and see none by default', async () => {
    await local.devnet.actors.start('attacker')
    await local.rpc('minato_mine')
    const random = createRandom(1)
    const trades: AttackedTrade[] = []
    for (const policy of ['naive', 'naive', 'careful', 'default'] as const) {
      let trade: AttackedTrade | undefined
      // Large ones, which are worth attacking.
      while (!trade) trade = await tradeAmongAttackers(local.devnet, app, random.next, policy, 100_000)
      trades.push(trade)
    }
    const naive = trades.filter(({ policy, taken }) => policy === 'naive' && taken !== undefined)
    expect(naive.length).toBeGreaterThan(0)
    for (const { taken = 0n, foretold, legs } of naive) {
      expect(taken * 1_000n).toBeLessThanOrEqual(foretold * 1_001n)
      if (legs === 1) expect(taken * 1_000n).toBeGreaterThanOrEqual(foretold * 999n)
    }
    for (const { hasFailed, taken, wasSeen, policy } of trades.filter((trade) => trade.policy !== 'naive')) {
      expect({ hasFailed, taken, wasSeen }).toEqual({
        hasFailed: false,
        taken: undefined,
        wasSeen: policy === 'careful',
      })
    }
  })
})
