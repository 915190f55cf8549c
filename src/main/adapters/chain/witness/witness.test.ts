import fc from 'fast-check'
import { createTestClient, http, parseEther } from 'viem'
import { foundry } from 'viem/chains'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AnvilProcess, startAnvil } from '../../../../../devnet/anvil/startAnvil.ts'
import { AppError } from '../../../../shared/errors/AppError.ts'
import type { Address, ChainId } from '../../../../shared/identity/identity.ts'
import type { ChainDefinition } from '../../../capabilities/chains/index.ts'
import { monotonicMs, nowMs } from '../../system/clock.ts'
import { schedule } from '../../system/schedule.ts'
import { createBalanceReader } from '../createBalanceReader.ts'
import { createNodeNetwork, type RpcNetwork } from '../createNodeNetwork.ts'
import { createTransferNode } from '../createTransferNode.ts'
import { parseChainManifest } from '../readChainManifest.ts'
import { type Behaviour, type FaultyNode, honest, startFaultyNode } from '../testing/startFaultyNode.ts'
import { computeHeaderHash, fullHeaderSchema } from './computeHeaderHash.ts'
import { createWitness } from './createWitness.ts'
import { verifyAccountProof } from './verifyAccountProof.ts'

const chainId = 31337 as ChainId
const rich = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' as Address
const untouched = `0x${'77'.repeat(20)}` as Address
let anvil: AnvilProcess
let anvilUrl: string
let first: FaultyNode
let second: FaultyNode
const networks: RpcNetwork[] = []

beforeEach(async () => {
  anvil = await startAnvil(0, ['--accounts', '3'])
  anvilUrl = `http://127.0.0.1:${anvil.port}`
  first = await startFaultyNode(anvilUrl)
  second = await startFaultyNode(anvilUrl)
  await client().setBalance({ address: rich, value: parseEther('5') })
  await client().mine({ blocks: 2 })
})
afterEach(async () => {
  for (const network of networks.splice(0)) network.close()
  await Promise.all([first.stop(), second.stop(), anvil.stop()])
})

const client = () => createTestClient({ chain: foundry, mode: 'anvil', transport: http(anvilUrl) })

function connect(...nodes: FaultyNode[]) {
  return connectWith({}, ...nodes)
}

function connectWith(changes: Partial<ChainDefinition>, ...nodes: FaultyNode[]) {
  const { definition } = parseChainManifest({
    chainId: 31337,
    name: 'Local',
    rpcUrls: nodes.map(({ url }) => url),
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    contracts: {},
    tokenList: { tokens: [] },
  })
  const network = createNodeNetwork({
    definitions: [{ ...definition, ...changes }],
    nowMs,
    monotonicMs,
    schedule,
    timeoutMs: 2_000,
    onBug(thrown) {
      throw thrown
    },
  })
  networks.push(network)
  return network
}

const host = ({ url }: FaultyNode) => new URL(url).host
const statesOf = (network: RpcNetwork) =>
  network
    .rpc(chainId)
    .describeNodes()
    .map(({ state }) => state)

/** Changes the answers to some methods, and is honest otherwise. */
function lieAbout(answers: Readonly<Record<string, (truth: unknown) => unknown>>): Behaviour {
  return async (request, passOn) => {
    const answer = await passOn()
    const change = answers[request.method]
    return change && typeof answer === 'object' && answer !== null && 'result' in answer
      ? { result: change(answer.result) }
      : ((await Promise.resolve(answer)) as Awaited<ReturnType<typeof honest>>)
  }
}

async function failureOf(action: Promise<unknown>) {
  const thrown = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(thrown instanceof AppError)) throw new Error(`Not refused: ${String(thrown)}`)
  return { code: thrown.code, ...thrown.params }
}

test('an account is proven against the state root of a block whose hash is right', async () => {
  const witness = createWitness(connect(first, second))
  expect(await witness.readAccount(chainId, rich)).toMatchObject({
    balance: parseEther('5'),
    isProven: true,
    confirmedBy: host(second),
  })
  expect(await witness.readAccount(chainId, untouched)).toMatchObject({
    balance: 0n,
    nonce: 0,
    isProven: true,
  })
})

