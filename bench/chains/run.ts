import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { getAddress, pad, toHex } from 'viem'
import { createBalanceReader } from '../../src/main/adapters/chain/createBalanceReader.ts'
import { createFaucet } from '../../src/main/adapters/chain/createFaucet.ts'
import { createNodeNetwork } from '../../src/main/adapters/chain/createNodeNetwork.ts'
import { createReceivedTokenReader } from '../../src/main/adapters/chain/createReceivedTokenReader.ts'
import { createTokenMetadataReader } from '../../src/main/adapters/chain/createTokenMetadataReader.ts'
import { createTokenScaleReader } from '../../src/main/adapters/chain/createTokenScaleReader.ts'
import { createBalanceStore } from '../../src/main/adapters/storage/createBalanceStore.ts'
import { createChainSettingsStore } from '../../src/main/adapters/storage/createChainSettingsStore.ts'
import { createFoundTokenStore } from '../../src/main/adapters/storage/createFoundTokenStore.ts'
import { createOwnChainStore } from '../../src/main/adapters/storage/createOwnChainStore.ts'
import { createTokenMetadataStore } from '../../src/main/adapters/storage/createTokenMetadataStore.ts'
import { createTokenScaleStore } from '../../src/main/adapters/storage/createTokenScaleStore.ts'
import { openDatabase } from '../../src/main/adapters/storage/openDatabase.ts'
import { monotonicMs, nowMs } from '../../src/main/adapters/system/clock.ts'
import { schedule } from '../../src/main/adapters/system/schedule.ts'
import { type ChainDefinition, createChainsService } from '../../src/main/capabilities/chains/index.ts'
import { createPortfolioService } from '../../src/main/capabilities/portfolio/index.ts'
import {
  createTokenDiscovery,
  createTokenScales,
  createTokensService,
} from '../../src/main/capabilities/tokens/index.ts'
import type { Account } from '../../src/shared/contract/vault.ts'
import type { AccountId, ChainId, WalletId } from '../../src/shared/identity/identity.ts'
import { type SyntheticNode, startSyntheticNode } from './startSyntheticNode.ts'

/**
 * What the app asks of nodes for 5 accounts, 100 tokens and 3 chains: at the first look, at every block after it, and what it holds of the memory
 * after a day of blocks. Prints a table and writes results.json beside this file.
 */
const accountCount = 5
const tokenCount = 100
const chainIds = [1_001, 1_002, 1_003]
const secondsPerBlock = 60
const blocksOfADay = 86_400 / secondsPerBlock

const folder = mkdtempSync(join(tmpdir(), 'minato-bench-'))
const nodes = await Promise.all(chainIds.map((chainId) => startSyntheticNode(chainId, secondsPerBlock)))
const figures: Record<string, number> = {}

const address = (number: number) => getAddress(pad(toHex(number), { size: 20 }))
const accounts = Array.from(
  { length: accountCount },
  (_, index): Account => ({
    id: `account-${index}` as AccountId,
    walletId: 'wallet' as WalletId,
    address: address(0xacc_000 + index),
    name: `Account ${index + 1}`,
    path: '',
  }),
)
const definitions = chainIds.map((id, place): ChainDefinition => {
  const chainId = id as ChainId
  return {
    chainId,
    name: `Chain ${id}`,
    kind: 'practice',
    nativeToken: {
      ref: { chainId, address: 'native' },
      symbol: 'ETH',
      name: 'Ether',
      decimals: 18,
      assetClass: 'coin',
      source: 'native',
    },
    defaultRpcUrls: [nodes[place]?.url ?? ''],
    blockTimeSeconds: secondsPerBlock,
    hasSteadyBlocks: false,
    // Numbers alone are measured here: the node's blocks are invented, and could not be proven.
    hasStandardHeaders: false,
    enabledByDefault: true,
    multicall3: '0xcA11bde05977b3631167028862bE2a173976CA11',
    minimumPriorityFeePerGas: 0n,
    tokens: Array.from({ length: tokenCount }, (_, index) => ({
      ref: { chainId, address: address(0x70_000 + index * 37) },
      symbol: `T${index}`,
      name: `Token ${index}`,
      decimals: 18,
      assetClass: 'token' as const,
    })),
  }
})

