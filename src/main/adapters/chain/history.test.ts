import {
  createTestClient,
  createWalletClient,
  encodeFunctionData,
  erc20Abi,
  getAddress,
  http,
  parseEther,
} from 'viem'
import { foundry } from 'viem/chains'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accountOf, type LocalChain, startChain } from '../../../../devnet/index.ts'
import type { Activity } from '../../../shared/contract/activity.ts'
import type { AccountId, TokenRef } from '../../../shared/identity/identity.ts'
import { parseChainManifest } from './readChainManifest.ts'
import { openWallet, type TestWallet } from './testing/openWallet.ts'

const practice = accountOf('practice')
const friend = accountOf('friend')
const practiceId = practice.address as string as AccountId
const native = { chainId: 31337, address: 'native' } as TokenRef
let chain: LocalChain
let snapshot: `0x${string}`
let wallet: TestWallet

beforeAll(async () => {
  chain = await startChain({ mining: 'auto' })
})
afterAll(() => chain?.stop())
beforeEach(async () => {
  snapshot = await node().snapshot()
  wallet = openWallet({
    definitions: [parseChainManifest(chain.manifest).definition],
    signers: [practice],
  })
  await wallet.start()
  // Until the balance before is known, nobody can tell that it changed.
  await wallet.historyReaches()
})
afterEach(async () => {
  wallet.close()
  expect(wallet.bugs).toEqual([])
  await node().setAutomine(true)
  await node().revert({ id: snapshot })
})

const node = () => createTestClient({ chain: foundry, mode: 'anvil', transport: http(chain.rpcUrl) })
const friendly = () => createWalletClient({ account: friend, chain: foundry, transport: http(chain.rpcUrl) })

function usdc() {
  const token = chain.manifest.tokenList.tokens.find(({ symbol }) => symbol === 'USDC')
  if (!token) throw new Error('No USDC on the local chain')
  return token.address
}
const isKnown = async (hash: `0x${string}`) =>
  (await node().request({ method: 'eth_getTransactionByHash', params: [hash] } as never)) !== null
const found = async (matches: (activity: Activity) => boolean, mark = 0): Promise<Activity> => {
  const event = await wallet.events.find(
    (entry) => entry.kind === 'activity' && matches(entry.activity),
    mark,
  )
  if (event.kind !== 'activity') throw new Error('Another event than was asked for')
  return event.activity
}

describe('what others send', () => {
  test('a token is seen with who sent it, and costs nothing', async () => {
    const hash = await friendly().writeContract({
      address: usdc(),
      abi: erc20Abi,
      functionName: 'transfer',
      args: [practice.address, 25_000_000n],
    })
    const activity = await found(({ transactionHash }) => transactionHash === hash)
    expect(activity).toMatchObject({
      kind: 'receive',
      status: 'confirmed',
      observed: true,
      units: 25_000_000n,
      token: { symbol: 'USDC' },
      receipt: { fee: 0n },
    })
    expect(getAddress(activity.from)).toBe(friend.address)
    const { items } = await wallet.handlers.activity.list({ search: 'USDC', kinds: ['receive'], limit: 5 })
    expect(items).toContainEqual(activity)
  })

  test('coin leaves no log and is seen all the same, also from inside a contract', async () => {
    const direct = await friendly().sendTransaction({ to: practice.address, value: parseEther('2') })
    expect(await found(({ transactionHash }) => transactionHash === direct)).toMatchObject({
      kind: 'receive',
      units: parseEther('2'),
      token: { symbol: 'ETH' },
    })
    const multicall = chain.manifest.contracts.multicall3 ?? practice.address
    const inner = await friendly().sendTransaction({
      to: multicall,
      value: parseEther('3'),
      data: encodeFunctionData({
        abi: [
          {
            type: 'function',
            name: 'aggregate3Value',
            stateMutability: 'payable',
            inputs: [
              {
                name: 'calls',
                type: 'tuple[]',
                components: [
                  { name: 'target', type: 'address' },
                  { name: 'allowFailure', type: 'bool' },
                  { name: 'value', type: 'uint256' },
                  { name: 'callData', type: 'bytes' },
                ],
              },
            ],
            outputs: [],
          },
        ],
        functionName: 'aggregate3Value',
        args: [[{ target: practice.address, allowFailure: false, value: parseEther('3'), callData: '0x' }]],
      }),
    })
    const activity = await found(({ transactionHash }) => transactionHash === inner)
    expect(activity).toMatchObject({ kind: 'receive', units: parseEther('3') })
    expect(getAddress(activity.from)).toBe(getAddress(multicall))
  })

  test('a payment that a reorganisation undoes is told as dropped, and as confirmed when it comes back', async () => {
    const before = await node().snapshot()
    const hash = await friendly().sendTransaction({ to: practice.address, value: parseEther('2') })
    const seen = await found(({ transactionHash }) => transactionHash === hash)
    const raw = await friendly().prepareTransactionRequest({ to: practice.address, value: parseEther('2') })
    let mark = wallet.events.mark()
    await node().revert({ id: before })
    await node().mine({ blocks: 3 })
    const dropped = await found(({ id, status }) => id === seen.id && status === 'dropped', mark)
    expect(dropped.receipt).toBeUndefined()
    mark = wallet.events.mark()
    const again = await friendly().sendTransaction({
      to: practice.address,
      value: parseEther('2'),
      gas: raw.gas,
      maxFeePerGas: raw.maxFeePerGas,
      maxPriorityFeePerGas: raw.maxPriorityFeePerGas,
      nonce: raw.nonce - 1,
    })
    const back = await found(
      ({ transactionHash, status }) => transactionHash === again && status === 'confirmed',
      mark,
    )
    expect(back.receipt?.blockNumber).toBeGreaterThan(0n)
  })

  test('a transfer of nothing in the account’s name is kept apart', async () => {
    // The seeded chain has a token already that borrows a known name.
    const { count } = await wallet.handlers.activity.countSuspicious({})
    const hash = await friendly().writeContract({
      address: usdc(),
      abi: erc20Abi,
      functionName: 'transferFrom',
      args: [practice.address, getAddress('0x00000000000000000000000000000000c0ffee01'), 0n],
    })
    expect(await found(({ transactionHash }) => transactionHash === hash)).toMatchObject({
      kind: 'send',
      suspicion: 'zeroValue',
    })
    const { items } = await wallet.handlers.activity.list({ limit: 200 })
    expect(items.some(({ transactionHash }) => transactionHash === hash)).toBe(false)
    expect(await wallet.handlers.activity.countSuspicious({})).toEqual({ count: count + 1 })
  })
})

