import {
  type Address,
  createPublicClient,
  encodeAbiParameters,
  encodeFunctionData,
  encodePacked,
  erc20Abi,
  getAddress,
  type Hash,
  type Hex,
  http,
  isAddressEqual,
  maxUint256,
  numberToHex,
  parseAbiParameters,
  parseEther,
  parseGwei,
  parseUnits,
  zeroAddress,
} from 'viem'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { accountOf } from '../accounts.ts'
import { createRpc } from '../anvil/rpc.ts'
import { type Devnet, startDevnet } from '../builder/startDevnet.ts'
import { feedAddress, setFeed } from '../control/setFeed.ts'
import {
  feedAbi,
  permit2Abi,
  stateViewAbi,
  universalRouterAbi,
  v2PairAbi,
  v2RouterAbi,
  v3PoolAbi,
} from './protocolAbis.ts'
import { computeV2Output, computeV2Sandwich } from './sandwich/computeV2Sandwich.ts'
import { encodeLeg } from './sandwich/encodeLeg.ts'
import { createSandwichAttacker } from './sandwichAttacker.ts'
import { sumTransfers } from './sumTransfers.ts'
import { contractAddress, encodeSwap } from './swapCalls.ts'

const victim = accountOf('practice')
const gas = 400_000n
const feePips = 3000n

let devnet: Devnet
let client: ReturnType<typeof createPublicClient>

beforeEach(async () => {
  devnet = await startDevnet({ blockTimeMs: 0 })
  client = createPublicClient({ transport: http(devnet.rpcUrl), cacheTime: 0 })
})

afterEach(async () => {
  await devnet.stop()
})

const request = <Result>(method: string, params: readonly unknown[] = []) =>
  client.request({ method, params } as never) as Promise<Result>
const mine = async () => (await request<{ transactions: Hash[] }>('minato_mine')).transactions
const token = (symbol: string): Address => {
  const entry = devnet.manifest.tokenList.tokens.find((listed) => listed.symbol === symbol)
  if (entry === undefined) throw new Error(`no ${symbol}`)
  return entry.address
}
const balanceOf = (symbol: string, owner: Address) =>
  client.readContract({ address: token(symbol), abi: erc20Abi, functionName: 'balanceOf', args: [owner] })
const findPool = (kind: string, first: string, second: string, fee: number) => {
  const pool = devnet.manifest.pools.find(
    (entry) =>
      entry.kind === kind &&
      entry.fee === fee &&
      [first, second].every((symbol) =>
        entry.tokens.some((address) => isAddressEqual(address, token(symbol))),
      ),
  )
  if (pool?.address === undefined) throw new Error(`no ${first}/${second} pool`)
  return { address: pool.address, tokens: pool.tokens }
}

async function sign(call: { to: Address; data: Hex; value?: bigint }, nonce: number): Promise<Hex> {
  return victim.signTransaction({
    type: 'eip1559',
    chainId: 31337,
    nonce,
    gas,
    maxFeePerGas: parseGwei('30'),
    maxPriorityFeePerGas: parseGwei('2'),
    ...call,
  })
}

const nextNonce = () => client.getTransactionCount({ address: victim.address, blockTag: 'pending' })
const sendPublicly = async (call: { to: Address; data: Hex; value?: bigint }) =>
  client.sendRawTransaction({ serializedTransaction: await sign(call, await nextNonce()) })
const approve = (symbol: string, spender: Address) =>
  sendPublicly({
    to: token(symbol),
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, maxUint256] }),
  })

// A household's purse is too small to be worth attacking: the fee would take more than the tolerance gives.
const giveVictimWeth = () =>
  createRpc(devnet.chain.rpcUrl)(
    'anvil_dealERC20',
    victim.address,
    token('WETH'),
    numberToHex(parseEther('100')),
  )

