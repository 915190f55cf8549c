import {
  type Chain,
  type ChainFields,
  type ChainStatus,
  chainSettingsSchema,
} from '../../../shared/contract/chains.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { ChainId } from '../../../shared/identity/identity.ts'
import type {
  AccountDirectory,
  ChainDefinition,
  ChainDirectory,
  ChainFacts,
  ChainSettings,
  ChainSettingsStore,
  Faucet,
  Head,
  NodeNetwork,
  OwnChainStore,
} from './chains.ports.ts'
import { defineOwnChain } from './domain/defineOwnChain.ts'
import { chooseRpcUrls, describeChain, isChainEnabled } from './domain/describeChain.ts'
import { ownChainSchema } from './domain/ownChainSchema.ts'

export interface ChainsServiceDeps {
  readonly definitions: readonly ChainDefinition[]
  readonly network: NodeNetwork
  readonly store: ChainSettingsStore
  readonly ownChains: OwnChainStore
  readonly faucet: Faucet
  readonly accounts: AccountDirectory
  /** Told when a chain was added or taken away. */
  onDefinitionsChanged(): void
  onListChanged(chains: Chain[]): void
  onStatusChanged(status: ChainStatus): void
}

export type ChainsHandlers = Handlers<typeof mainWindowContract>['chains']

export interface ChainsService extends Omit<ChainsHandlers, 'list' | 'listStatus'>, ChainDirectory {
  list(): Chain[]
  /** Of the enabled chains. */
  listStatus(): ChainStatus[]
  /** The chains that the user added, for a backup. */
  exportOwn(): unknown
  /** Takes over what `exportOwn` gave on some machine, without asking their nodes now; what is known here already stays as it is. */
  restoreOwn(exported: unknown): void
  /** What the user chose for real chains, for a backup. */
  exportSettings(): Readonly<Record<string, ChainSettings>>
  /** Takes over what `exportSettings` gave on some machine; what cannot be used here is left out. */
  restoreSettings(exported: unknown): void
  /** Begins to follow the enabled chains' blocks. */
  start(): void
  /** Ends all polling. */
  stop(): void
}