test.each([
  ['balance', { eth_getBalance: () => '0xde0b6b3a7640000000' }],
  ['nonce', { eth_getTransactionCount: () => '0x7f' }],
  ['proof', { eth_getProof: (truth: unknown) => ({ ...(truth as object), balance: '0xffffffffffff' }) }],
  [
    'state root',
    {
      eth_getBlockByNumber: (truth: unknown) => ({ ...(truth as object), stateRoot: `0x${'12'.repeat(32)}` }),
    },
  ],
])('a false %s from the only node is not believed, and the node is named', async (_what, answers) => {
  first.behave(lieAbout(answers))
  const alone = connect(first)
  expect(await failureOf(createTransferNode(alone).readAccountState(chainId, rich, undefined))).toEqual({
    code: 'chain.proofFailed',
    chainId,
    node: host(first),
  })
  // With an honest one beside it, its word is passed over, and it is asked last from then on.
  const network = connect(first, second)
  const state = await createTransferNode(network).readAccountState(chainId, rich, undefined)
  expect(state).toMatchObject({ latestNonce: 0, nativeBalance: parseEther('5') })
  expect(statesOf(network)).toEqual(['contradicted', 'ok'])
})

test('a block that is replaced while it is read is read once more, and nobody is called a liar', async () => {
  let reads = 0
  first.behave(
    lieAbout({
      eth_getBalance: (truth) => {
        reads += 1
        return reads === 1 ? '0xde0b6b3a7640000000' : truth
      },
    }),
  )
  const network = connect(first)
  const account = await createWitness(network).readAccount(chainId, rich)
  expect(account).toMatchObject({ balance: parseEther('5'), isProven: true })
  expect(reads).toBe(2)
  expect(statesOf(network)).toEqual(['ok'])
})

test('two nodes that offer no proof and contradict each other convince nobody', async () => {
  const noProof: Behaviour = (request, passOn) =>
    request.method === 'eth_getProof'
      ? { error: { code: -32601, message: 'method not found' } }
      : honest(request, passOn)
  second.behave(noProof)
  first.behave((request, passOn) =>
    request.method === 'eth_getBalance' ? { result: '0xffffffffffffffffff' } : noProof(request, passOn),
  )
  expect(await failureOf(createWitness(connect(first, second)).readAccount(chainId, rich))).toEqual({
    code: 'chain.nodesDisagree',
    chainId,
    node: host(first),
    other: host(second),
    subject: 'balance',
  })
  first.behave(noProof)
  expect(await createWitness(connect(first, second)).readAccount(chainId, rich)).toMatchObject({
    isProven: false,
    confirmedBy: host(second),
  })
})

test('an invented block, consistent in itself, is contradicted by the second node', async () => {
  const other = await startAnvil(0, ['--accounts', '1', '--timestamp', '1700000000'])
  const elsewhere = await startFaultyNode(`http://127.0.0.1:${other.port}`)
  try {
    await createTestClient({
      chain: foundry,
      mode: 'anvil',
      transport: http(`http://127.0.0.1:${other.port}`),
    }).mine({ blocks: 2 })
    expect(
      await failureOf(createWitness(connect(elsewhere, second)).readAccount(chainId, rich)),
    ).toMatchObject({ code: 'chain.nodesDisagree', subject: 'block' })
  } finally {
    await elsewhere.stop()
    await other.stop()
  }
})

test('a chain whose headers are of another make is read without a proof', async () => {
  first.behave(
    lieAbout({
      eth_getBlockByNumber: (truth) => {
        const { mixHash: _, nonce: __, ...others } = truth as Record<string, unknown>
        return others
      },
    }),
  )
  const network = connectWith({ hasStandardHeaders: false }, first)
  expect(await createWitness(network).readAccount(chainId, rich)).toMatchObject({
    balance: parseEther('5'),
    isProven: false,
  })
})

test('a node that tells an old height is passed over', async () => {
  await client().mine({ blocks: 30 })
  first.behave(lieAbout({ eth_blockNumber: () => '0x1' }))
  const account = await createWitness(connect(first, second)).readAccount(chainId, rich)
  expect(account.blockNumber).toBe(32n)
})

