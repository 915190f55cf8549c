import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createPublicClient,
  createTestClient,
  createWalletClient,
  erc20Abi,
  getAddress,
  http,
  parseEther,
} from 'viem'
import { foundry } from 'viem/chains'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { accountOf, type LocalChain, startChain } from '../../../../devnet/index.ts'
import type { AccountId, Hash, TokenRef } from '../../../shared/identity/identity.ts'
import { parseChainManifest } from './readChainManifest.ts'
import { openWallet, type TestWallet } from './testing/openWallet.ts'
import { type FaultyNode, honest, startFaultyNode } from './testing/startFaultyNode.ts'

const practice = accountOf('practice')
const stranger = getAddress('0x00000000000000000000000000000000c0ffee01')
const native = { chainId: 31337, address: 'native' } as TokenRef
let chain: LocalChain
let faulty: FaultyNode
let folder: string
let snapshot: `0x${string}`
const opened: TestWallet[] = []

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
})
afterAll(() => chain?.stop())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minato-activity-'))
  faulty = await startFaultyNode(chain.rpcUrl)
  snapshot = await node().snapshot()
})
afterEach(async () => {
  for (const wallet of opened.splice(0)) {
    wallet.close()
    expect(wallet.bugs).toEqual([])
  }
  await faulty.stop()
  await node().setAutomine(true)
  await node().revert({ id: snapshot })
  rmSync(folder, { recursive: true, force: true })
})

const node = () => createTestClient({ chain: foundry, mode: 'anvil', transport: http(chain.rpcUrl) })
const reader = () => createPublicClient({ chain: foundry, transport: http(chain.rpcUrl) })

async function open(): Promise<TestWallet> {
  const wallet = openWallet({
    definitions: [parseChainManifest({ ...chain.manifest, rpcUrls: [faulty.url] }).definition],
    signers: [practice],
    databasePath: join(folder, 'minato.db'),
    timeoutMs: 1000,
  })
  opened.push(wallet)
  await wallet.start()
  return wallet
}

function shut(wallet: TestWallet): void {
  opened.splice(opened.indexOf(wallet), 1)
  wallet.close()
  expect(wallet.bugs).toEqual([])
}

async function send(wallet: TestWallet, token: TokenRef = native, amount = '1'): Promise<string> {
  const { previewId } = await wallet.transfers.preview({
    accountId: practice.address as string as AccountId,
    token,
    amount,
    recipient: stranger,
    speed: 'normal',
  })
  const outcome = await wallet.transfers.send({ previewId })
  if (outcome.status !== 'sent') throw new Error('rejected')
  return outcome.activityId
}

function usdc(): TokenRef {
  const token = chain.manifest.tokenList.tokens.find(({ symbol }) => symbol === 'USDC')
  if (!token) throw new Error('No USDC on the local chain')
  return { chainId: 31337, address: token.address } as TokenRef
}

test('counts confirmations until a transaction is settled', async () => {
  const wallet = await open()
  const id = await send(wallet)
  const first = await wallet.activityWith(id, ({ status }) => status === 'confirmed')
  expect(first.receipt?.confirmations).toBe(1)
  await node().mine({ blocks: 20 })
  const settled = await wallet.activityWith(id, ({ receipt }) => (receipt?.confirmations ?? 0) >= 12)
  expect(settled.receipt?.blockNumber).toBe(first.receipt?.blockNumber)
})

test('what was signed but never left is sent after a restart', async () => {
  let wallet = await open()
  faulty.behave((request, passOn) =>
    request.method === 'eth_sendRawTransaction' ? { hangUp: true } : honest(request, passOn),
  )
  const id = await send(wallet)
  expect((await wallet.activity.handlers.list({ limit: 1 })).items).toMatchObject([{ id, status: 'signed' }])
  shut(wallet)
  expect(await reader().getBalance({ address: stranger })).toBe(0n)
  faulty.behave(honest)
  wallet = await open()
  const activity = await wallet.activityWith(id, ({ status }) => status === 'confirmed')
  expect(activity.units).toBe(parseEther('1'))
  expect(await reader().getBalance({ address: stranger })).toBe(parseEther('1'))
})