/** Sells WETH for DAI in the V2 pool, 1 % below the quote at least. */
async function prepareV2Swap(amountIn = parseEther('3.5'), toleranceBps = 100n) {
  const pool = findPool('uniswapV2', 'WETH', 'DAI', 3000)
  const [reserve0, reserve1] = await client.readContract({
    address: pool.address,
    abi: v2PairAbi,
    functionName: 'getReserves',
  })
  const wethFirst = getAddress(pool.tokens[0] as Address) === token('WETH')
  const [reserveIn, reserveOut] = wethFirst ? [reserve0, reserve1] : [reserve1, reserve0]
  const minimumOut =
    (computeV2Output(amountIn, reserveIn, reserveOut, feePips) * (10_000n - toleranceBps)) / 10_000n
  const call = {
    to: contractAddress(devnet.manifest, 'uniswapV2Router02'),
    data: encodeFunctionData({
      abi: v2RouterAbi,
      functionName: 'swapExactTokensForTokens',
      args: [amountIn, minimumOut, [token('WETH'), token('DAI')], victim.address, maxUint256],
    }),
  }
  return { call, minimumOut, reserves: { reserveIn, reserveOut, amountIn, minimumOut, feePips } }
}

const startAttacker = async () => {
  await devnet.actors.start('attacker')
  // His approvals.
  expect((await mine()).length).toBeGreaterThan(10)
}
const untilExamined = (hash: Hash) =>
  vi.waitFor(() => expect(devnet.actors.attacker.report().examined).toContain(hash), { timeout: 20_000 })
const untilRecorded = (count: number) =>
  vi.waitFor(() => expect(devnet.actors.attacker.report().sandwiches).toHaveLength(count), {
    timeout: 20_000,
  })

