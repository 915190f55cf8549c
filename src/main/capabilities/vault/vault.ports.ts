import type { Api } from '../../../shared/contract/createApi.ts'
import type { signerContract } from '../../../shared/contract/signer.ts'
import type { DiscoveryProgress, VaultStatus, Wallet } from '../../../shared/contract/vault.ts'
import type { Result } from '../../../shared/errors/Result.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'

type Unwrapped<Routes> = {
  readonly [Name in keyof Routes]: Routes[Name] extends (
    ...input: infer Input
  ) => Promise<Result<infer Output>>
    ? (...input: Input) => Promise<Output>
    : never
}

/** The signer process, as far as the vault needs it: failures are thrown as AppError. */
export interface VaultSignerPort {
  /** Bytes given to these calls are secrets, and overwritten by them. */
  readonly vault: Unwrapped<Api<typeof signerContract>['vault']>
  /** Ends the process; the next call starts a fresh, locked one. */
  stop(): void
  /** Told whenever the process ended, by `stop` or by itself. */
  onStopped(listener: () => void): () => void
}

/** Names on chain, as far as watching an address needs them. */
export interface AddressResolver {
  /** @throws AppError `address.invalid`, `address.wrongChecksum`, `name.notFound`, `name.unsupported`, `chain.*` */
  resolve(addressOrName: string): Promise<Address>
}

/** Tells which addresses have a history. */
export interface UsageReader {
  /** The chains that are looked at. */
  listChainIds(): readonly ChainId[]
  /**
   * For each address, in order, whether it sent or holds anything.
   *
   * @throws AppError `chain.*`
   */
  readUsage(chainId: ChainId, addresses: readonly Address[]): Promise<readonly boolean[]>
}

/** What a backup keeps of the main process: opaque to the vault. */
export interface SettingsPort {
  /** JSON. */
  export(): string
  /** Takes over what `export` gave on some machine; what it does not know is left out. */
  import(settings: string): void
}

/** The local chain's published phrase: its coins are without value, and everybody knows it. */
export interface PracticeWallet {
  /** UTF-8, a fresh copy at every call: it is overwritten after use. */
  readonly phrase: () => Uint8Array<ArrayBuffer>
  readonly firstAccountIndex: number
}

export interface VaultDependencies {
  readonly signer: VaultSignerPort
  readonly nowMs: () => number
  /** Calls back once after so many milliseconds; returns what cancels it. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  /** Minutes without use, of the settings; 0 never locks. */
  readonly autoLockMinutes: () => number
  /** Absent where no local chain runs. */
  readonly practice?: PracticeWallet | undefined
  readonly addresses: AddressResolver
  readonly usage: UsageReader
  readonly settings: SettingsPort
  readonly onStatusChanged: (status: VaultStatus) => void
  readonly onDiscoveryProgressed: (progress: DiscoveryProgress) => void
  readonly onWalletsChanged: (wallets: Wallet[]) => void
}
