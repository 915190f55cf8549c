import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestClient, http, parseEther, toFunctionSelector } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startDevnet } from '../../../../devnet/builder/startDevnet.ts'
import { type AccountRole, accountOf, type LocalChain, startChain } from '../../../../devnet/index.ts'
import type { Portfolio } from '../../../shared/contract/portfolio.ts'
import type { Address } from '../../../shared/identity/identity.ts'
import type { ChainDefinition } from '../../capabilities/chains/chains.ports.ts'
import { parseChainManifest } from './readChainManifest.ts'
import { openWallet, type TestWallet } from './testing/openWallet.ts'
import { type FaultyNode, honest, startFaultyNode } from './testing/startFaultyNode.ts'

const roles: AccountRole[] = ['practice', 'friend', 'traderOne', 'lapsedInvestor', 'outsider']
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
  folder = mkdtempSync(join(tmpdir(), 'minato-portfolio-'))
  faulty = await startFaultyNode(chain.rpcUrl)
  snapshot = await node().snapshot()
})
afterEach(async () => {
  for (const wallet of opened.splice(0)) {
    wallet.close()
    expect(wallet.bugs).toEqual([])
  }
  await faulty.stop()
  await node().revert({ id: snapshot })
  rmSync(folder, { recursive: true, force: true })
})

const node = () => createTestClient({ chain: foundry, mode: 'anvil', transport: http(chain.rpcUrl) })

function definition(changes: Partial<ChainDefinition> = {}): ChainDefinition {
  return { ...parseChainManifest({ ...chain.manifest, rpcUrls: [faulty.url] }).definition, ...changes }
}

function open(changes: Partial<ChainDefinition> = {}): TestWallet {
  const wallet = openWallet({
    definitions: [definition(changes)],
    signers: roles.map(accountOf),
    databasePath: join(folder, 'minato.db'),
    timeoutMs: 1000,
  })
  opened.push(wallet)
  return wallet
}

const unitsOf = (portfolio: Portfolio, symbol: string, owner: Address) =>
  portfolio.chains[0]?.balances.find(({ token, accountId }) => token.symbol === symbol && accountId === owner)
    ?.units

test('reads every token of every account in a handful of requests', async () => {
  const wallet = open()
  await wallet.start()
  const portfolio = await wallet.portfolio.get()
  const practice = accountOf('practice').address
  expect(unitsOf(portfolio, 'ETH', practice)).toBe(parseEther('25'))
  expect(unitsOf(portfolio, 'USDT', practice)).toBe(6_000_000_000n)
  expect(unitsOf(portfolio, 'USDC', accountOf('lapsedInvestor').address)).toBe(1_000_000_000n)
  const outsider = portfolio.chains[0]?.balances.filter(
    ({ accountId }) => accountId === accountOf('outsider').address,
  )
  expect(outsider?.map(({ token }) => token.symbol)).toEqual(['ETH'])
  expect(portfolio.failures).toEqual([])
  // Also where the first head brings another reading at the same block; requests of the history are not the portfolio's.
  await wallet.portfolio.refresh()
  const calls = new Set(
    faulty.requests
      .filter(({ method }) => method === 'eth_call')
      .map(({ params: [call] }) => (call as { data: string }).data),
  )
  const asking = (signature: string) =>
    [...calls].filter((data) => data.includes(toFunctionSelector(signature).slice(2)))
  expect(asking('balanceOf(address)')).toHaveLength(1)
  // Of all tokens in one request, then only of the one that has a multiplier.
  const share = definition().tokens.find(({ symbol }) => symbol === 'HKTR')?.ref.address ?? ''
  const ofShare = asking('uiMultiplier()').filter((data) => data.includes(share.slice(2).toLowerCase()))
  expect(ofShare).toHaveLength(2)
})

test('one and the same with and without Multicall3', async () => {
  const wallet = open()
  await wallet.start()
  const withIt = await wallet.portfolio.get()
  const { multicall3: _, ...without } = definition()
  const plain = openWallet({ definitions: [without], signers: roles.map(accountOf) })
  opened.push(plain)
  await plain.start()
  const withoutIt = await plain.portfolio.get()
  expect(withoutIt.chains[0]?.balances).toEqual(withIt.chains[0]?.balances)
})

