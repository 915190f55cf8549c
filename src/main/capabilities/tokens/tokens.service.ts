import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, type ChainId, type TokenRef, tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { ChainDirectory, ListedToken } from '../chains/index.ts'
import { nameListedToken } from './domain/nameListedToken.ts'
import { readMetadata } from './domain/readMetadata.ts'
import type { TokenMetadata, TokenMetadataReader, TokenMetadataStore } from './tokens.ports.ts'

export interface TokensServiceDeps {
  readonly chains: Pick<ChainDirectory, 'getDefinition' | 'listAll'>
  readonly reader: TokenMetadataReader
  readonly store: TokenMetadataStore
}

export interface TokensService {
  /** The chain's coin and every listed token that is confirmed. */
  list(chainId: ChainId): readonly Token[]
  /** The same over all chains: what may be called by its listed name. */
  listAll(): readonly Token[]
  find(token: TokenRef): Token | undefined
  /**
   * The token by list, else by what its contract says of itself (`source: 'contract'`).
   *
   * @throws AppError `token.unknown`, `chain.*`
   */
  resolve(token: TokenRef): Promise<Token>
  /** Asks the contracts of unconfirmed listed tokens for their metadata, once. @throws AppError `chain.*` */
  confirmListed(chainId: ChainId): Promise<void>
}

/** Names and decimals of tokens, and how far they can be believed. */
export function createTokensService({ chains, reader, store }: TokensServiceDeps): TokensService {
  /** Asked in this session and found to be no token, or another one than listed. */
  const refuted = new Set<string>()
  const listed = new Map<string, ListedToken>()
  for (const definition of chains.listAll()) {
    for (const token of definition.tokens) listed.set(tokenKey(token.ref), token)
  }

  async function readAndKeep(
    chainId: ChainId,
    addresses: readonly Address[],
  ): Promise<(TokenMetadata | undefined)[]> {
    const raw = await reader.readTokenMetadata(chainId, addresses)
    return raw.map((entry) => {
      const metadata = readMetadata(entry)
      if (metadata) store.write({ chainId, address: entry.address }, metadata)
      return metadata
    })
  }

  function find(token: TokenRef): Token | undefined {
    if (token.address === 'native') return chains.getDefinition(token.chainId).nativeToken
    const entry = listed.get(tokenKey(token))
    return entry && nameListedToken(entry, entry.decimals === undefined ? store.read(token) : undefined)
  }

  function list(chainId: ChainId): readonly Token[] {
    const definition = chains.getDefinition(chainId)
    return [
      definition.nativeToken,
      ...definition.tokens.map(({ ref }) => find(ref)).filter((token) => token !== undefined),
    ]
  }

  return {
    list,
    listAll: () => chains.listAll().flatMap(({ chainId }) => list(chainId)),
    find,

    async resolve(token) {
      const known = find(token)
      if (known) return known
      if (token.address === 'native') throw new AppError('token.unknown', { address: 'native' })
      const { address, chainId } = token
      const metadata = store.read(token) ?? (await readAndKeep(chainId, [address]))[0]
      if (!metadata) throw new AppError('token.unknown', { address })
      return (
        find(token) ?? {
          ref: { chainId, address },
          ...metadata,
          assetClass: 'token',
          source: 'contract',
        }
      )
    },

    async confirmListed(chainId) {
      const unconfirmed = chains
        .getDefinition(chainId)
        .tokens.filter(({ ref }) => find(ref) === undefined && !refuted.has(tokenKey(ref)))
      if (unconfirmed.length === 0) return
      await readAndKeep(
        chainId,
        unconfirmed.map(({ ref }) => ref.address),
      )
      for (const { ref } of unconfirmed) if (find(ref) === undefined) refuted.add(tokenKey(ref))
    },
  }
}
