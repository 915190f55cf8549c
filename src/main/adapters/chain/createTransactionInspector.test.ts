import {
  encodeFunctionData,
  erc20Abi,
  erc721Abi,
  type Hex,
  hexToBytes,
  parseEther,
  serializeTransaction,
  zeroAddress,
} from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeV4Swap } from '../../../../devnet/actors/encodeV4Swap.ts'
import { contractAddress, encodeSwap } from '../../../../devnet/actors/swapCalls.ts'
import { accountOf, createRpc, type LocalChain, sendAs, startChain } from '../../../../devnet/index.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import { encodeMakerTraits } from '../../../shared/limitOrder/makerTraits.ts'
import { createSalt, openTraits, toTypedData, ZERO_ADDRESS } from '../../capabilities/orderbook/index.ts'
import { encodeOrderFill } from '../../capabilities/signedOrders/domain/encodeOrderFill.ts'
import { createSimulation, type Simulate } from '../simulation/createSimulation.ts'
import { runTransactions } from '../simulation/runTransactions.ts'
import { startSimulationThread } from '../simulation/testing/startSimulationThread.ts'
import type { RpcNetwork } from './createNodeNetwork.ts'
import { createRpcPool, type RpcPool } from './createRpcPool.ts'
import { createTransactionInspector } from './createTransactionInspector.ts'
import { type FaultyNode, startFaultyNode } from './testing/startFaultyNode.ts'

const chainId = 31337 as ChainId
const { address: account } = accountOf('practice')
const friend: Address = '0x00000000000000000000000000000000c0ffee01'
let chain: LocalChain
let node: FaultyNode
let rpc: RpcPool

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
})
afterAll(() => chain?.stop())
beforeEach(async () => {
  node = await startFaultyNode(chain.rpcUrl)
  rpc = createRpcPool({ chainId, rpcUrls: [node.url], nowMs: Date.now })
})
afterEach(async () => {
  rpc.close()
  await node.stop()
})

const tokenOf = (wanted: string) => {
  const entry = chain.manifest.tokenList.tokens.find(({ symbol }) => symbol === wanted)
  if (!entry) throw new Error(`no ${wanted}`)
  return entry.address
}
const usdc = () => tokenOf('USDC')
const unsigned = (to: Address, value: bigint, data: Hex, gas = 900_000n) =>
  hexToBytes(
    serializeTransaction({
      type: 'eip1559',
      chainId,
      nonce: 0,
      to,
      value,
      data,
      gas,
      maxFeePerGas: 100_000_000_000n,
      maxPriorityFeePerGas: 1n,
    }),
  )
const bugs: unknown[] = []
/** As the app does it; without a thread of its own the same is tested in a tenth of the time. */
const inThread = createSimulation(startSimulationThread, (thrown) => bugs.push(thrown))
const inspectWith = (
  transactions: Uint8Array[],
  changes: { holdsBlankSignature?: boolean; simulate?: Simulate } = {},
) => {
  const { simulate = runTransactions, holdsBlankSignature = false } = changes
  const network: Partial<RpcNetwork> = {
    rpc: () => rpc,
    definition: () => ({ hasStandardHeaders: true }) as ReturnType<RpcNetwork['definition']>,
  }
  return createTransactionInspector(network as RpcNetwork, simulate).inspect({
    chainId,
    from: account,
    transactions,
    holdsBlankSignature,
  })
}
const inspect = (...transactions: Uint8Array[]) => inspectWith(transactions)
const refuse = (...methods: string[]) =>
  node.behave(async ({ method }, passOn) =>
    methods.includes(method)
      ? { error: { code: -32601, message: 'method not found' } }
      : ((await passOn()) as { result: unknown }),
  )
const lower = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_key, each) =>
      typeof each === 'bigint' ? String(each) : typeof each === 'string' ? each.toLowerCase() : each,
    ),
  )