test('a token that burns all gas, one that answers nonsense and one that is no contract spoil only themselves', async () => {
  const gasBurner = '0x00000000000000000000000000000000000ba5e1' as Address
  const shortAnswer = '0x00000000000000000000000000000000000ba5e2' as Address
  const bomb = '0x00000000000000000000000000000000000ba5e3' as Address
  const nothing = '0x00000000000000000000000000000000000ba5e4' as Address
  // JUMPDEST, PUSH1 0, JUMP: for ever.
  await node().setCode({ address: gasBurner, bytecode: '0x5b600056' })
  // One byte instead of a word.
  await node().setCode({ address: shortAnswer, bytecode: '0x60016000f3' })
  // Nine megabytes of zeros.
  await node().setCode({ address: bomb, bytecode: '0x628954406000f3' })
  await node().mine({ blocks: 1 })
  const { tokens } = definition()
  const hostile = [gasBurner, shortAnswer, bomb, nothing].map((address, index) => ({
    ref: { chainId: definition().chainId, address },
    symbol: `BAD${index}`,
    name: `Bad ${index}`,
    decimals: 18,
    assetClass: 'token' as const,
  }))
  const wallet = open({ tokens: [...hostile, ...tokens] })
  await wallet.start()
  const portfolio = await wallet.portfolio.get()
  expect(portfolio.failures).toEqual([])
  const symbols = new Set(portfolio.chains[0]?.balances.map(({ token }) => token.symbol))
  expect([...symbols].filter((symbol) => symbol.startsWith('BAD'))).toEqual([])
  expect(unitsOf(portfolio, 'USDT', accountOf('practice').address)).toBe(6_000_000_000n)
})

test('changes are told when something changed, and only then', async () => {
  const wallet = open()
  await wallet.start()
  await wallet.events.find((event) => event.kind === 'status' && event.status.health === 'ok')
  const mark = wallet.events.mark()
  await node().mine({ blocks: 1 })
  await newHead(wallet)
  expect(wallet.events.entries.slice(mark).filter(({ kind }) => kind === 'portfolio')).toEqual([])
  await node().setBalance({ address: accountOf('friend').address, value: 77n })
  await node().mine({ blocks: 1 })
  // Before its block the new balance cannot be proven, and may be told as a contradiction.
  await wallet.events.find(
    (event) =>
      event.kind === 'portfolio' &&
      event.portfolio.failures.length === 0 &&
      unitsOf(event.portfolio, 'ETH', accountOf('friend').address) === 77n,
    mark,
  )
})

function newHead(wallet: TestWallet): Promise<{ number: bigint }> {
  return new Promise((resolve) => {
    const end = wallet.chains.subscribeHeads((head) => {
      end()
      resolve(head)
    })
  })
}

test('a chain that is down keeps its last balances and says so, until it answers again', async () => {
  const wallet = open()
  await wallet.start()
  await wallet.events.find((event) => event.kind === 'status' && event.status.health === 'ok')
  faulty.behave(() => ({ hangUp: true }))
  const down = await wallet.events.find(
    (event) => event.kind === 'portfolio' && event.portfolio.failures.length > 0,
  )
  if (down.kind !== 'portfolio') throw new Error('Another event')
  expect(down.portfolio.failures).toMatchObject([{ chainId: 31337, error: { code: 'chain.unreachable' } }])
  expect(unitsOf(down.portfolio, 'ETH', accountOf('practice').address)).toBe(parseEther('25'))
  const mark = wallet.events.mark()
  faulty.behave(honest)
  const back = await wallet.events.find((event) => event.kind === 'portfolio', mark)
  expect(back.kind === 'portfolio' && back.portfolio.failures).toEqual([])
})

test('after a restart the last known balances are there before any node has answered', async () => {
  const wallet = open()
  await wallet.start()
  wallet.close()
  opened.pop()
  faulty.behave(() => ({ hangUp: true }))
  const again = open()
  const started = again.start()
  const first = await again.events.find((event) => event.kind === 'portfolio')
  if (first.kind !== 'portfolio') throw new Error('Another event')
  expect(unitsOf(first.portfolio, 'USDT', accountOf('practice').address)).toBe(6_000_000_000n)
  await started
})

