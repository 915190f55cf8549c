import { describe, expect, it } from 'vitest'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type ChainId, chainIdSchema } from '../../../shared/identity/identity.ts'
import type { ChainDefinition, ChainSettings, OwnChainStore } from './chains.ports.ts'
import { createChainsService } from './chains.service.ts'

type OwnChain = ReturnType<OwnChainStore['readAll']>[number]

const mainnet = chainIdSchema.parse(1)
const base = chainIdSchema.parse(8_453)
const practice = chainIdSchema.parse(31_337)

function definitionOf(chainId: ChainId, kind: ChainDefinition['kind']): ChainDefinition {
  return {
    chainId,
    name: `Chain ${chainId}`,
    kind,
    nativeToken: {
      ref: { chainId, address: 'native' },
      symbol: 'ETH',
      name: 'Ether',
      decimals: 18,
      assetClass: 'coin',
      source: 'native',
    },
    defaultRpcUrls: ['https://default.example'],
    blockTimeSeconds: 12,
    hasSteadyBlocks: true,
    hasStandardHeaders: true,
    enabledByDefault: kind === 'practice',
    minimumPriorityFeePerGas: 0n,
    tokens: [],
  }
}

/** A machine: what it stores, and which nodes it uses and follows. */
function start(own = new Map<ChainId, OwnChain>()) {
  const stored = new Map<ChainId, ChainSettings>()
  const nodes = new Map<ChainId, readonly string[]>()
  const followed = new Set<ChainId>()
  const chains = createChainsService({
    definitions: [
      definitionOf(practice, 'practice'),
      definitionOf(mainnet, 'real'),
      definitionOf(base, 'real'),
    ],
    store: {
      read: (chainId) => stored.get(chainId) ?? {},
      write: (id, settings) => stored.set(id, settings),
    },
    network: {
      setRpcUrls(chainId, rpcUrls) {
        if (rpcUrls.some((url) => !url.startsWith('https:'))) throw new AppError('chain.invalidRpcUrl')
        nodes.set(chainId, rpcUrls)
      },
      probe: async () => {},
      examine: async () => ({ blockTimeSeconds: 2, hasSteadyBlocks: true, hasStandardHeaders: true }),
      add: ({ chainId, defaultRpcUrls }) => nodes.set(chainId, defaultRpcUrls),
      remove: (chainId) => nodes.delete(chainId),
      follow: (chainId) => followed.add(chainId),
      unfollow: (chainId) => followed.delete(chainId),
      getStatus: (chainId) => ({ chainId, health: 'connecting' }),
      listen: () => () => {},
    },
    ownChains: {
      readAll: () => [...own.values()],
      write: (fields, facts) => own.set(fields.chainId, { fields, facts }),
      remove: (chainId) => own.delete(chainId),
    },
    onDefinitionsChanged() {},
    faucet: { requestFunds: async () => [] },
    accounts: { listAccounts: async () => [] },
    onListChanged() {},
    onStatusChanged() {},
  })
  return { chains, stored, nodes, followed, own }
}

describe('what a backup keeps of the networks', () => {
  it('are the user’s own nodes and choices, which another machine takes over', async () => {
    const old = start()
    await old.chains.setEnabled({ chainId: mainnet, enabled: true })
    await old.chains.setRpcUrls({ chainId: mainnet, rpcUrls: ['https://own.example/key'] })
    await old.chains.setPrivateRpcUrl({ chainId: mainnet, url: 'https://private.example' })
    await old.chains.setEnabled({ chainId: practice, enabled: false })
    const exported: unknown = JSON.parse(JSON.stringify(old.chains.exportSettings()))

    const { chains, nodes, followed, stored } = start()
    chains.start()
    chains.restoreSettings(exported)
    expect(chains.list().find(({ chainId }) => chainId === mainnet)).toMatchObject({
      enabled: true,
      rpcUrls: ['https://own.example/key'],
      privateRpcUrl: 'https://private.example',
    })
    expect(nodes.get(mainnet)).toEqual(['https://own.example/key'])
    // The practice chain stays this machine's own.
    expect([...followed].sort()).toEqual([mainnet, practice])
    expect([...stored.keys()]).toEqual([mainnet])
  })

  it('leaves out what cannot be used here', () => {
    const { chains, stored } = start()
    for (const exported of [undefined, 'text', { 1: 'text' }, { 1: { rpcUrls: [7] } }, { 5: {} }]) {
      chains.restoreSettings(exported)
    }
    chains.restoreSettings({ 1: { rpcUrls: ['file:///etc/passwd'] }, 8453: { enabled: true } })
    expect([...stored.entries()]).toEqual([[base, { enabled: true }]])
  })
})

