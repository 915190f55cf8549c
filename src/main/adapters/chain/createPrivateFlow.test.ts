import {
  createPublicClient,
  createTestClient,
  type Hex,
  http,
  keccak256,
  parseEther,
  serializeTransaction,
} from 'viem'
import { foundry } from 'viem/chains'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accountOf, type LocalChain, startChain } from '../../../../devnet/index.ts'
import type { PrivateChannelName } from '../../../shared/contract/activity.ts'
import type { AccountId, Address, ChainId } from '../../../shared/identity/identity.ts'
import type { SignedSwapTransaction } from '../../capabilities/swaps/index.ts'
import { createPrivateFlow } from './createPrivateFlow.ts'
import { createVenueDirectory, parseLocalVenues } from './pools/loadSwapVenues.ts'
import { parseChainManifest } from './readChainManifest.ts'
import { openWallet, type TestWallet } from './testing/openWallet.ts'
import { type FaultyNode, startFaultyNode } from './testing/startFaultyNode.ts'
import { type Relay, startRelay } from './testing/startRelay.ts'

const chainId = 31337 as ChainId
const practice = accountOf('practice')
let chain: LocalChain
let node: FaultyNode
let relay: Relay
let other: Relay
let wallet: TestWallet
let flow: ReturnType<typeof createPrivateFlow>

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
})
afterAll(() => chain?.stop())
beforeEach(async () => {
  ;[node, relay, other] = await Promise.all([
    startFaultyNode(chain.rpcUrl),
    startRelay(chainId),
    startRelay(chainId),
  ])
  const venues = parseLocalVenues(chain.manifest)
  if (!venues) throw new Error('The local chain has no venues')
  const network = {
    rpc: () => {
      throw new Error('A relay is asked, never the node that reads')
    },
  }
  flow = createPrivateFlow({
    network,
    venues: createVenueDirectory([
      {
        ...venues,
        relays: [
          {
            channel: 'private',
            kind: 'protect',
            rpcUrl: relay.url,
            statusUrl: relay.statusUrl,
            fast: true,
            sharesProfit: true,
          },
          { channel: 'mevBlocker', kind: 'node', rpcUrl: other.url, paysForFailure: false },
        ],
      },
    ]),
    privateRpcUrl: () => undefined,
    nowMs: Date.now,
  })
  wallet = openWallet({
    definitions: [parseChainManifest({ ...chain.manifest, rpcUrls: [node.url] }).definition],
    signers: [practice],
    privateChannel: flow,
  })
  await wallet.start()
})
afterEach(async () => {
  wallet.close()
  expect(wallet.bugs).toEqual([])
  flow.close()
  await Promise.all([node.stop(), relay.stop(), other.stop()])
})

const testClient = () => createTestClient({ chain: foundry, mode: 'anvil', transport: http(chain.rpcUrl) })
const reader = () => createPublicClient({ chain: foundry, transport: http(chain.rpcUrl) })
const newBlock = () => testClient().mine({ blocks: 1 })
/** What the relay really does when it brings a transaction into a block. */
const include = (raw: Hex) => reader().sendRawTransaction({ serializedTransaction: raw })

/** A transaction of the account to itself, handed over as a trade's last step. */
async function send(channel: PrivateChannelName): Promise<{ id: string; raw: Hex; hash: Hex }> {
  const nonce = await reader().getTransactionCount({ address: practice.address })
  const fields = {
    chainId,
    nonce,
    to: practice.address as Address,
    value: parseEther('0.001'),
    data: '0x' as Hex,
    gas: 60_000n,
    maxFeePerGas: 100_000_000_000n,
    maxPriorityFeePerGas: 1_000_000_000n,
  }
  const raw = await practice.signTransaction(
    { ...fields, type: 'eip1559' },
    { serializer: serializeTransaction },
  )
  const token = await wallet.tokens.resolve({ chainId, address: 'native' })
  const signed: SignedSwapTransaction = {
    kind: 'swap',
    channel,
    accountId: practice.address as string as AccountId,
    from: practice.address,
    to: practice.address,
    toName: undefined,
    token,
    units: fields.value,
    swap: undefined,
    transaction: fields,
    signedTransaction: raw,
    transactionHash: keccak256(raw),
  }
  const { activityIds } = await wallet.activity.submitAll([signed])
  return { id: activityIds[0] ?? '', raw, hash: signed.transactionHash }
}
const askedNodeToSend = () => node.requests.some(({ method }) => method === 'eth_sendRawTransaction')
const sentTo = (server: Relay) =>
  server.requests
    .filter(({ method }) => /^eth_send/.test(method))
    .map(({ method, params }) => ({ method, params }))
