import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeFunctionData, parseAbi, parseEther } from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ACCOUNT_ADDRESSES, sendAs } from '../../../../devnet/index.ts'
import { setUpTestChain } from '../../../../devnet/testing/setUpTestChain.ts'
import type { TokenJudgement } from '../../../shared/contract/tokens.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, Address, ChainId, WalletId } from '../../../shared/identity/identity.ts'
import type { Head } from '../../capabilities/chains/index.ts'
import {
  createTokenDiscovery,
  createTokenListsService,
  createTokensService,
} from '../../capabilities/tokens/index.ts'
import { createFoundTokenStore } from '../storage/createFoundTokenStore.ts'
import { createTokenListStore } from '../storage/createTokenListStore.ts'
import { createTokenMetadataStore } from '../storage/createTokenMetadataStore.ts'
import { openDatabase } from '../storage/openDatabase.ts'
import { monotonicMs, nowMs } from '../system/clock.ts'
import { makeId } from '../system/makeId.ts'
import { schedule } from '../system/schedule.ts'
import { createTokenListSource } from '../tokenLists/createTokenListSource.ts'
import { createNodeNetwork } from './createNodeNetwork.ts'
import { createReceivedTokenReader } from './createReceivedTokenReader.ts'
import { createSaleTrial } from './createSaleTrial.ts'
import { createSwapNode } from './createSwapNode.ts'
import { createTokenMetadataReader } from './createTokenMetadataReader.ts'
import { createPoolReader } from './pools/createPoolReader.ts'
import { createVenueDirectory, parseLocalVenues } from './pools/loadSwapVenues.ts'
import { parseChainManifest } from './readChainManifest.ts'
import { createJournal } from './testing/createJournal.ts'

const chainId = 31337 as ChainId
const local = setUpTestChain()
const { practice, deployer } = ACCOUNT_ADDRESSES
const mintAbi = parseAbi(['function mint(address to, uint256 amount)'])
const database = openDatabase(':memory:', nowMs)
const closing: (() => void)[] = []
let server: Server
let served: string
let url: string