describe('a chain of the user’s own', () => {
  const gnosis = {
    chainId: chainIdSchema.parse(100),
    chainName: 'Gno\u202esis',
    nativeCurrency: { name: 'xDAI', symbol: 'XDAI', decimals: 18 as const },
    rpcUrls: ['https://gnosis.example'],
    blockExplorerUrls: ['javascript:alert(1)', 'https://explorer.example'],
  }

  it('is in use at once, kept over restarts, and gone when it is taken away', async () => {
    const first = start()
    first.chains.start()
    await first.chains.add(gnosis)
    expect([...first.followed]).toContain(gnosis.chainId)
    const { chains, nodes, own } = start(first.own)
    expect(chains.list().find(({ isOwn }) => isOwn)).toMatchObject({
      name: 'Gno sis',
      enabled: true,
      rpcUrls: ['https://gnosis.example'],
      explorerUrl: 'https://explorer.example',
      blockTimeSeconds: 2,
    })
    chains.remove({ chainId: gnosis.chainId })
    expect(chains.list().some(({ isOwn }) => isOwn)).toBe(false)
    expect([own.size, nodes.has(gnosis.chainId)]).toEqual([0, false])
  })

  it('comes to another machine with a backup, and changes nothing that is there', async () => {
    const old = start()
    await old.chains.add(gnosis)
    const exported: unknown = JSON.parse(JSON.stringify(old.chains.exportOwn()))
    const { chains, own } = start()
    chains.restoreOwn(exported)
    chains.restoreOwn(exported)
    expect(chains.list().filter(({ isOwn }) => isOwn)).toMatchObject([
      { name: 'Gno sis', enabled: true, rpcUrls: ['https://gnosis.example'], blockTimeSeconds: 2 },
    ])
    const [entry] = exported as [{ fields: object; facts: object }]
    for (const other of [
      undefined,
      [7],
      [{ ...entry, fields: { ...entry.fields, chainId: mainnet } }],
      [{ ...entry, fields: { ...entry.fields, chainId: 200, chainName: 'chain 1' } }],
      [{ ...entry, fields: { ...entry.fields, chainId: 200, rpcUrls: ['file:///etc/passwd'] } }],
      [{ ...entry, facts: { ...entry.facts, multicall3: 'nowhere' } }],
    ]) {
      chains.restoreOwn(other)
    }
    expect([...own.keys()]).toEqual([gnosis.chainId])
  })

  it('is refused where it is known already, or would take another chain’s name; a built-in one cannot be taken away', async () => {
    const { chains } = start()
    const codeOf = (action: () => unknown) =>
      Promise.resolve()
        .then(action)
        .then(
          () => 'nothing',
          (thrown: AppError) => thrown.code,
        )
    expect(await codeOf(() => chains.add({ ...gnosis, chainId: mainnet }))).toBe('chain.alreadyKnown')
    expect(await codeOf(() => chains.add({ ...gnosis, chainName: 'chain 1' }))).toBe('chain.nameTaken')
    expect(await codeOf(() => chains.remove({ chainId: mainnet }))).toBe('chain.unknown')
  })
})