describe('what the same key did elsewhere', () => {
  test('is told as its own, with its fee', async () => {
    const elsewhere = createWalletClient({ account: practice, chain: foundry, transport: http(chain.rpcUrl) })
    const hash = await elsewhere.writeContract({
      address: usdc(),
      abi: erc20Abi,
      functionName: 'approve',
      args: [friend.address, 7n],
    })
    const activity = await found(({ transactionHash }) => transactionHash === hash)
    expect(activity).toMatchObject({ kind: 'approve', units: 7n, observed: true })
    expect(activity.receipt?.fee).toBeGreaterThan(0n)
    expect(activity.nonce).toBeGreaterThanOrEqual(0)
  })
})

describe('what waits for a block', () => {
  const send = async (amount = '1') => {
    const { previewId } = await wallet.transfers.preview({
      accountId: practiceId,
      token: native,
      amount,
      recipient: friend.address,
      speed: 'slow',
    })
    const outcome = await wallet.transfers.send({ previewId })
    if (outcome.status !== 'sent') throw new Error('rejected')
    return outcome.activityId
  }
  const replace = async (kind: 'speedUp' | 'cancel', activityId: string) => {
    const preview = await wallet.handlers.activity.previewReplacement({ kind, activityId, speed: 'fast' })
    const outcome = await wallet.handlers.activity.replace({ previewId: preview.previewId })
    if (outcome.status !== 'sent') throw new Error('rejected')
    return { preview, id: outcome.activityId }
  }

  test('is sped up: the same, once, for a higher fee', async () => {
    await node().setAutomine(false)
    const first = await send()
    await wallet.activityWith(first, ({ status }) => status === 'pending')
    const { preview, id } = await replace('speedUp', first)
    expect(preview.fee.maximum).toBeGreaterThan(preview.replacedMaximum ?? 0n)
    await node().mine({ blocks: 1 })
    const mined = await wallet.activityWith(id, ({ status }) => status === 'confirmed')
    expect(mined).toMatchObject({ kind: 'send', replaces: first, units: parseEther('1') })
    await wallet.activityWith(first, ({ status }) => status === 'replaced')
  })

  test('is cancelled: nothing takes its place', async () => {
    await node().setAutomine(false)
    const first = await send()
    await wallet.activityWith(first, ({ status }) => status === 'pending')
    const { id } = await replace('cancel', first)
    await node().mine({ blocks: 1 })
    const mined = await wallet.activityWith(id, ({ status }) => status === 'confirmed')
    expect(mined).toMatchObject({ kind: 'cancel', units: 0n, to: practice.address })
    await wallet.activityWith(first, ({ status }) => status === 'replaced')
    await expect(
      wallet.handlers.activity.previewReplacement({ kind: 'cancel', activityId: first, speed: 'fast' }),
    ).rejects.toMatchObject({ code: 'activity.notReplaceable', params: { reason: 'settled' } })
  })

  test('a number that nobody uses is found, and filled', async () => {
    await node().setAutomine(false)
    const first = await send()
    const second = await send('2')
    const { transactionHash, nonce } = await wallet.activityWith(first, ({ status }) => status === 'pending')
    const waiting = await wallet.activityWith(second, ({ status }) => status === 'pending')
    // The node forgets the first, and the record gives it up: the second waits for a number that nobody uses.
    await node().dropTransaction({ hash: transactionHash })
    wallet.giveUp(first)
    expect(await wallet.handlers.activity.listNonceGaps(undefined)).toEqual([
      { chainId: 31337, accountId: practiceId, nonce, waiting: 1 },
    ])
    const preview = await wallet.handlers.activity.previewReplacement({
      kind: 'fill',
      chainId: native.chainId,
      accountId: practiceId,
      nonce: nonce ?? 0,
      speed: 'fast',
    })
    await wallet.handlers.activity.replace({ previewId: preview.previewId })
    // The node may have dropped what it could not connect; the wallet brings it on its way again.
    await expect.poll(() => isKnown(waiting.transactionHash), { timeout: 30_000 }).toBe(true)
    await node().mine({ blocks: 2 })
    await wallet.activityWith(second, ({ status }) => status === 'confirmed')
    expect(await wallet.handlers.activity.listNonceGaps(undefined)).toEqual([])
  })
})
