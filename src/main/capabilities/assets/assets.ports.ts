import type { NewEntry, OwnEntry } from '../../../shared/contract/registry.ts'
import type { StablecoinAlert } from '../../../shared/contract/stablecoins.ts'
import type { Address, ChainId, TokenRef } from '../../../shared/identity/identity.ts'
import type { ContractRead, ReadAnswer } from './domain/compliance/TransferRule.ts'
import type { PegSample } from './domain/peg/measureTimeOutside.ts'

export type { ContractRead, ReadAnswer } from './domain/compliance/TransferRule.ts'
export type { PegSample } from './domain/peg/measureTimeOutside.ts'

/** A movement of a token. */
export interface TokenMovement {
  readonly blockNumber: bigint
  readonly from: Address
  readonly to: Address
  readonly units: bigint
}

/** Read-only calls to any contract. Every method @throws AppError `chain.*`. */
export interface ContractReader {
  /** All at one block, in order; `undefined` where a call failed. */
  call(chainId: ChainId, reads: readonly ContractRead[], block: bigint): Promise<readonly ReadAnswer[]>
  /** The same at an older block; `undefined` where the node keeps no state that old. */
  callAtOldBlock(
    chainId: ChainId,
    reads: readonly ContractRead[],
    block: bigint,
  ): Promise<readonly ReadAnswer[] | undefined>
  /** Wei per gas that a transaction pays now. */
  readGasPrice(chainId: ChainId): Promise<bigint>
  /** All movements of a token up to a block; `undefined` where there are too many to read. */
  readMovements(chainId: ChainId, token: Address, upTo: bigint): Promise<readonly TokenMovement[] | undefined>
}

type CoinRef = TokenRef & { readonly address: Address }

/** What was seen of coins' pegs. */
export interface PegSampleStore {
  /** By rising time. */
  read(coin: CoinRef, sinceMs: number): readonly PegSample[]
  /** At most one a minute is kept, unless the band changes. */
  write(coin: CoinRef, sample: PegSample): void
}

export interface AlertStore {
  readAll(): readonly StablecoinAlert[]
  write(alert: StablecoinAlert): void
  remove(id: string): void
}

/** An entry as it is kept: what the user said, and what the contract said of itself. */
export interface AddedEntry {
  readonly entry: NewEntry
  readonly id: string
  readonly symbol: string
  readonly name: string
  /** `YYYY-MM-DD`. */
  readonly asOf: string
}

/** The user's part of the registry. */
export interface OwnRegistry {
  list(): readonly OwnEntry[]
  /** @throws AppError `registry.unreadable` */
  add(added: AddedEntry): Promise<void>
  /** @throws AppError `registry.unreadable` */
  remove(entry: Pick<OwnEntry, 'kind' | 'id'>): Promise<void>
}
