import { createTestClient, http } from 'viem'
import { foundry } from 'viem/chains'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AnvilProcess, startAnvil } from '../../../../devnet/anvil/startAnvil.ts'
import type { ChainStatus } from '../../../shared/contract/chains.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import type { ChainDefinition, Head } from '../../capabilities/chains/chains.ports.ts'
import { monotonicMs, nowMs } from '../system/clock.ts'
import { schedule } from '../system/schedule.ts'
import { createNodeNetwork, type RpcNetwork } from './createNodeNetwork.ts'
import { parseChainManifest } from './readChainManifest.ts'
import { quantitySchema } from './rpcSchemas.ts'
import { createJournal } from './testing/createJournal.ts'
import { type FaultyNode, honest, startFaultyNode } from './testing/startFaultyNode.ts'

const chainId = 31337 as ChainId
let anvil: AnvilProcess
let anvilUrl: string
let first: FaultyNode
let second: FaultyNode
const networks: RpcNetwork[] = []

beforeEach(async () => {
  anvil = await startAnvil(0, [])
  anvilUrl = `http://127.0.0.1:${anvil.port}`
  first = await startFaultyNode(anvilUrl)
  second = await startFaultyNode(anvilUrl)
})
afterEach(async () => {
  for (const network of networks.splice(0)) network.close()
  await Promise.all([first.stop(), second.stop(), anvil.stop()])
})

function definition(rpcUrls: string[], changes: Partial<ChainDefinition> = {}): ChainDefinition {
  const { definition: local } = parseChainManifest({
    chainId: 31337,
    name: 'Local',
    rpcUrls,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    contracts: {},
    tokenList: { tokens: [] },
  })
  return { ...local, ...changes }
}

function connect(rpcUrls: string[], changes: Partial<ChainDefinition> = {}, timeoutMs = 400) {
  const bugs: unknown[] = []
  const timers = new Set<object>()
  const network = createNodeNetwork({
    definitions: [definition(rpcUrls, changes)],
    nowMs,
    monotonicMs,
    schedule(callback, delayMs) {
      const timer = {}
      timers.add(timer)
      const cancel = schedule(() => {
        timers.delete(timer)
        callback()
      }, delayMs)
      return () => {
        timers.delete(timer)
        cancel()
      }
    },
    timeoutMs,
    onBug: (thrown) => bugs.push(thrown),
  })
  networks.push(network)
  const heads = createJournal<Head>()
  const statuses = createJournal<ChainStatus>()
  network.listen({ onHead: heads.write, onStatus: statuses.write })
  return { network, heads, statuses, bugs, timers }
}

const readNumber = (network: RpcNetwork) =>
  network.rpc(chainId).request('eth_blockNumber', [], quantitySchema)

async function failureOf(action: Promise<unknown>): Promise<unknown> {
  try {
    await action
  } catch (thrown) {
    if (thrown instanceof AppError) return { code: thrown.code, ...thrown.params }
    throw thrown
  }
  return 'no failure'
}

test('proves the chain id before anything else is asked', async () => {
  const { network } = connect([first.url])
  await readNumber(network)
  await readNumber(network)
  expect(first.requests.map(({ method }) => method)).toEqual([
    'eth_chainId',
    'eth_blockNumber',
    'eth_blockNumber',
  ])
})

test('a node of another chain is not used, nor asked anything else', async () => {
  first.behave((request, passOn) =>
    request.method === 'eth_chainId' ? { result: '0x1' } : honest(request, passOn),
  )
  const alone = connect([first.url])
  expect(await failureOf(readNumber(alone.network))).toMatchObject({ code: 'chain.wrongChainId', actual: 1n })
  const { network, statuses } = connect([first.url, second.url])
  expect(await readNumber(network)).toBe(0n)
  expect(new Set(first.requests.map(({ method }) => method))).toEqual(new Set(['eth_chainId']))
  alone.network.follow(chainId)
  const status = await alone.statuses.find(({ health }) => health === 'wrongChain')
  expect(status).toMatchObject({ chainId, health: 'wrongChain' })
  expect(statuses.entries).toEqual([])
})

test.each([
  ['hangs up', { hangUp: true }, 'network'],
  ['drips for ever', { drip: true }, 'timeout'],
  ['answers HTML', { raw: '<html>down for maintenance</html>', status: 502 }, 'garbage'],
  ['answers half a JSON', { raw: '{"jsonrpc":"2.0","id":1,"res' }, 'garbage'],
  ['answers another id', { raw: '{"jsonrpc":"2.0","id":4711,"result":"0x7a69"}' }, 'garbage'],
  ['answers an array', { raw: '[]' }, 'garbage'],
  ['answers a number for text', { result: 31337 }, 'garbage'],
  ['answers an endless number', { result: `0x${'f'.repeat(65)}` }, 'garbage'],
  ['answers megabytes', { raw: `{"result":"${'0'.repeat(9_000_000)}"}` }, 'tooLarge'],
  ['is rate limited', { raw: '', status: 429 }, 'rateLimited'],
] as const)(
  'a node that %s is passed over, and named when it is the only one',
  async (_name, answer, reason) => {
    first.behave(() => answer)
    const { network } = connect([first.url, second.url], {}, reason === 'timeout' ? 300 : 5000)
    expect(await readNumber(network)).toBe(0n)
    const alone = connect([first.url], {}, reason === 'timeout' ? 300 : 5000)
    expect(await failureOf(readNumber(alone.network))).toEqual({
      code: 'chain.unreachable',
      chainId,
      reason,
      node: new URL(first.url).host,
    })
  },
)

