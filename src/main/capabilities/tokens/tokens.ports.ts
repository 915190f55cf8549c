import type { JudgementReason, TokenListInfo, TokenScale } from '../../../shared/contract/tokens.ts'
import type { Address, ChainId, Hash, TokenRef } from '../../../shared/identity/identity.ts'
import type { TokenList } from './domain/parseTokenList.ts'
import type { RawTokenMetadata, TokenMetadata } from './domain/TokenMetadata.ts'

export type { RawTokenMetadata, TokenMetadata } from './domain/TokenMetadata.ts'

export interface TokenMetadataReader {
  /** One entry per address, in order; a contract that misbehaves spoils only its own entry. */
  readTokenMetadata(chainId: ChainId, addresses: readonly Address[]): Promise<readonly RawTokenMetadata[]>
}

/** What contracts said before, so that nothing need be asked twice and names are there before a node answers. */
export interface TokenMetadataStore {
  read(token: TokenRef): TokenMetadata | undefined
  write(token: TokenRef, metadata: TokenMetadata): void
}

export interface TokenScaleReader {
  /** What each contract answers to `uiMultiplier()` (ERC-8056), in order; `undefined` where it does not. @throws AppError `chain.*` */
  readMultipliers(chainId: ChainId, addresses: readonly Address[]): Promise<readonly (bigint | undefined)[]>
}

export interface TokenScaleStore {
  readAll(): readonly TokenScale[]
  write(scale: TokenScale): void
}

/** A list that the user added, whole. */
export interface StoredTokenList {
  readonly id: string
  readonly origin: Exclude<TokenListInfo['origin'], 'bundled'>
  readonly url?: string
  readonly isEnabled: boolean
  readonly addedAtMs: number
  readonly list: TokenList
}

export interface TokenListStore {
  /** In the order in which they were added. */
  readAll(): readonly StoredTokenList[]
  write(list: StoredTokenList): void
  remove(id: string): void
}

export interface TokenListSource {
  /** @throws AppError `tokenList.unreachable` with `reason` */
  fetch(url: string): Promise<string>
}

/** A token that came to an account. */
export interface FoundToken {
  readonly token: TokenRef & { readonly address: Address }
  readonly foundAtMs: number
  readonly isOwnDoing: boolean
  readonly recipients: number
  readonly reasons: readonly JudgementReason[]
  readonly isHidden: boolean
  /** What the user decided about it. */
  readonly choice?: 'shown' | 'hidden'
}

/** Blocks of an account that have been searched for tokens: from `first` to `last`, both counted in. */
export interface SearchedBlocks {
  readonly first: bigint
  readonly last: bigint
}

export interface FoundTokenStore {
  readAll(): readonly FoundToken[]
  write(found: FoundToken): void
  readSearched(chainId: ChainId, account: Address): SearchedBlocks | undefined
  writeSearched(chainId: ChainId, account: Address, searched: SearchedBlocks): void
}

export interface ReceivedToken {
  readonly token: Address
  readonly account: Address
  readonly transactionHash: Hash
}

export interface ReceivedTokenReader {
  /** The first transfer of each token to each account in these blocks. @throws AppError `chain.*`, also where the node refuses so many blocks */
  findReceived(
    chainId: ChainId,
    accounts: readonly Address[],
    fromBlock: bigint,
    toBlock: bigint,
  ): Promise<readonly ReceivedToken[]>
  /** Who sent a transaction, and to how many it moved the token. */
  readArrival(
    chainId: ChainId,
    token: Address,
    hash: Hash,
  ): Promise<{ readonly from: Address; readonly recipients: number } | undefined>
}

/** Tries what cannot be read. */
export interface SaleTrial {
  /** Whether a holder could move some of the token to where it would be sold; `undefined` where that cannot be tried. */
  canBeSold(chainId: ChainId, token: Address, holder: Address): Promise<boolean | undefined>
}