test.each([
  ['by simulation', []],
  ['by a trace, where there is no simulation', ['eth_simulateV1']],
])('coin, tokens and allowances are read %s', async (_name, refused) => {
  refuse(...refused)
  const send = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [friend, 7n] })
  const allow = encodeFunctionData({
    abi: erc20Abi,
    functionName: 'approve',
    args: [friend, 2n ** 256n - 1n],
  })
  const coin = await inspect(unsigned(friend, parseEther('1'), '0x'))
  expect(lower(coin?.moved)).toEqual(
    lower([{ token: 'native', from: account, to: friend, units: parseEther('1') }]),
  )
  const token = await inspect(unsigned(usdc(), 0n, send))
  expect(lower(token)).toMatchObject(
    lower({
      isReverted: false,
      moved: [{ token: usdc(), from: account, to: friend, units: 7n }],
      granted: [],
      contracts: [usdc()],
    }),
  )
  const allowed = await inspect(unsigned(usdc(), 0n, allow))
  expect(lower(allowed?.granted)).toEqual(
    lower([{ kind: 'allowance', token: usdc(), by: account, to: friend, units: 2n ** 256n - 1n }]),
  )
})

test('several transactions run one after the other, and a failure is told with its reason', async () => {
  const send = (units: bigint) =>
    unsigned(
      usdc(),
      0n,
      encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [friend, units] }),
    )
  const both = await inspect(send(3n), send(4n))
  expect(both?.moved.map(({ units }) => units)).toEqual([3n, 4n])
  const failed = await inspect(send(3n), send(10n ** 30n))
  expect(failed).toMatchObject({ isReverted: true })
  expect(failed?.reason).not.toBe('')
})

test('a right to a whole collection is seen wherever it is given', async () => {
  // Any contract may say so; the event is what other contracts and marketplaces go by.
  node.behave(async ({ method, params }, passOn) => {
    const answer = (await passOn()) as { result: { calls: { logs: unknown[] }[] }[] }
    if (method !== 'eth_simulateV1') return answer
    expect(params).toBeDefined()
    const pad = (address: string) => `0x${address.slice(2).toLowerCase().padStart(64, '0')}`
    answer.result[0]?.calls[0]?.logs.push({
      address: usdc(),
      topics: [
        '0x17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31',
        pad(account),
        pad(friend),
      ],
      data: `0x${'1'.padStart(64, '0')}`,
    })
    return answer
  })
  const data = encodeFunctionData({ abi: erc721Abi, functionName: 'setApprovalForAll', args: [friend, true] })
  const inspected = await inspect(unsigned(friend, 0n, data))
  expect(inspected?.granted).toMatchObject([{ kind: 'all' }])
})