/** Which chains are used, through which nodes, and how they do. */
export function createChainsService(deps: ChainsServiceDeps): ChainsService {
  const { network, store } = deps
  const definitions = new Map(deps.definitions.map((definition) => [definition.chainId, definition]))
  for (const { fields, facts } of deps.ownChains.readAll()) {
    // A chain that has been built in since then is described better there.
    if (definitions.has(fields.chainId)) continue
    definitions.set(fields.chainId, defineOwnChain(fields, facts))
    network.add(defineOwnChain(fields, facts))
  }
  const headListeners = new Set<(head: Head) => void>()
  const enabledListeners = new Set<() => void>()
  const statusListeners = new Set<(status: ChainStatus) => void>()
  const lastTold = new Map<ChainId, ChainStatus>()
  let isRunning = false

  for (const chainId of definitions.keys()) {
    const { rpcUrls } = store.read(chainId)
    if (rpcUrls && rpcUrls.length > 0) network.setRpcUrls(chainId, rpcUrls)
  }

  network.listen({
    onHead(head) {
      if (!isRunning) return
      for (const listener of headListeners) listener(head)
    },
    onStatus(status) {
      const before = lastTold.get(status.chainId)
      // Every poll measures a latency; only what changes a picture is worth waking windows for.
      if (
        before?.health === status.health &&
        before.blockNumber === status.blockNumber &&
        before.node === status.node &&
        statesOf(before) === statesOf(status)
      )
        return
      lastTold.set(status.chainId, status)
      for (const listener of statusListeners) listener(status)
      deps.onStatusChanged(status)
    },
  })

  function getDefinition(chainId: ChainId): ChainDefinition {
    const definition = definitions.get(chainId)
    if (!definition) throw new AppError('chain.unknown', { chainId })
    return definition
  }

  const isEnabled = (definition: ChainDefinition) =>
    isChainEnabled(definition, store.read(definition.chainId))
  const listEnabled = () => [...definitions.values()].filter(isEnabled)
  const list = () =>
    [...definitions.values()].map((definition) => describeChain(definition, store.read(definition.chainId)))

  /** Under a name that stands for another chain, money would be sent where it is worth nothing. */
  function isNameTaken({ name }: ChainDefinition): boolean {
    return [...definitions.values()].some((known) => known.name.toLowerCase() === name.toLowerCase())
  }

  /** Takes a chain of the user's into use. */
  function take(fields: ChainFields, facts: ChainFacts, definition: ChainDefinition): Chain[] {
    deps.ownChains.write(fields, facts)
    definitions.set(fields.chainId, definition)
    network.add(definition)
    if (isRunning) network.follow(fields.chainId)
    deps.onDefinitionsChanged()
    for (const listener of enabledListeners) listener()
    return tellList()
  }

  function tellList(): Chain[] {
    const chains = list()
    deps.onListChanged(chains)
    return chains
  }

  return {
    list,
    listStatus: () => listEnabled().map((definition) => network.getStatus(definition.chainId)),

    setEnabled({ chainId, enabled }) {
      const definition = getDefinition(chainId)
      if (isEnabled(definition) !== enabled) {
        store.write(chainId, { ...store.read(chainId), enabled })
        if (isRunning && enabled) network.follow(chainId)
        if (!enabled) network.unfollow(chainId)
        for (const listener of enabledListeners) listener()
      }
      return tellList()
    },

    async setRpcUrls({ chainId, rpcUrls }) {
      const definition = getDefinition(chainId)
      const own = [...new Set(rpcUrls.map((url) => url.trim()))]
      // One wrong node would be found out in use too, but by then the user has left the form.
      await Promise.all(own.map((url) => network.probe(chainId, url)))
      const { rpcUrls: _, ...others } = store.read(chainId)
      store.write(chainId, { ...others, ...(own.length > 0 ? { rpcUrls: own } : {}) })
      network.setRpcUrls(chainId, chooseRpcUrls(definition, store.read(chainId)))
      return tellList()
    },

    exportOwn: () => deps.ownChains.readAll(),

    restoreOwn(exported) {
      for (const entry of Array.isArray(exported) ? exported : []) {
        const own = ownChainSchema.safeParse(entry)
        if (!own.success || definitions.has(own.data.fields.chainId)) continue
        const definition = defineOwnChain(own.data.fields, own.data.facts)
        if (isNameTaken(definition)) continue
        take(own.data.fields, own.data.facts, definition)
      }
    },

    async add(fields) {
      const { chainId } = fields
      if (definitions.has(chainId)) throw new AppError('chain.alreadyKnown', { chainId })
      const definition = defineOwnChain(fields, await network.examine(chainId, fields.rpcUrls))
      if (isNameTaken(definition)) throw new AppError('chain.nameTaken', { chainId })
      if (definitions.has(chainId)) throw new AppError('chain.alreadyKnown', { chainId })
      const { blockTimeSeconds, hasSteadyBlocks, hasStandardHeaders, multicall3 } = definition
      const facts = {
        blockTimeSeconds,
        hasSteadyBlocks,
        hasStandardHeaders,
        ...(multicall3 === undefined ? {} : { multicall3 }),
      }
      return take(fields, facts, definition)
    },

    remove({ chainId }) {
      if (!getDefinition(chainId).isOwn) throw new AppError('chain.unknown', { chainId })
      deps.ownChains.remove(chainId)
      store.write(chainId, {})
      definitions.delete(chainId)
      network.remove(chainId)
      lastTold.delete(chainId)
      deps.onDefinitionsChanged()
      for (const listener of enabledListeners) listener()
      return tellList()
    },

    async setPrivateRpcUrl({ chainId, url }) {
      getDefinition(chainId)
      const own = url.trim()
      if (own !== '') await network.probe(chainId, own)
      const { privateRpcUrl: _, ...others } = store.read(chainId)
      store.write(chainId, { ...others, ...(own === '' ? {} : { privateRpcUrl: own }) })
      return tellList()
    },

    async requestPracticeFunds({ chainId, accountId }) {
      const { faucetMethod, kind } = getDefinition(chainId)
      if (kind !== 'practice' || faucetMethod === undefined) throw new AppError('chain.noFaucet', { chainId })
      const account = (await deps.accounts.listAccounts()).find(({ id }) => id === accountId)
      if (!account) throw new AppError('account.missing')
      const transactionHashes = await deps.faucet.requestFunds(chainId, faucetMethod, account.address)
      return { transactionHashes: [...transactionHashes] }
    },

    getDefinition,
    getEnabled(chainId) {
      const definition = getDefinition(chainId)
      if (!isEnabled(definition)) throw new AppError('chain.unknown', { chainId })
      return definition
    },
    listEnabled,
    listAll: () => [...definitions.values()],
    getStatus: (chainId) => network.getStatus(chainId),
    subscribeHeads(listener) {
      headListeners.add(listener)
      return () => headListeners.delete(listener)
    },
    subscribeEnabled(listener) {
      enabledListeners.add(listener)
      return () => enabledListeners.delete(listener)
    },
    subscribeStatus(listener) {
      statusListeners.add(listener)
      return () => statusListeners.delete(listener)
    },

    exportSettings() {
      const chosen = [...definitions.values()].flatMap(({ chainId, kind }) => {
        const settings = store.read(chainId)
        // A practice chain is of this machine and this start.
        return kind === 'practice' || Object.keys(settings).length === 0 ? [] : [[String(chainId), settings]]
      })
      return Object.fromEntries(chosen)
    },

    restoreSettings(exported) {
      const chosen = typeof exported === 'object' && exported !== null ? exported : {}
      for (const definition of definitions.values()) {
        const { chainId, kind } = definition
        const parsed = chainSettingsSchema.safeParse((chosen as Record<string, unknown>)[chainId])
        if (kind === 'practice' || !parsed.success) continue
        try {
          // Not asked for their chain id now, as nodes may be out of reach on the day of a restore: in use they are.
          network.setRpcUrls(chainId, chooseRpcUrls(definition, parsed.data))
        } catch (error) {
          if (error instanceof AppError) continue
          throw error
        }
        store.write(chainId, parsed.data)
        if (isEnabled(definition) && isRunning) network.follow(chainId)
        if (!isEnabled(definition)) network.unfollow(chainId)
      }
      for (const listener of enabledListeners) listener()
      tellList()
    },

    start() {
      if (isRunning) return
      isRunning = true
      for (const { chainId } of listEnabled()) network.follow(chainId)
    },
    stop() {
      isRunning = false
      for (const chainId of definitions.keys()) network.unfollow(chainId)
    },
  }
}

function statesOf({ nodes = [] }: ChainStatus): string {
  return nodes.map(({ state }) => state).join()
}
