import type { ChainFields, ChainStatus } from '../../../shared/contract/chains.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { Address, ChainId, Hash } from '../../../shared/identity/identity.ts'
import type { ChainDefinition, ChainSettings } from './domain/ChainDefinition.ts'
import type { ChainFacts } from './domain/defineOwnChain.ts'

export type { ChainDefinition, ChainSettings, ListedToken } from './domain/ChainDefinition.ts'
export type { ChainFacts } from './domain/defineOwnChain.ts'

/** The newest block as a node told it. */
export interface Head {
  readonly chainId: ChainId
  readonly number: bigint
  readonly hash: Hash
  readonly timestampMs: number
  /** Blocks that had been seen are no longer part of the chain: a reorganisation, or a practice chain that began anew. */
  readonly isReorganised: boolean
}

/** The chains that the user could use, by what is configured; no I/O. */
export interface ChainDirectory {
  /** @throws AppError `chain.unknown` */
  getDefinition(chainId: ChainId): ChainDefinition
  /** @throws AppError `chain.unknown` also for a chain that is not enabled. */
  getEnabled(chainId: ChainId): ChainDefinition
  listEnabled(): readonly ChainDefinition[]
  listAll(): readonly ChainDefinition[]
  getStatus(chainId: ChainId): ChainStatus
  subscribeHeads(listener: (head: Head) => void): () => void
  /** Told when the set of enabled chains changed. */
  subscribeEnabled(listener: () => void): () => void
  /** Told when a chain's health, newest block or node changed. */
  subscribeStatus(listener: (status: ChainStatus) => void): () => void
}

export interface NodeListener {
  onHead(head: Head): void
  onStatus(status: ChainStatus): void
}

/** Connections to the nodes of every chain. */
export interface NodeNetwork {
  /** Uses these nodes from now on; what is under way at others is given up. */
  setRpcUrls(chainId: ChainId, rpcUrls: readonly string[]): void
  /**
   * Asks one node for its chain id.
   *
   * @throws AppError `chain.invalidRpcUrl`, `chain.unreachable`, `chain.wrongChainId`
   */
  probe(chainId: ChainId, rpcUrl: string): Promise<void>
  /**
   * Asks the nodes of a chain that is not known yet for its chain id and for what the chain offers.
   *
   * @throws AppError `chain.invalidRpcUrl`, `chain.unreachable`, `chain.wrongChainId`
   */
  examine(chainId: ChainId, rpcUrls: readonly string[]): Promise<ChainFacts>
  add(definition: ChainDefinition): void
  remove(chainId: ChainId): void
  /** Follows the chain's blocks until `unfollow`, which also gives up every question that is under way. */
  follow(chainId: ChainId): void
  unfollow(chainId: ChainId): void
  getStatus(chainId: ChainId): ChainStatus
  listen(listener: NodeListener): () => void
}

export interface Faucet {
  /** @throws AppError `chain.faucetRefused`, `chain.unreachable` */
  requestFunds(chainId: ChainId, method: string, address: Address): Promise<readonly Hash[]>
}

export interface ChainSettingsStore {
  read(chainId: ChainId): ChainSettings
  write(chainId: ChainId, settings: ChainSettings): void
}

/** Chains that the user added, as they were described and examined then. */
export interface OwnChainStore {
  readAll(): readonly { readonly fields: ChainFields; readonly facts: ChainFacts }[]
  write(fields: ChainFields, facts: ChainFacts): void
  remove(chainId: ChainId): void
}

/** The user's own accounts. */
export interface AccountDirectory {
  /** @throws AppError `vault.locked` */
  listAccounts(): Promise<readonly Account[]>
}
