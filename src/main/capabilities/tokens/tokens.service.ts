import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, type ChainId, type TokenRef, tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { ChainDirectory, ListedToken } from '../chains/index.ts'
import { nameListedToken } from './domain/nameListedToken.ts'
import { readMetadata } from './domain/readMetadata.ts'
import type { TokenListsService } from './tokenLists.service.ts'
import type { TokenScales } from './tokenScales.service.ts'
import type { TokenMetadata, TokenMetadataReader, TokenMetadataStore } from './tokens.ports.ts'

export interface TokensServiceDeps {
  readonly chains: Pick<ChainDirectory, 'getDefinition' | 'listAll'>
  readonly reader: TokenMetadataReader
  readonly store: TokenMetadataStore
  readonly scales: Pick<TokenScales, 'confirm'>
  /** The user's own lists. */
  readonly lists?: Pick<TokenListsService, 'listTokens' | 'findToken'>
}

export interface TokensService {
  /** The chain's coin and every listed token that is confirmed. */
  list(chainId: ChainId): readonly Token[]
  /** The coin, the bundled tokens, and those of short lists of the user's: few enough to be asked for their balances at every block. */
  listTracked(chainId: ChainId): readonly Token[]
  /** Coins and bundled tokens of all chains: what may be called by its listed name wherever money is signed for. */
  listAll(): readonly Token[]
  find(token: TokenRef): Token | undefined
  /**
   * The token by list, else by what its contract says of itself (`source: 'contract'`).
   *
   * @throws AppError `token.unknown`, `chain.*`
   */
  resolve(token: TokenRef): Promise<Token>
  /** What the contract said of itself when it was asked, whatever a list calls it. */
  findHeard(token: TokenRef): TokenMetadata | undefined
  /** Asks the contracts that were never asked what they call themselves. @throws AppError `chain.*` */
  hear(chainId: ChainId, addresses: readonly Address[]): Promise<void>
  /** Asks the contracts of unconfirmed listed tokens for their metadata, once. @throws AppError `chain.*` */
  confirmListed(chainId: ChainId): Promise<void>
}

/** Longer lists of the user's name what was found, and are not asked for themselves. */
const mostTracked = 300

/** Names and decimals of tokens, and how far they can be believed. */
export function createTokensService({
  chains,
  reader,
  store,
  scales,
  lists,
}: TokensServiceDeps): TokensService {
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
    if (entry) return nameListedToken(entry, entry.decimals === undefined ? store.read(token) : undefined)
    const own = lists?.findToken(token)
    return own && nameOwn(own)
  }

  /** By a list of the user's; where the contract was heard, its decimals count, because amounts hang on them. */
  function nameOwn(own: ListedToken): Token | undefined {
    const named = nameListedToken(own, undefined)
    const heard = store.read(own.ref)
    return named && heard ? { ...named, decimals: heard.decimals } : named
  }

  function listBundled(chainId: ChainId): readonly Token[] {
    const definition = chains.getDefinition(chainId)
    return [
      definition.nativeToken,
      ...definition.tokens.map(({ ref }) => find(ref)).filter((token) => token !== undefined),
    ]
  }

  function listOwn(chainId: ChainId): readonly Token[] {
    return (lists?.listTokens(chainId) ?? []).map(nameOwn).filter((token) => token !== undefined)
  }

  return {
    list: (chainId) => [...listBundled(chainId), ...listOwn(chainId)],
    listTracked(chainId) {
      const own = lists?.listTokens(chainId) ?? []
      return [...listBundled(chainId), ...(own.length <= mostTracked ? listOwn(chainId) : [])]
    },
    listAll: () => chains.listAll().flatMap(({ chainId }) => listBundled(chainId)),
    find,

    async resolve(token) {
      if (token.address === 'native') {
        const coin = find(token)
        if (!coin) throw new AppError('token.unknown', { address: 'native' })
        return coin
      }
      const { address, chainId } = token
      await scales.confirm(token)
      const isOwn = !listed.has(tokenKey(token)) && lists?.findToken(token) !== undefined
      const known = find(token)
      if (known && (!isOwn || store.read(token))) return known
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

    findHeard: (token) => store.read(token),

    async hear(chainId, addresses) {
      const unheard = addresses.filter((address) => {
        const token = { chainId, address }
        return store.read(token) === undefined && !refuted.has(tokenKey(token))
      })
      if (unheard.length === 0) return
      const heard = await readAndKeep(chainId, unheard)
      for (const [index, address] of unheard.entries()) {
        if (heard[index] === undefined) refuted.add(tokenKey({ chainId, address }))
      }
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