test('nothing is read or shown while the vault is locked', async () => {
  const wallet = open()
  await wallet.start()
  wallet.lock.isLocked = true
  wallet.stop()
  await expect(Promise.resolve(wallet.portfolio.get())).rejects.toMatchObject({ code: 'vault.locked' })
  const mark = wallet.events.mark()
  const askThrough = () =>
    createTestClient({ chain: foundry, mode: 'anvil', transport: http(faulty.url) }).getAutomine()
  await askThrough()
  const asked = faulty.requests.length
  await node().mine({ blocks: 2 })
  await wallet.chains.setEnabled({ chainId: definition().chainId, enabled: false })
  await wallet.chains.setEnabled({ chainId: definition().chainId, enabled: true })
  await askThrough()
  expect(faulty.requests.length).toBe(asked + 1)
  expect(wallet.events.entries.slice(mark).filter(({ kind }) => kind === 'portfolio')).toEqual([])
  wallet.lock.isLocked = false
  await wallet.start()
  expect((await wallet.portfolio.get()).chains).toHaveLength(1)
})

test('a chain that is switched off disappears, and comes back', async () => {
  const wallet = open()
  await wallet.start()
  const { chainId } = definition()
  const mark = wallet.events.mark()
  wallet.chains.setEnabled({ chainId, enabled: false })
  expect((await wallet.portfolio.get()).chains).toEqual([])
  wallet.chains.setEnabled({ chainId, enabled: true })
  await wallet.events.find((event) => event.kind === 'portfolio' && event.portfolio.chains.length === 1, mark)
})

test('own nodes are proven before they are taken, kept over restarts, and given up for the defaults', async () => {
  const wallet = open()
  const { chainId } = definition()
  await expect(wallet.chains.setRpcUrls({ chainId, rpcUrls: ['http://127.0.0.1:1'] })).rejects.toMatchObject({
    code: 'chain.unreachable',
  })
  expect((await wallet.chains.list())[0]?.rpcUrls).toEqual([faulty.url])
  await wallet.chains.setRpcUrls({ chainId, rpcUrls: [chain.rpcUrl] })
  wallet.close()
  opened.pop()
  const again = open()
  expect((await again.chains.list())[0]?.rpcUrls).toEqual([chain.rpcUrl])
  const asked = faulty.requests.length
  await again.start()
  expect((await again.portfolio.get()).chains).toHaveLength(1)
  expect(faulty.requests.length).toBe(asked)
  await again.chains.setRpcUrls({ chainId, rpcUrls: [] })
  expect((await again.chains.list())[0]?.rpcUrls).toEqual([faulty.url])
})

test('the faucet of the local chain fills an own account, and its refusal is told', async () => {
  const devnet = await startDevnet({ blockTimeMs: 200 })
  const newcomer = privateKeyToAccount(generatePrivateKey())
  const wallet = openWallet({
    definitions: [parseChainManifest(devnet.manifest).definition],
    signers: [newcomer],
  })
  opened.push(wallet)
  try {
    await wallet.start()
    const [account] = wallet.accounts
    if (!account) throw new Error('No account')
    const ask = () =>
      wallet.chains.requestPracticeFunds({ chainId: definition().chainId, accountId: account.id })
    const { transactionHashes } = await ask()
    expect(transactionHashes.length).toBeGreaterThan(3)
    await wallet.events.find(
      (event) =>
        event.kind === 'portfolio' && (unitsOf(event.portfolio, 'USDC', newcomer.address) ?? 0n) > 0n,
    )
    await expect(ask()).rejects.toMatchObject({ code: 'chain.faucetRefused' })
    const { previewId } = await wallet.transfers.preview({
      accountId: account.id,
      token: { chainId: definition().chainId, address: 'native' },
      amount: '0.1',
      recipient: 'hana.eth',
      speed: 'normal',
    })
    const sent = await wallet.transfers.send({ previewId })
    if (sent.status !== 'sent') throw new Error('rejected')
    await wallet.activityWith(sent.activityId, ({ receipt }) => (receipt?.confirmations ?? 0) >= 3)
  } finally {
    wallet.stop()
    await devnet.stop()
  }
})

test('a chain without a faucet says so', async () => {
  const wallet = open()
  const [account] = wallet.accounts
  if (!account) throw new Error('No account')
  await expect(
    wallet.chains.requestPracticeFunds({ chainId: definition().chainId, accountId: account.id }),
  ).rejects.toMatchObject({ code: 'chain.noFaucet' })
})