describe('where no node runs anything, this machine does', () => {
  const friendAccount = accountOf('friend')
  const noTrials = ['eth_simulateV1', 'debug_traceCall']
  const approve = (token: Address, spender: Address, units: bigint) =>
    unsigned(
      token,
      0n,
      encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, units] }),
    )
  const transfer = (to: Address, units: bigint) =>
    unsigned(usdc(), 0n, encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, units] }))

  const swap = (kind: 'uniswapV2' | 'uniswapV3', router: string) => () => {
    const { to, data } = encodeSwap(chain.manifest, {
      kind,
      tokenIn: usdc(),
      tokenOut: tokenOf('WETH'),
      fee: 3000,
      amountIn: 100_000_000n,
      minimumOut: 1n,
      recipient: account,
    })
    return [
      approve(usdc(), contractAddress(chain.manifest, router as 'uniswapV2Router02'), 100_000_000n),
      unsigned(to, 0n, data),
    ]
  }

  function coinSwap() {
    const pool = chain.manifest.pools.find(
      ({ kind, tokens }) => kind === 'uniswapV4' && tokens.includes(zeroAddress) && tokens.includes(usdc()),
    )
    if (!pool) throw new Error('no pool of coin')
    const { to, data, value } = encodeV4Swap(chain.manifest, {
      pool,
      tokenIn: zeroAddress,
      tokenOut: usdc(),
      amountIn: parseEther('1'),
      minimumOut: 1n,
    })
    return [unsigned(to, value ?? 0n, data)]
  }

  async function fill() {
    const contract = contractAddress(chain.manifest, 'limitOrderProtocol')
    const real = createRpc(chain.rpcUrl)
    const faucet = accountOf('faucet').address
    const give = encodeFunctionData({
      abi: erc20Abi,
      functionName: 'transfer',
      args: [friendAccount.address, parseEther('2')],
    })
    const allow = encodeFunctionData({
      abi: erc20Abi,
      functionName: 'approve',
      args: [contract, parseEther('2')],
    })
    await sendAs(real, faucet, { to: tokenOf('WETH'), data: give })
    await sendAs(real, friendAccount.address, { to: tokenOf('WETH'), data: allow })
    const order = {
      salt: createSalt(1n, '0x'),
      maker: friendAccount.address,
      receiver: ZERO_ADDRESS,
      makerAsset: tokenOf('WETH'),
      takerAsset: usdc(),
      makingAmount: parseEther('1'),
      takingAmount: 2_000_000_000n,
      makerTraits: encodeMakerTraits(openTraits(Math.floor(Date.now() / 1000) + 86_400, 0n)),
    } as const
    const signature = await friendAccount.signTypedData(toTypedData(order, { chainId, contract }))
    const call = encodeOrderFill(
      { chainId, contract, order, extension: '0x', signature },
      { taking: 1_000_000_000n, making: parseEther('0.5') },
      true,
    )
    return [approve(usdc(), contract, 1_000_000_000n), unsigned(call.to, call.value, call.data)]
  }

  const cases: [string, () => Uint8Array[] | Promise<Uint8Array[]>][] = [
    ['coin to a person', () => [unsigned(friend, parseEther('1'), '0x')]],
    ['a token to a person', () => [transfer(friend, 7n)]],
    ['an allowance', () => [approve(usdc(), friend, 9n)]],
    ['several transfers', () => [transfer(friend, 3n), transfer(friendAccount.address, 4n)]],
    ['wrapping', () => [unsigned(tokenOf('WETH'), parseEther('2'), '0xd0e30db0')]],
    ['a trade on Uniswap V2', swap('uniswapV2', 'uniswapV2Router02')],
    ['a trade on Uniswap V3', swap('uniswapV3', 'uniswapV3SwapRouter02')],
    ['coin for a token on Uniswap V4', coinSwap],
    ['an order of a friend’s', fill],
    ['more than there is', () => [transfer(friend, 10n ** 30n)]],
    ['one that fails after one that does not', () => [transfer(friend, 1n), transfer(friend, 10n ** 30n)]],
    ['too little gas', () => [unsigned(usdc(), 0n, `0x${'ff'.repeat(100)}`, 22_000n)]],
  ]

  /** In any order, as coin and tokens are told in different ways. */
  const sorted = (inspection: Awaited<ReturnType<typeof inspect>>) => {
    const { by, moved = [], contracts = [], ...rest } = inspection ?? {}
    const inOrder = (values: readonly unknown[]) => values.map((each) => JSON.stringify(lower(each))).sort()
    return { ...lower(rest), by, moved: inOrder(moved), contracts: inOrder(contracts) }
  }

  test.each(cases)('%s: the same as on the node', async (_name, make) => {
    const transactions = await make()
    const onNode = await inspect(...transactions)
    expect(onNode).toBeDefined()
    refuse(...noTrials)
    expect(sorted(await inspect(...transactions))).toEqual({ ...sorted(onNode), by: 'here' })
    expect(node.requests.map(({ method }) => method)).toContain('eth_getProof')
  })

  test('in a thread of its own, and where nodes give neither proofs nor hints', async () => {
    const transactions = await fill()
    const onNode = await inspect(...transactions)
    refuse(...noTrials, 'eth_getProof', 'eth_createAccessList')
    const here = await inspectWith(transactions, { simulate: inThread })
    expect(sorted(here)).toEqual({ ...sorted(onNode), by: 'here' })
    expect(bugs).toEqual([])
  })

  test('the account’s code is that of the trial, so that a permit without its signature can be tried', async () => {
    // WETH is a contract that the account calls itself: with code that agrees to everything, it answers.
    const blank = [unsigned(account, 0n, '0x1626ba7e')]
    const onNode = await inspectWith(blank, { holdsBlankSignature: true })
    refuse(...noTrials)
    const here = await inspectWith(blank, { holdsBlankSignature: true })
    expect(sorted(here)).toEqual({ ...sorted(onNode), by: 'here' })
  })

  test.each([
    [
      'another balance',
      (method: string, result: Record<string, unknown>) =>
        method === 'eth_getProof' ? { ...result, balance: '0x1' } : result,
    ],
    [
      'another value in storage',
      (method: string, result: { storageProof: object[] }) =>
        method === 'eth_getProof'
          ? { ...result, storageProof: result.storageProof.map((each) => ({ ...each, value: '0xffffff' })) }
          : result,
    ],
    ['other code', (method: string, result: string) => (method === 'eth_getCode' ? `${result}00` : result)],
    [
      'another state',
      (method: string, result: Record<string, unknown>) =>
        method === 'eth_getBlockByNumber' ? { ...result, stateRoot: `0x${'11'.repeat(32)}` } : result,
    ],
  ] as const)('a node that makes up %s is not believed', async (_name, change) => {
    node.behave(async ({ method }, passOn) => {
      if (noTrials.includes(method)) return { error: { code: -32601, message: 'method not found' } }
      const answer = (await passOn()) as { result: never }
      return { result: change(method, answer.result) }
    })
    await expect(inspect(transfer(friend, 7n))).rejects.toMatchObject({ code: 'chain.proofFailed' })
  })

  test('code that this machine does not have is not guessed at', async () => {
    const real = createRpc(chain.rpcUrl)
    const strange: Address = '0x00000000000000000000000000000000000c0de5'
    // An instruction of a later fork, and what stands for what a chain does by other means.
    for (const code of ['0x0c00', '0xfe']) {
      await real('anvil_setCode', strange, code)
      await real('evm_mine')
      refuse(...noTrials)
      expect(await inspect(unsigned(strange, 0n, '0x12345678'))).toBeUndefined()
    }
  })

  test('code that never ends ends with its gas', async () => {
    const real = createRpc(chain.rpcUrl)
    const endless: Address = '0x00000000000000000000000000000000000c0de6'
    // JUMPDEST, PUSH 0, JUMP
    await real('anvil_setCode', endless, '0x5b600056')
    await real('evm_mine')
    refuse(...noTrials)
    const tried = await inspectWith([unsigned(endless, 0n, '0x')], { simulate: inThread })
    expect(tried).toMatchObject({ by: 'here', isReverted: true })
  })

  test('coin that a contract hands on as it ends is seen', async () => {
    const real = createRpc(chain.rpcUrl)
    const ending: Address = '0x00000000000000000000000000000000000c0de7'
    // PUSH20 friend, SELFDESTRUCT
    await real('anvil_setCode', ending, `0x73${friend.slice(2)}ff`)
    await real('anvil_setBalance', ending, '0x64')
    await real('evm_mine')
    const transactions = [unsigned(ending, 5n, '0x')]
    refuse(...noTrials)
    const here = await inspect(...transactions)
    expect(lower(here?.moved)).toEqual(
      lower([
        { token: 'native', from: account, to: ending, units: 5n },
        { token: 'native', from: ending, to: friend, units: 105n },
      ]),
    )
  })

  test('a state that cannot be read is told as what it is', async () => {
    node.behave(async ({ method }, passOn) =>
      noTrials.includes(method)
        ? { error: { code: -32601, message: 'method not found' } }
        : method === 'eth_chainId'
          ? ((await passOn()) as { result: unknown })
          : { hangUp: true },
    )
    await expect(inspectWith([transfer(friend, 7n)], { simulate: inThread })).rejects.toMatchObject({
      code: 'chain.unreachable',
    })
  })
})