describe('sandwich attacker', () => {
  test('takes exactly what a public V2 swap tolerates, in one block, one transaction before and one after', async () => {
    await approve('WETH', contractAddress(devnet.manifest, 'uniswapV2Router02'))
    await startAttacker()
    await giveVictimWeth()
    const { call, minimumOut, reserves } = await prepareV2Swap(parseEther('20'))
    const before = await balanceOf('DAI', victim.address)
    const attackerBefore = await balanceOf('WETH', accountOf('attacker').address)
    const hash = await sendPublicly(call)
    await untilExamined(hash)
    const transactions = await mine()
    await untilRecorded(1)
    const [record] = devnet.actors.attacker.report().sandwiches
    expect(transactions).toEqual([record?.frontRun, hash, record?.backRun])

    const received = (await balanceOf('DAI', victim.address)) - before
    expect(received).toBeGreaterThanOrEqual(minimumOut)
    expect(received - minimumOut).toBeLessThan(minimumOut / 1_000_000n)
    const predicted = computeV2Sandwich(reserves, parseEther('2000'))?.profit ?? 0n
    expect(predicted).toBeGreaterThan(parseEther('0.1'))
    const profit = (await balanceOf('WETH', accountOf('attacker').address)) - attackerBefore
    expect(record?.profit).toBe(profit)
    const difference = profit > predicted ? profit - predicted : predicted - profit
    expect(difference * 1000n).toBeLessThanOrEqual(predicted)
    expect(record?.gasCost).toBeGreaterThan(0n)
    expect(profit).toBeGreaterThan(record?.gasCost ?? 0n)
  })

  test('neither sees nor attacks the same swap when it is sent privately', async () => {
    await approve('WETH', contractAddress(devnet.manifest, 'uniswapV2Router02'))
    await startAttacker()
    await giveVictimWeth()
    const { call, reserves } = await prepareV2Swap(parseEther('20'))
    const before = await balanceOf('DAI', victim.address)
    const raw = await sign(call, await nextNonce())
    const hidden = await request<Hash>('eth_sendPrivateTransaction', [{ tx: raw }])
    // A public transaction that comes later and is examined proves that the attacker has looked at all before it.
    const marker = await client.sendRawTransaction({
      serializedTransaction: await accountOf('friend').signTransaction({
        type: 'eip1559',
        chainId: 31337,
        nonce: await client.getTransactionCount({ address: accountOf('friend').address }),
        gas: 21_000n,
        to: victim.address,
        maxFeePerGas: parseGwei('30'),
        maxPriorityFeePerGas: 1n,
      }),
    })
    await untilExamined(marker)
    expect(await mine()).toEqual([hidden, marker])
    const quote = computeV2Output(reserves.amountIn, reserves.reserveIn, reserves.reserveOut, feePips)
    expect((await balanceOf('DAI', victim.address)) - before).toBe(quote)
    const report = devnet.actors.attacker.report()
    expect(report.examined).not.toContain(hidden)
    expect(report.submitted).toEqual([])
  })

  test('leaves alone what would not pay for the gas', async () => {
    await approve('WETH', contractAddress(devnet.manifest, 'uniswapV2Router02'))
    await startAttacker()
    const { call } = await prepareV2Swap(parseEther('1'), 10n)
    const hash = await sendPublicly(call)
    await untilExamined(hash)
    expect(await mine()).toEqual([hash])
    expect(devnet.actors.attacker.report().submitted).toEqual([])
  })

  test('attacks a V3 swap through SwapRouter02, by trial', async () => {
    const router = contractAddress(devnet.manifest, 'uniswapV3SwapRouter02')
    await approve('WETH', router)
    await startAttacker()
    await giveVictimWeth()
    const minimumOut = parseUnits('66000', 6)
    const call = encodeSwap(devnet.manifest, {
      kind: 'uniswapV3',
      tokenIn: token('WETH'),
      tokenOut: token('USDC'),
      fee: 10_000,
      amountIn: parseEther('20'),
      minimumOut,
      recipient: victim.address,
    })
    const before = await balanceOf('USDC', victim.address)
    const hash = await sendPublicly(call)
    await untilExamined(hash)
    const transactions = await mine()
    await untilRecorded(1)
    const [record] = devnet.actors.attacker.report().sandwiches
    expect(transactions).toEqual([record?.frontRun, hash, record?.backRun])
    expect(record?.kind).toBe('uniswapV3')
    expect(record?.profit).toBeGreaterThan(record?.gasCost ?? 0n)
    expect((await balanceOf('USDC', victim.address)) - before).toBeGreaterThanOrEqual(minimumOut)
  })

  test.each(['uniswapV2', 'uniswapV3'] as const)(
    'attacks a %s swap through the Universal Router whose approvals are still pending, too',
    async (kind) => {
      await startAttacker()
      const { contracts } = devnet.manifest
      const permit2 = contractAddress(devnet.manifest, 'permit2')
      const universalRouter = contractAddress(devnet.manifest, 'universalRouter')
      await giveVictimWeth()
      await approve('WETH', permit2)
      await sendPublicly({
        to: permit2,
        data: encodeFunctionData({
          abi: permit2Abi,
          functionName: 'approve',
          args: [token('WETH'), universalRouter, 2n ** 160n - 1n, 2 ** 47],
        }),
      })
      const amountIn = parseEther('20')
      const input =
        kind === 'uniswapV2'
          ? encodeAbiParameters(parseAbiParameters('address, uint256, uint256, address[], bool'), [
              victim.address,
              amountIn,
              parseEther('64000'),
              [token('WETH'), token('DAI')],
              true,
            ])
          : encodeAbiParameters(parseAbiParameters('address, uint256, uint256, bytes, bool'), [
              victim.address,
              amountIn,
              parseUnits('66000', 6),
              encodePacked(['address', 'uint24', 'address'], [token('WETH'), 10_000, token('USDC')]),
              true,
            ])
      expect(contracts.universalRouter).toBe(universalRouter)
      const hash = await sendPublicly({
        to: universalRouter,
        data: encodeFunctionData({
          abi: universalRouterAbi,
          functionName: 'execute',
          args: [kind === 'uniswapV2' ? '0x08' : '0x00', [input], maxUint256],
        }),
      })
      await untilExamined(hash)
      const transactions = await mine()
      expect((await client.getTransactionReceipt({ hash })).status).toBe('success')
      await untilRecorded(1)
      const [record] = devnet.actors.attacker.report().sandwiches
      expect(transactions.slice(2)).toEqual([record?.frontRun, hash, record?.backRun])
    },
  )

  test('attacks pools that lie in one contract: V4, with ether and without, and Balancer', async () => {
    const universalRouter = contractAddress(devnet.manifest, 'universalRouter')
    const permit2 = contractAddress(devnet.manifest, 'permit2')
    const rpc = createRpc(devnet.chain.rpcUrl)
    const cases = [
      ['uniswapV4', 3000, zeroAddress, parseEther('40')],
      ['uniswapV4', 500, token('EURC'), parseUnits('300000', 6)],
      ['balancerStable', 400, token('EURS'), parseUnits('150000', 2)],
    ] as const
    for (const [, , tokenIn, amountIn] of cases) {
      for (const owner of [victim.address, accountOf('attacker').address]) {
        const units = numberToHex(amountIn * 20n)
        if (tokenIn === zeroAddress) await rpc('anvil_setBalance', owner, units)
        else await rpc('anvil_dealERC20', owner, tokenIn, units)
      }
    }
    await approve('EURC', permit2)
    await sendPublicly({
      to: permit2,
      data: encodeFunctionData({
        abi: permit2Abi,
        functionName: 'approve',
        args: [token('EURC'), universalRouter, 2n ** 160n - 1n, 2 ** 47],
      }),
    })
    await approve('EURS', contractAddress(devnet.manifest, 'balancerVault'))
    await startAttacker()
    for (const [index, [kind, fee, tokenIn, amountIn]] of cases.entries()) {
      const pool = devnet.manifest.pools.find(
        (entry) => entry.kind === kind && entry.fee === fee && entry.tokens.includes(tokenIn),
      )
      const tokenOut = pool?.tokens.find((each) => each !== tokenIn)
      if (!pool || !tokenOut) throw new Error('no such pool')
      const swap = (minimumOut: bigint) =>
        encodeLeg(
          devnet.manifest,
          { kind, tokenIn, tokenOut, fee, pool },
          { amountIn, minimumOut, recipient: victim.address },
        )
      const { to, data, value } = swap(0n)
      const [block] = await request<{ calls: { logs: never[] }[] }[]>('eth_simulateV1', [
        {
          blockStateCalls: [
            { calls: [{ from: victim.address, to, input: data, value: numberToHex(value) }] },
          ],
          traceTransfers: true,
        },
        'latest',
      ])
      const bought = sumTransfers(block?.calls[0]?.logs ?? [], victim.address)
      const quoted = bought.get(getAddress(tokenOut)) ?? 0n
      expect(quoted).toBeGreaterThan(0n)
      const hash = await sendPublicly(swap((quoted * 97n) / 100n))
      await untilExamined(hash)
      const transactions = await mine()
      await untilRecorded(index + 1)
      const record = devnet.actors.attacker.report().sandwiches.at(-1)
      expect(transactions).toEqual([record?.frontRun, hash, record?.backRun])
      expect(record).toMatchObject({ kind, token: tokenIn, profit: record?.predictedProfit })
      expect(record?.profit).toBeGreaterThan(0n)
    }
  })

  test('can do it by tips alone, without a bundle', async () => {
    await approve('WETH', contractAddress(devnet.manifest, 'uniswapV2Router02'))
    await mine()
    const attacker = createSandwichAttacker('tips')
    const { rpcUrl, wsUrl, manifest } = devnet
    await attacker.start({ rpcUrl, wsUrl, manifest, seed: 1 })
    await mine()
    await giveVictimWeth()
    const hash = await sendPublicly((await prepareV2Swap(parseEther('20'))).call)
    await vi.waitFor(() => expect(attacker.report().submitted).toEqual([hash]), { timeout: 20_000 })
    const transactions = await mine()
    await vi.waitFor(() => expect(attacker.report().sandwiches).toHaveLength(1), { timeout: 20_000 })
    const [record] = attacker.report().sandwiches
    expect(transactions).toEqual([record?.frontRun, hash, record?.backRun])
    expect(record?.profit).toBeGreaterThan(0n)
    await attacker.stop()
  })
})