test('code that is not the account’s is refused', async () => {
  await client().setCode({ address: untouched, bytecode: '0x6001' })
  await client().mine({ blocks: 1 })
  expect(await createTransferNode(connect(first)).readCode(chainId, untouched)).toBe('0x6001')
  first.behave(lieAbout({ eth_getCode: () => '0x' }))
  expect(await failureOf(createTransferNode(connect(first)).readCode(chainId, untouched))).toMatchObject({
    code: 'chain.proofFailed',
  })
})

test('code that changed while it was read is read again, and nobody is called a liar', async () => {
  await client().setCode({ address: untouched, bytecode: '0x6001' })
  await client().mine({ blocks: 1 })
  let asked = 0
  first.behave(lieAbout({ eth_getCode: (truth) => (asked++ === 0 ? '0x' : truth) }))
  expect(await createTransferNode(connect(first)).readCode(chainId, untouched)).toBe('0x6001')
  expect(asked).toBe(2)
})

test('a false balance is not shown: by the proof where there is one node, by the other where there are two', async () => {
  const query = { chainId, holders: [rich], tokens: [] }
  first.behave(lieAbout({ eth_getBalance: () => '0xde0b6b3a7640000000' }))
  expect(await failureOf(createBalanceReader(connect(first)).readBalances(query))).toMatchObject({
    code: 'chain.proofFailed',
  })
  expect(await failureOf(createBalanceReader(connect(first, second)).readBalances(query))).toMatchObject({
    code: 'chain.nodesDisagree',
    subject: 'balance',
  })
  first.behave(honest)
  const honestly = await createBalanceReader(connect(first, second)).readBalances(query)
  expect(honestly.balances).toEqual([{ holder: rich, token: 'native', units: parseEther('5') }])
})

test('a balance is proven at the block that it was read at, also when there is a newer one by then', async () => {
  first.behave(async (request, passOn) => {
    // A lie about the coin by whoever passes on the sum of many reads, and a chain that does not wait.
    if (request.method === 'eth_getBalance' && first.requests.length < 4)
      return { result: '0xde0b6b3a7640000000' }
    if (request.method === 'eth_getBalance' || request.method === 'eth_getProof')
      await client().mine({ blocks: 1 })
    return honest(request, passOn)
  })
  const reader = createBalanceReader(connect(first))
  expect(await failureOf(reader.readBalances({ chainId, holders: [rich], tokens: [] }))).toMatchObject({
    code: 'chain.proofFailed',
  })
})

test('no change to a proof goes unnoticed', async () => {
  const rpc = connect(first).rpc(chainId)
  const header = await rpc.request('eth_getBlockByNumber', ['0x2', false], fullHeaderSchema)
  expect(computeHeaderHash(header)).toBe(header.hash)
  const claimed = {
    nonce: 0n,
    balance: parseEther('5'),
    storageHash: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
    codeHash: '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
  } as const
  const response = await fetch(anvilUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_getProof', params: [rich, [], '0x2'] }),
  })
  const { result } = (await response.json()) as { result: { accountProof: `0x${string}`[] } }
  const proof = result.accountProof
  expect(verifyAccountProof(header.stateRoot, rich, claimed, proof)).toBe(true)
  expect(verifyAccountProof(header.stateRoot, untouched, claimed, proof)).toBe(false)
  expect(verifyAccountProof(header.stateRoot, rich, { ...claimed, balance: 6n }, proof)).toBe(false)
  expect(verifyAccountProof(header.stateRoot, rich, claimed, proof.slice(0, -1))).toBe(false)
  fc.assert(
    fc.property(fc.nat(proof.length - 1), fc.nat(), fc.nat(15), (node, place, nibble) => {
      const text = proof[node] ?? '0x'
      const at = 2 + (place % (text.length - 2))
      const changed = `${text.slice(0, at)}${nibble.toString(16)}${text.slice(at + 1)}` as `0x${string}`
      const altered = proof.map((entry, index) => (index === node ? changed : entry))
      expect(verifyAccountProof(header.stateRoot, rich, claimed, altered)).toBe(changed === text)
    }),
  )
})
