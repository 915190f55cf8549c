import {
  encodeFunctionData,
  erc20Abi,
  erc721Abi,
  type Hex,
  hexToBytes,
  parseEther,
  serializeTransaction,
} from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { accountOf, type LocalChain, startChain } from '../../../../devnet/index.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
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

const usdc = () => {
  const entry = chain.manifest.tokenList.tokens.find(({ symbol }) => symbol === 'USDC')
  if (!entry) throw new Error('no USDC')
  return entry.address
}
const unsigned = (to: Address, value: bigint, data: Hex) =>
  hexToBytes(
    serializeTransaction({
      type: 'eip1559',
      chainId,
      nonce: 0,
      to,
      value,
      data,
      gas: 200_000n,
      maxFeePerGas: 100_000_000_000n,
      maxPriorityFeePerGas: 1n,
    }),
  )
const inspect = (...transactions: Uint8Array[]) =>
  createTransactionInspector({ rpc: () => rpc } as Partial<RpcNetwork> as RpcNetwork).inspect({
    chainId,
    from: account,
    transactions,
    holdsBlankSignature: false,
  })
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

test('where no node can, nothing is claimed', async () => {
  refuse('eth_simulateV1', 'debug_traceCall')
  expect(await inspect(unsigned(friend, 1n, '0x'))).toBeUndefined()
})