beforeEach(async () => {
  served = ''
  server = createServer((_request, response) => response.end(served))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.json`
})
afterEach(async () => {
  for (const close of closing.splice(0)) close()
  database.exec('DELETE FROM found_tokens; DELETE FROM token_searches; DELETE FROM token_lists')
  await new Promise((resolve) => server.close(resolve))
})

function open() {
  const { manifest } = local.chain
  const { definition } = parseChainManifest({ ...manifest, rpcUrls: [local.chain.rpcUrl] })
  const bugs: unknown[] = []
  const network = createNodeNetwork({
    definitions: [definition],
    nowMs,
    monotonicMs,
    schedule,
    onBug: (bug) => bugs.push(bug),
  })
  const chains = {
    getDefinition: () => definition,
    listAll: () => [definition],
    listEnabled: () => [definition],
  }
  const lists = createTokenListsService({
    chains,
    bundled: { name: 'Local', version: '1.0.0', writtenAt: '2026-01-01T00:00:00Z' },
    store: createTokenListStore(database),
    source: createTokenListSource(),
    nowMs,
    makeId,
    onChanged() {},
  })
  const tokens = createTokensService({
    scales: { confirm: async () => {} },
    chains,
    reader: createTokenMetadataReader(network),
    store: createTokenMetadataStore(database),
    lists,
  })
  const venues = parseLocalVenues(manifest)
  if (!venues) throw new Error('The local chain has no venues')
  const told = createJournal<TokenJudgement[]>()
  let tellHead: (head: Head) => void = () => {}
  const account: Account = {
    id: 'a' as AccountId,
    walletId: 'w' as WalletId,
    address: practice,
    name: 'Practice',
    path: '',
  }
  const discovery = createTokenDiscovery({
    chains: {
      ...chains,
      subscribeHeads(listener) {
        tellHead = listener
        return () => {}
      },
    },
    accounts: { listAccounts: async () => [account] },
    tokens,
    reader: createReceivedTokenReader(network),
    trial: createSaleTrial({
      network,
      venues: createVenueDirectory([venues]),
      pools: createPoolReader(network),
      node: createSwapNode(network),
    }),
    store: createFoundTokenStore(database),
    nowMs,
    onChanged: told.write,
    onBug: (bug) => bugs.push(bug),
  })
  closing.push(() => {
    discovery.stop()
    network.close()
    expect(bugs).toEqual([])
  })
  discovery.start()
  return {
    lists,
    tokens,
    discovery,
    told,
    async look() {
      const { number, hash, timestamp } = await local.client.getBlock()
      const mark = told.mark()
      tellHead({ chainId, number, hash, timestampMs: Number(timestamp) * 1000, isReorganised: false })
      return { judgements: () => told.find(() => true, mark) }
    },
  }
}

const give = (token: Address, units: bigint) =>
  sendAs(local.rpc, deployer, {
    to: token,
    data: encodeFunctionData({ abi: mintAbi, functionName: 'mint', args: [practice, units] }),
  })

test('what came unasked is found; imitations, gifts that lure and what cannot be sold are hidden, not deleted', async () => {
  await give(local.contract('hostileHoneypot'), parseEther('5'))
  await give(local.contract('hostileFeeOnTransfer'), parseEther('5'))
  const wallet = open()
  const { judgements } = await wallet.look()
  const bySymbol = new Map((await judgements()).map((judgement) => [judgement.token.symbol, judgement]))
  expect(bySymbol.get('USD\u0421')).toMatchObject({
    isHidden: true,
    reasons: ['imitation'],
    imitated: { symbol: 'USDC', source: 'list' },
  })
  expect(bySymbol.get('HONEY')).toMatchObject({ isHidden: true, reasons: ['unsellable'] })
  expect(bySymbol.get('STONE')).toMatchObject({ isHidden: true, reasons: ['unsellable'] })
  expect(bySymbol.get('TOLL')).toMatchObject({ isHidden: false, reasons: [] })
  // Listed tokens came too, and need no judgement.
  expect(bySymbol.has('USDC')).toBe(false)
  expect(wallet.discovery.listShown(chainId).map(({ symbol }) => symbol)).toEqual(['TOLL'])

  // The user decides otherwise, and it stays so after a restart.
  const honey = bySymbol.get('HONEY')
  if (!honey) throw new Error('not found')
  wallet.discovery.handlers.setHidden({ token: honey.token.ref, isHidden: false })
  const again = open()
  await (await again.look()).judgements()
  expect(
    again.discovery
      .listShown(chainId)
      .map(({ symbol }) => symbol)
      .sort(),
  ).toEqual(['HONEY', 'TOLL'])
})

const listOf = (tokens: unknown[], changes: object = {}) =>
  JSON.stringify({
    name: 'Friends\u202e of Honey',
    timestamp: '2026-05-01T12:00:00+00:00',
    version: { major: 3, minor: 1, patch: 4 },
    tokens,
    ...changes,
  })
const honeyEntry = () => ({
  chainId,
  address: local.contract('hostileHoneypot'),
  symbol: 'HNY',
  name: 'Honey by list',
  decimals: 6,
})

test('a list from an address names tokens, cannot pass one off for another, and is kept with its version', async () => {
  const { lists, tokens } = open()
  served = listOf([
    honeyEntry(),
    honeyEntry(),
    { ...honeyEntry(), address: `0x${'12'.repeat(20)}`, symbol: 'U\u0405DC' },
    { ...honeyEntry(), address: 'vitalik.eth' },
  ])
  const [, added] = await lists.handlers.addList({ origin: 'url', url })
  expect(added).toMatchObject({
    name: 'Friends of Honey',
    version: '3.1.4',
    url,
    tokenCount: 2,
    skipped: 2,
    imitations: 1,
  })
  const ref = { chainId, address: local.contract('hostileHoneypot') }
  // Amounts hang on the decimals: the contract's count.
  expect(await tokens.resolve(ref)).toMatchObject({ symbol: 'HNY', source: 'list', decimals: 18 })
  expect(tokens.find({ chainId, address: `0x${'12'.repeat(20)}` })).toBeUndefined()
  expect(tokens.listAll().some(({ symbol }) => symbol === 'HNY')).toBe(false)

  served = listOf([{ ...honeyEntry(), symbol: 'BEE' }], { version: { major: 4, minor: 0, patch: 0 } })
  const id = added?.id ?? ''
  expect((await lists.handlers.renewList({ id }))[1]).toMatchObject({ version: '4.0.0', tokenCount: 1 })
  const again = open()
  expect(again.tokens.find(ref)).toMatchObject({ symbol: 'BEE' })
  again.lists.handlers.setListEnabled({ id, isEnabled: false })
  expect(again.tokens.find(ref)).toBeUndefined()
  again.lists.handlers.removeList({ id })
  expect(open().lists.handlers.listLists(undefined)).toHaveLength(1)
})

test.each([
  ['no JSON', 'tokens', 'tokenList.invalid', 'json'],
  ['no version', JSON.stringify({ name: 'x', tokens: [{}] }), 'tokenList.invalid', 'version'],
  ['no token that is one', listOf([{}]), 'tokenList.invalid', 'tokens'],
  ['more tokens than the format allows', listOf(Array(10_001).fill({})), 'tokenList.invalid', 'tokens'],
])('pasted text with %s is refused with the reason', async (_name, text, code, reason) => {
  const { lists } = open()
  const failure = await Promise.resolve(lists.handlers.addList({ origin: 'pasted', text })).catch(
    (thrown: unknown) => thrown,
  )
  expect(failure).toBeInstanceOf(AppError)
  expect(failure).toMatchObject({ code, params: { reason } })
})

test('an address that is no list, or no safe one, is refused', async () => {
  const { lists } = open()
  const codeOf = async (address: string) => {
    try {
      await lists.handlers.addList({ origin: 'url', url: address })
      return 'added'
    } catch (thrown) {
      return thrown instanceof AppError ? `${thrown.code} ${thrown.params.reason}` : thrown
    }
  }
  expect(await codeOf('http://lists.example/list.json')).toBe('tokenList.unreachable address')
  expect(await codeOf('file:///etc/passwd')).toBe('tokenList.unreachable address')
  expect(await codeOf('http://127.0.0.1:1/')).toBe('tokenList.unreachable network')
  served = 'x'.repeat(4_100_000)
  expect(await codeOf(url)).toBe('tokenList.invalid size')
  expect(lists.handlers.listLists(undefined)).toHaveLength(1)
})