test('what left without an answer is found in the chain after a restart, not sent twice', async () => {
  let wallet = await open()
  faulty.behave(async (request, passOn) => {
    const answer = await honest(request, passOn)
    return request.method === 'eth_sendRawTransaction' ? { hangUp: true } : answer
  })
  const id = await send(wallet)
  shut(wallet)
  faulty.behave(honest)
  wallet = await open()
  await wallet.activityWith(id, ({ status }) => status === 'confirmed')
  expect(await reader().getBalance({ address: stranger })).toBe(parseEther('1'))
  // What the account was given before it was opened here may be found by now, too.
  const { items } = await wallet.activity.handlers.list({ limit: 50 })
  expect(items.filter(({ to }) => to === stranger)).toHaveLength(1)
})

test('a pending one is tracked again after a restart', async () => {
  await node().setAutomine(false)
  let wallet = await open()
  const id = await send(wallet)
  expect((await wallet.activity.handlers.list({ limit: 1 })).items).toMatchObject([{ id, status: 'pending' }])
  shut(wallet)
  await node().mine({ blocks: 1 })
  wallet = await open()
  const activity = await wallet.activityWith(id, ({ status }) => status === 'confirmed')
  expect(activity.receipt?.fee).toBeGreaterThan(0n)
})

test('one that a node dropped from its pool is brought on its way again', async () => {
  await node().setAutomine(false)
  const wallet = await open()
  const id = await send(wallet)
  const { transactionHash } = await wallet.activityWith(id, ({ status }) => status === 'pending')
  await node().request({ method: 'anvil_dropAllTransactions' as never, params: [] as never })
  await taken(transactionHash)
  await node().mine({ blocks: 1 })
  await wallet.activityWith(id, ({ status }) => status === 'confirmed')
})

/** Waits until the node holds a transaction: that it was asked to take it says nothing of when it does. */
async function taken(hash: Hash): Promise<void> {
  await expect
    .poll(() => reader().request({ method: 'eth_getTransactionByHash', params: [hash] }), { interval: 20 })
    .not.toBeNull()
}

test('a confirmed one whose block is undone is pending again, and confirmed anew', async () => {
  const wallet = await open()
  await node().mine({ blocks: 1 })
  const before = await node().snapshot()
  const id = await send(wallet)
  const first = await wallet.activityWith(id, ({ status }) => status === 'confirmed')
  await node().setAutomine(false)
  const mark = wallet.events.mark()
  await node().revert({ id: before })
  await wallet.events.find(
    (event) =>
      event.kind === 'activity' &&
      event.activity.id === id &&
      event.activity.status === 'pending' &&
      !event.activity.receipt,
    mark,
  )
  await taken(first.transactionHash)
  await node().mine({ blocks: 3 })
  const again = await wallet.events.find(
    // What others sent is told of too.
    (event) => event.kind === 'activity' && event.activity.id === id && event.activity.status === 'confirmed',
    mark,
  )
  expect(again.kind === 'activity' && again.activity.transactionHash).toBe(first.transactionHash)
  expect(await reader().getBalance({ address: stranger })).toBe(parseEther('1'))
})

test('what was signed for a practice chain that began anew meanwhile is not sent to the new one', async () => {
  await node().mine({ blocks: 1 })
  let wallet = await open()
  const before = await node().snapshot()
  // The block that the transfers build on, which the new chain will not have.
  await node().mine({ blocks: 1 })
  await wallet.events.find((event) => event.kind === 'status' && event.status.health === 'ok')
  const head = await reader().getBlockNumber()
  await wallet.events.find((event) => event.kind === 'status' && event.status.blockNumber === head)
  const confirmed = await send(wallet)
  await wallet.activityWith(confirmed, ({ status }) => status === 'confirmed')
  faulty.behave((request, passOn) =>
    request.method === 'eth_sendRawTransaction' ? { hangUp: true } : honest(request, passOn),
  )
  const signed = await send(wallet)
  shut(wallet)
  await node().revert({ id: before })
  await node().increaseTime({ seconds: 60 })
  await node().mine({ blocks: 1 })
  faulty.behave(honest)
  wallet = await open()
  for (const id of [confirmed, signed]) {
    const activity = await wallet.activityWith(id, ({ status }) => status === 'unsent')
    expect(activity.failureReason).toBe('The practice chain was started anew')
  }
  expect(await reader().getBalance({ address: stranger })).toBe(0n)
  // Until it is in its block: a chain that is put back while it makes one contradicts itself from then on.
  const sent = await send(wallet)
  await wallet.activityWith(sent, ({ status }) => status === 'confirmed')
})