const reaches = (id: string, status: string) => wallet.activityWith(id, (entry) => entry.status === status)

describe('what each relay is asked, word for word', () => {
  test('Flashbots Protect: fast mode, status page, cancellation', async () => {
    const { id, raw, hash } = await send('private')
    expect(sentTo(relay)).toEqual([
      { method: 'eth_sendPrivateTransaction', params: [{ tx: raw, preferences: { fast: true } }] },
    ])
    await reaches(id, 'pending')
    expect(await wallet.activity.cancel(id)).toBe(true)
    expect(relay.requests).toContainEqual({
      method: 'eth_cancelPrivateTransaction',
      params: [{ txHash: hash }],
    })
    await newBlock()
    await reaches(id, 'cancelled')
    expect(relay.requests).toContainEqual({ method: 'GET', params: [`/tx/${hash}`] })
    expect(askedNodeToSend()).toBe(false)
    expect(other.requests).toEqual([])
  })

  test('MEV Blocker and private nodes: as any node; nothing can be taken back there', async () => {
    const { id, raw } = await send('mevBlocker')
    expect(sentTo(other)).toEqual([{ method: 'eth_sendRawTransaction', params: [raw] }])
    expect(await wallet.activity.cancel(id)).toBe(false)
    await include(raw)
    await newBlock()
    expect((await reaches(id, 'confirmed')).channel).toBe('mevBlocker')
    expect(askedNodeToSend()).toBe(false)
    expect(relay.requests).toEqual([])
  })

  test('what failed there ends with the relay’s reason', async () => {
    const { id, hash } = await send('private')
    relay.say(hash, 'FAILED', 'execution reverted: \u0007V3TooLittleReceived')
    await newBlock()
    expect((await reaches(id, 'expired')).failureReason).toBe('execution reverted: V3TooLittleReceived')
  })
})

describe('relays that do not keep their word', () => {
  test('one that loses a transaction is given it again, and nobody else is', async () => {
    const { id, raw, hash } = await send('private')
    relay.drop(hash)
    await newBlock()
    await expect.poll(() => relay.held.has(hash)).toBe(true)
    expect(sentTo(relay).length).toBeGreaterThanOrEqual(2)
    expect(askedNodeToSend()).toBe(false)
    expect(other.requests).toEqual([])
    await include(raw)
    await newBlock()
    await reaches(id, 'confirmed')
  })

  test('one that claims an inclusion is not believed: only a block settles it', async () => {
    const { id, raw, hash } = await send('private')
    relay.say(hash, 'INCLUDED')
    const asked = () => relay.requests.filter(({ method }) => method === 'GET').length
    const before = asked()
    await newBlock()
    await expect.poll(asked).toBeGreaterThan(before)
    await newBlock()
    const { items } = await wallet.activity.handlers.list({ limit: 1 })
    expect(items[0]).toMatchObject({ id, status: 'pending' })
    expect(items[0]?.receipt).toBeUndefined()
    await include(raw)
    await newBlock()
    await reaches(id, 'confirmed')
  })

  test('one that gives a transaction away and calls it cancelled is found out', async () => {
    const { id, raw, hash } = await send('private')
    await testClient().setAutomine(false)
    try {
      await include(raw)
      relay.say(hash, 'CANCELLED')
      const leaked = await wallet.activityWith(id, ({ seenInPublic }) => seenInPublic === true)
      // It may still be in the next block: that it was withdrawn would be a lie.
      expect(leaked.status).toBe('pending')
    } finally {
      await testClient().setAutomine(true)
    }
    await newBlock()
    expect(await reaches(id, 'confirmed')).toMatchObject({ seenInPublic: true })
  })

  test('one that is gone leaves the trade waiting, and nothing goes out in public', async () => {
    await relay.stop()
    const { id } = await send('private')
    await newBlock()
    const { items } = await wallet.activity.handlers.list({ limit: 1 })
    expect(items[0]).toMatchObject({ id, status: 'signed' })
    expect(askedNodeToSend()).toBe(false)
  })
})