describe('arbitrageur', () => {
  test('closes a gap between feed and pools, V2, V3 and V4, up to the fee, and is not seen doing it', async () => {
    await devnet.actors.start('arbitrageur')
    await mine()
    await devnet.actors.arbitrageur.settled()
    const answer = 353_500_000_000n
    await setFeed(createRpc(devnet.chain.rpcUrl), feedAddress(devnet.manifest, 'ETH'), { answer, mine: true })
    const readGapsBps = async () => {
      const v2 = findPool('uniswapV2', 'WETH', 'USDC', 3000)
      const [reserve0, reserve1] = await client.readContract({
        address: v2.address,
        abi: v2PairAbi,
        functionName: 'getReserves',
      })
      const v3 = findPool('uniswapV3', 'WETH', 'USDC', 500)
      const [sqrtPrice] = await client.readContract({
        address: v3.address,
        abi: v3PoolAbi,
        functionName: 'slot0',
      })
      const wethFirst = getAddress(v2.tokens[0] as Address) === token('WETH')
      const usdPerWeth = (price1Per0: number) => (wethFirst ? price1Per0 : 1 / price1Per0) * 1e12
      const v4 = devnet.manifest.pools.find(
        (pool) => pool.kind === 'uniswapV4' && pool.fee === 500 && pool.tokens.includes(zeroAddress),
      )
      const [v4SqrtPrice] = await client.readContract({
        address: contractAddress(devnet.manifest, 'uniswapV4StateView'),
        abi: stateViewAbi,
        functionName: 'getSlot0',
        args: [v4?.poolId ?? '0x'],
      })
      const prices = [
        (Number(v4SqrtPrice) / 2 ** 96) ** 2 * 1e12,
        usdPerWeth(Number(reserve1) / Number(reserve0)),
        usdPerWeth((Number(sqrtPrice) / 2 ** 96) ** 2),
      ]
      return prices.map((price) => Math.abs(price / 3535 - 1) * 10_000)
    }
    expect(Math.min(...(await readGapsBps()))).toBeGreaterThan(90)
    // The first block shows him the feed; the following hold his trades.
    for (let block = 0; block < 5; block += 1) {
      await mine()
      const newest = await client.getBlockNumber()
      await vi.waitFor(() => expect(devnet.actors.arbitrageur.report().checkedBlock).toBe(newest), {
        timeout: 10_000,
      })
      expect(await request('txpool_content')).toEqual({ pending: {}, queued: {} })
    }
    const [v4Gap, v2Gap, v3Gap] = await readGapsBps()
    expect(v2Gap).toBeLessThan(31)
    expect(v3Gap).toBeLessThan(6)
    expect(v4Gap).toBeLessThan(6)
    expect(devnet.actors.arbitrageur.report().trades.length).toBeGreaterThan(2)
  })
})