test('one whose nonce another transaction took is replaced', async () => {
  await node().setAutomine(false)
  const wallet = await open()
  const id = await send(wallet)
  const [pending] = (await wallet.activity.handlers.list({ limit: 1 })).items
  const elsewhere = createWalletClient({ account: practice, chain: foundry, transport: http(chain.rpcUrl) })
  await elsewhere.sendTransaction({
    to: stranger,
    value: 5n,
    gas: 21_000n,
    nonce: pending?.nonce ?? 0,
    maxFeePerGas: parseEther('0.000001'),
    maxPriorityFeePerGas: parseEther('0.0000005'),
  })
  await node().mine({ blocks: 1 })
  const replaced = await wallet.activityWith(id, ({ status }) => status === 'replaced')
  expect(replaced.receipt).toBeUndefined()
  expect(await reader().getBalance({ address: stranger })).toBe(5n)
})

test('one that fails on chain says why', async () => {
  const token = usdc()
  await node().setAutomine(false)
  const wallet = await open()
  const id = await send(wallet, token, '12500')
  // Another transaction of the account gets ahead of it: by the time it executes, the tokens are gone.
  const { address } = token
  if (address === 'native') throw new Error('Not a token')
  await node().request({
    method: 'anvil_dealERC20' as never,
    params: [practice.address, address, '0x1'] as never,
  })
  await node().mine({ blocks: 1 })
  const failed = await wallet.activityWith(id, ({ status }) => status === 'failed')
  expect(failed.failureReason).toBeTruthy()
  expect(failed.receipt?.fee).toBeGreaterThan(0n)
  expect(
    await reader().readContract({ abi: erc20Abi, address, functionName: 'balanceOf', args: [stranger] }),
  ).toBe(0n)
})

test('one that the node refuses is unsent, says why, and leaves its nonce free', async () => {
  const wallet = await open()
  faulty.behave((request, passOn) =>
    request.method === 'eth_sendRawTransaction'
      ? { error: { code: -32000, message: 'insufficient funds for gas * price + value' } }
      : honest(request, passOn),
  )
  await expect(send(wallet)).rejects.toMatchObject({ code: 'transfer.broadcastFailed' })
  const [unsent] = (await wallet.activity.handlers.list({ limit: 1 })).items
  expect(unsent).toMatchObject({
    status: 'unsent',
    failureReason: 'insufficient funds for gas * price + value',
  })
  faulty.behave(honest)
  const id = await send(wallet)
  const sent = await wallet.activityWith(id, ({ status }) => status === 'confirmed')
  expect(sent.nonce).toBe(unsent?.nonce)
})

test('lists newest first, page by page, and only for an open vault', async () => {
  const wallet = await open()
  const ids: string[] = []
  for (let count = 0; count < 5; count += 1) ids.unshift(await send(wallet))
  const page = await wallet.activity.handlers.list({ kinds: ['send'], limit: 3 })
  const rest = await wallet.activity.handlers.list({
    kinds: ['send'],
    limit: 3,
    cursor: page.nextCursor ?? '',
  })
  expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual(ids)
  expect(rest.nextCursor).toBeUndefined()
  wallet.lock.isLocked = true
  await expect(
    Promise.resolve(wallet.activity.handlers.list({ kinds: ['send'], limit: 3 })),
  ).rejects.toMatchObject({
    code: 'vault.locked',
  })
})