function open() {
  const database = openDatabase(join(folder, 'minato.sqlite'), nowMs)
  const onBug = (thrown: unknown) => {
    throw thrown
  }
  // A day of blocks must pass in minutes: what waits, waits a fiftieth.
  const hurry: typeof schedule = (callback, delayMs) => schedule(callback, delayMs / 50)
  const network = createNodeNetwork({ definitions, nowMs, monotonicMs, schedule: hurry, onBug })
  const directory = { listAccounts: async () => accounts }
  const chains = createChainsService({
    definitions,
    network,
    store: createChainSettingsStore(database),
    ownChains: createOwnChainStore(database),
    faucet: createFaucet(network),
    accounts: directory,
    onDefinitionsChanged() {},
    onListChanged() {},
    onStatusChanged() {},
  })
  const scales = createTokenScales({
    reader: createTokenScaleReader(network),
    store: createTokenScaleStore(database),
    onChanged() {},
  })
  const tokens = createTokensService({
    chains,
    scales,
    reader: createTokenMetadataReader(network),
    store: createTokenMetadataStore(database),
  })
  const discovery = createTokenDiscovery({
    chains,
    accounts: directory,
    tokens,
    reader: createReceivedTokenReader(network),
    trial: { canBeSold: async () => undefined },
    store: createFoundTokenStore(database),
    nowMs,
    onChanged() {},
    onBug,
  })
  let onPainted: (count: number) => void = () => {}
  const portfolio = createPortfolioService({
    chains,
    tokens,
    scales,
    accounts: directory,
    reader: createBalanceReader(network),
    store: createBalanceStore(database),
    schedule,
    onChanged: ({ chains: read }) => onPainted(read.reduce((sum, { balances }) => sum + balances.length, 0)),
    onBug,
  })
  return {
    chains,
    start() {
      discovery.start()
      const first = portfolio.start()
      chains.start()
      return first
    },
    painted: () =>
      new Promise<number>((resolve) => {
        onPainted = resolve
      }),
    async close() {
      chains.stop()
      discovery.stop()
      portfolio.stop()
      network.close()
      // What is under way ends with its connection, and must find the database open.
      await new Promise((resolve) => setTimeout(resolve, 300))
      database.close()
    },
  }
}

const sum = (of: (node: SyntheticNode) => number) => nodes.reduce((total, node) => total + of(node), 0)
const callsOf = () => sum(({ calls }) => [...calls.values()].reduce((a, b) => a + b, 0))
const pollsOf = () => sum(({ calls }) => calls.get('eth_blockNumber') ?? 0)
const bytesOf = () => sum(({ bytes }) => bytes.sent + bytes.received)
const resetCounts = () => {
  for (const node of nodes) node.resetCounts()
}
const settled = async (wallet: ReturnType<typeof open>, height: bigint) => {
  const isThere = () => chainIds.every((id) => wallet.chains.getStatus(id as ChainId).blockNumber === height)
  while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 20))
}

const cold = open()
await cold.start()
await settled(cold, 1_000n)
figures.coldCalls = callsOf() - pollsOf()
figures.coldKilobytes = bytesOf() / 1_000

let height = 1_000n
async function pass(wallet: ReturnType<typeof open>, blocks: number): Promise<void> {
  for (let block = 0; block < blocks; block += 1) {
    for (const node of nodes) node.mine()
    height += 1n
    await settled(wallet, height)
  }
}

await pass(cold, 5)
resetCounts()
const measuredBlocks = 20
await pass(cold, measuredBlocks)
const blockCount = measuredBlocks * chainIds.length
figures.callsPerBlock = (callsOf() - pollsOf()) / blockCount
figures.kilobytesPerBlock = bytesOf() / 1_000 / blockCount

globalThis.gc?.()
const before = process.memoryUsage()
const hours = Number(process.argv[2] ?? 24)
await pass(cold, Math.round((blocksOfADay * hours) / 24))
globalThis.gc?.()
const after = process.memoryUsage()
figures.simulatedHours = hours
figures.heapBeforeMegabytes = before.heapUsed / 1e6
figures.heapAfterMegabytes = after.heapUsed / 1e6
figures.residentAfterMegabytes = after.rss / 1e6
await cold.close()

const timesMs: number[] = []
for (let round = 0; round < 9; round += 1) {
  const startedAtMs = performance.now()
  const wallet = open()
  const painted = wallet.painted()
  const started = wallet.start()
  const count = await painted
  timesMs.push(performance.now() - startedAtMs)
  if (count < accountCount * tokenCount * chainIds.length * 0.9) throw new Error(`Only ${count} balances`)
  await started
  await wallet.close()
}
figures.firstPaintMs = timesMs.sort((a, b) => a - b)[4] ?? Number.NaN

for (const node of nodes) await node.stop()
rmSync(folder, { recursive: true, force: true })

const rounded = Object.fromEntries(
  Object.entries(figures).map(([name, value]) => [name, Math.round(value * 100) / 100]),
)
const results = { node: process.version, cores: cpus().length, ...rounded }
console.table(results)
writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