test('a node that failed rests while another serves', async () => {
  const { network } = connect([first.url, second.url])
  await readNumber(network)
  first.behave(() => ({ hangUp: true }))
  await readNumber(network)
  const asked = first.requests.length
  await readNumber(network)
  await readNumber(network)
  expect(first.requests.length).toBe(asked)
})

test("a refusal of the request itself is the caller's, cleaned, and other nodes are left alone", async () => {
  first.behave((request, passOn) =>
    request.method === 'eth_chainId'
      ? honest(request, passOn)
      : { error: { code: -32000, message: `no\u202efunds\n${'x'.repeat(5000)}` } },
  )
  const { network } = connect([first.url, second.url])
  const failure = await failureOf(readNumber(network))
  expect(failure).toMatchObject({ code: 'chain.rpcFailed' })
  const { reason } = failure as { reason: string }
  expect(reason).toMatch(/^no funds x+…$/)
  expect(reason.length).toBe(300)
  expect(second.requests).toEqual([])
})

test('follows blocks, and says when the node goes down and comes back', async () => {
  const { network, heads, statuses, bugs } = connect([first.url])
  network.follow(chainId)
  await heads.find(({ number }) => number === 0n)
  const client = createTestClient({ chain: foundry, mode: 'anvil', transport: http(anvilUrl) })
  await client.mine({ blocks: 3 })
  const head = await heads.find(({ number }) => number === 3n)
  expect(head).toMatchObject({ chainId, isReorganised: false })
  first.behave(() => ({ hangUp: true }))
  const mark = statuses.mark()
  const down = await statuses.find(({ health }) => health === 'down')
  expect(down.blockNumber).toBe(3n)
  first.behave(honest)
  await statuses.find(({ health, blockNumber }) => health === 'ok' && blockNumber === 3n, mark + 1)
  expect(bugs).toEqual([])
})

test('notices a reorganisation, and a practice chain that began anew', async () => {
  const { network, heads } = connect([first.url])
  const client = createTestClient({ chain: foundry, mode: 'anvil', transport: http(anvilUrl) })
  const snapshot = await client.snapshot()
  await client.mine({ blocks: 5 })
  network.follow(chainId)
  await heads.find(({ number }) => number === 5n)
  await client.revert({ id: snapshot })
  await client.mine({ blocks: 2 })
  await heads.find(({ isReorganised, number }) => isReorganised && number === 2n)
  const mark = heads.mark()
  const { port } = anvil
  await anvil.stop()
  expect(await failureOf(readNumber(network))).toMatchObject({ code: 'chain.unreachable' })
  anvil = await startAnvil(port, [])
  const anew = await heads.find(() => true, mark)
  expect(anew).toMatchObject({ number: 0n, isReorganised: true })
})

test('a chain with a rhythm whose newest block is old is behind', async () => {
  first.behave(async (_request, passOn) => {
    const answer = (await passOn()) as { result: { timestamp?: string } | string }
    if (typeof answer.result === 'object') {
      answer.result.timestamp = `0x${Math.floor(Date.now() / 1000 - 3600).toString(16)}`
    }
    return answer
  })
  const steady = connect([first.url], { hasSteadyBlocks: true })
  steady.network.follow(chainId)
  expect(await steady.statuses.find(({ health }) => health !== 'connecting')).toMatchObject({
    health: 'behind',
  })
  const idle = connect([first.url], { hasSteadyBlocks: false })
  idle.network.follow(chainId)
  expect(await idle.statuses.find(({ health }) => health !== 'connecting')).toMatchObject({ health: 'ok' })
})

test('nothing is asked nor planned any more once following ends, even in the middle of a question', async () => {
  const { network, statuses, timers } = connect([first.url])
  network.follow(chainId)
  await statuses.find(({ health }) => health === 'ok')
  let release: () => void = () => {}
  const asked = new Promise<void>((resolve) => {
    first.behave(async (request, passOn) => {
      resolve()
      await new Promise<void>((go) => {
        release = go
      })
      return honest(request, passOn)
    })
  })
  await asked
  network.unfollow(chainId)
  expect(timers.size).toBe(0)
  const before = first.requests.length
  release()
  first.behave(honest)
  await readNumber(network)
  expect(first.requests.slice(before).map(({ method }) => method)).toEqual(['eth_chainId', 'eth_blockNumber'])
  expect(timers.size).toBe(0)
})

test('a WebSocket node is used and followed by its announcements', async () => {
  const { network, heads } = connect([`ws://127.0.0.1:${anvil.port}`])
  expect(await readNumber(network)).toBe(0n)
  network.follow(chainId)
  await heads.find(({ number }) => number === 0n)
  const client = createTestClient({ chain: foundry, mode: 'anvil', transport: http(anvilUrl) })
  await client.mine({ blocks: 2 })
  await heads.find(({ number }) => number === 2n)
  await anvil.stop()
  expect(await failureOf(readNumber(network))).toMatchObject({ code: 'chain.unreachable' })
})

test('probing tells a wrong address from a wrong chain from silence', async () => {
  const { network } = connect([second.url])
  expect(await failureOf(network.probe(chainId, 'ftp://x'))).toMatchObject({ code: 'chain.invalidRpcUrl' })
  expect(await failureOf(network.probe(chainId, 'http://127.0.0.1:1'))).toMatchObject({
    code: 'chain.unreachable',
  })
  first.behave(() => ({ result: '0x2105' }))
  expect(await failureOf(network.probe(chainId, first.url))).toMatchObject({
    code: 'chain.wrongChainId',
    actual: 8453n,
  })
  expect(await failureOf(network.probe(chainId, second.url))).toBe('no failure')
})