describe('traders and feeds', () => {
  test('trade by the seed, move the feeds, and stop when they are told', async () => {
    await devnet.actors.start('traders')
    await devnet.actors.start('feeds')
    expect(devnet.actors.running()).toEqual(['traders', 'feeds'])
    const ether = feedAddress(devnet.manifest, 'ETH')
    const readAnswer = () =>
      client.readContract({ address: ether, abi: feedAbi, functionName: 'latestAnswer' })
    const before = await readAnswer()
    await vi.waitFor(
      async () => {
        await mine()
        await devnet.actors.traders.settled()
        await devnet.actors.feeds.settled()
        expect(devnet.actors.traders.report().trades.length).toBeGreaterThan(4)
        expect(devnet.actors.feeds.report().updates).toBeGreaterThan(4)
      },
      { timeout: 30_000, interval: 1 },
    )
    await mine()
    expect(await readAnswer()).not.toBe(before)
    const { trades } = devnet.actors.traders.report()
    const receipts = await Promise.all(trades.map((hash) => client.getTransactionReceipt({ hash })))
    expect(receipts.filter(({ status }) => status === 'success').length).toBeGreaterThan(trades.length / 2)

    await devnet.actors.stop('traders')
    await devnet.actors.stop('feeds')
    expect(devnet.actors.running()).toEqual([])
    await mine()
    expect(await mine()).toEqual([])
    expect(await mine()).toEqual([])
  })

  test('are switched over the endpoint as well', async () => {
    const names = async (method: string, params: readonly unknown[]) =>
      (await request<{ name: string; running: boolean }[]>(method, params))
        .filter(({ running }) => running)
        .map(({ name }) => name)
    expect(await names('minato_startActor', ['feeds'])).toEqual(['feeds'])
    expect(await names('minato_actors', [])).toEqual(['feeds'])
    expect(await names('minato_stopActor', ['feeds'])).toEqual([])
    await expect(request('minato_startActor', ['nobody'])).rejects.toThrow('invalid params')
  })
})

describe('faucet', () => {
  test('gives an empty address a purse, once a minute', async () => {
    const address = '0x00000000000000000000000000000000000f00d1'
    const purse = await request<{ gifts: { symbol: string; amount: Hex; transaction: Hash }[] }>(
      'minato_fund',
      [address],
    )
    await expect(request('minato_fund', [address])).rejects.toThrow('has just funded')
    const transactions = await mine()
    expect(transactions).toEqual(purse.gifts.map(({ transaction }) => transaction))
    expect(purse.gifts.length).toBeGreaterThan(15)
    expect(await client.getBalance({ address })).toBe(parseEther('10'))
    for (const { symbol, amount } of purse.gifts.slice(1)) {
      expect(await balanceOf(symbol, address)).toBe(BigInt(amount))
    }
  })
})
