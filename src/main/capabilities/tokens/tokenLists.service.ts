import { z } from 'zod'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { TokenListInfo, tokensContract } from '../../../shared/contract/tokens.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type ChainId, isSameAddress, type TokenRef, tokenKey } from '../../../shared/identity/identity.ts'
import type { ChainDirectory, ListedToken } from '../chains/index.ts'
import { parseTokenList, type TokenList } from './domain/parseTokenList.ts'
import { skeletonOf } from './domain/skeletonOf.ts'
import { writeTokenList } from './domain/writeTokenList.ts'
import type { StoredTokenList, TokenListSource, TokenListStore } from './tokens.ports.ts'

export interface TokenListsDeps {
  readonly chains: Pick<ChainDirectory, 'listAll'>
  readonly bundled: { readonly name: string; readonly version: string; readonly writtenAt: string }
  readonly store: TokenListStore
  readonly source: TokenListSource
  readonly nowMs: () => number
  readonly makeId: () => string
  onChanged(lists: TokenListInfo[]): void
}

type ListHandlers = Pick<
  Handlers<{ readonly tokens: typeof tokensContract }>['tokens'],
  'listLists' | 'addList' | 'renewList' | 'setListEnabled' | 'removeList'
>

export interface TokenListsService {
  readonly handlers: ListHandlers
  /** The user's lists, for a backup; the largest are left out where they would make it unwieldy. */
  exportLists(): unknown
  /** Takes over what `exportLists` gave on some machine, after those that are here. Asks nobody. */
  restoreLists(exported: unknown): void
  /** The tokens of a chain that the user's lists in use name, without those that could be taken for a bundled one. */
  listTokens(chainId: ChainId): readonly ListedToken[]
  findToken(token: TokenRef): ListedToken | undefined
}

const bundledId = 'bundled'
/** Characters that lists take in a backup, which is one file to keep. */
const mostExported = 1_000_000
const exportedSchema = z.strictObject({
  origin: z.enum(['url', 'file', 'pasted']),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .exactOptional(),
  isEnabled: z.boolean(),
  text: z.string().max(mostExported),
})

/** The lists that tokens are named by: the shipped one, and those of the user's. */
export function createTokenListsService(deps: TokenListsDeps): TokenListsService {
  const { store } = deps
  let stored = [...store.readAll()]
  const named = new Map<ChainId, ReadonlyMap<string, ListedToken>>()

  const bundledTokens = () => deps.chains.listAll().flatMap(({ tokens }) => tokens)

  /** What a chain's bundled tokens and coin look like; an entry of another list that looks the same names nothing. */
  function findImitations({ list }: StoredTokenList): Set<string> {
    const looks = new Map<string, ListedToken['ref'] | undefined>()
    for (const { chainId, nativeToken, tokens } of deps.chains.listAll()) {
      looks.set(`${chainId}:${skeletonOf(nativeToken.symbol)}`, undefined)
      for (const { symbol, ref } of tokens) looks.set(`${chainId}:${skeletonOf(symbol)}`, ref)
    }
    return new Set(
      list.tokens.flatMap(({ symbol, ref }) => {
        const look = `${ref.chainId}:${skeletonOf(symbol)}`
        const known = looks.get(look)
        return looks.has(look) && !(known && isSameAddress(known.address, ref.address)) ? [tokenKey(ref)] : []
      }),
    )
  }

  /** What a backup takes, the smaller ones first. */
  function listExported() {
    let left = mostExported
    return stored
      .map(({ id, origin, url, isEnabled, list }) => ({
        id,
        origin,
        isEnabled,
        ...(url === undefined ? {} : { url }),
        text: writeTokenList(list),
      }))
      .sort((a, b) => a.text.length - b.text.length)
      .filter(({ text }) => {
        left -= text.length
        return left >= 0
      })
  }

  function describe(entry: StoredTokenList, exported: ReadonlySet<string>): TokenListInfo {
    const { id, origin, url, isEnabled, list } = entry
    return {
      id,
      name: list.name,
      origin,
      ...(url === undefined ? {} : { url }),
      version: list.version,
      ...(list.writtenAt === undefined ? {} : { writtenAt: list.writtenAt }),
      isEnabled,
      tokenCount: list.tokens.length,
      skipped: list.skipped,
      imitations: findImitations(entry).size,
      isInBackup: exported.has(id),
    }
  }

  const listLists = (): TokenListInfo[] => {
    const exported = new Set(listExported().map(({ id }) => id))
    return [describeBundled(), ...stored.map((entry) => describe(entry, exported))]
  }

  function describeBundled(): TokenListInfo {
    return {
      id: bundledId,
      ...deps.bundled,
      origin: 'bundled',
      isEnabled: true,
      tokenCount: bundledTokens().length,
      skipped: 0,
      imitations: 0,
      isInBackup: true,
    }
  }

  function tell(): TokenListInfo[] {
    named.clear()
    const lists = listLists()
    deps.onChanged(lists)
    return lists
  }

  function find(id: string): StoredTokenList {
    const entry = stored.find((known) => known.id === id)
    if (!entry) throw new AppError('tokenList.missing')
    return entry
  }

  function keep(entry: StoredTokenList): TokenListInfo[] {
    store.write(entry)
    stored = stored.some(({ id }) => id === entry.id)
      ? stored.map((known) => (known.id === entry.id ? entry : known))
      : [...stored, entry]
    return tell()
  }

  return {
    handlers: {
      listLists,

      async addList(request) {
        const url = request.origin === 'url' ? request.url : undefined
        if (url !== undefined && stored.some((known) => known.url === url))
          throw new AppError('tokenList.duplicate')
        const list = parseTokenList(
          request.origin === 'url' ? await deps.source.fetch(request.url) : request.text,
        )
        if (stored.some((known) => known.list.name === list.name && known.list.version === list.version))
          throw new AppError('tokenList.duplicate')
        return keep({
          id: deps.makeId(),
          origin: request.origin,
          ...(url === undefined ? {} : { url }),
          isEnabled: true,
          addedAtMs: deps.nowMs(),
          list,
        })
      },

      async renewList({ id }) {
        const entry = find(id)
        if (entry.url === undefined) throw new AppError('tokenList.missing')
        return keep({ ...entry, list: parseTokenList(await deps.source.fetch(entry.url)) })
      },

      setListEnabled({ id, isEnabled }) {
        return keep({ ...find(id), isEnabled })
      },

      removeList({ id }) {
        find(id)
        store.remove(id)
        stored = stored.filter((known) => known.id !== id)
        return tell()
      },
    },

    exportLists: () => listExported().map(({ id: _, ...exported }) => exported),

    restoreLists(exported) {
      for (const entry of Array.isArray(exported) ? exported : []) {
        const parsed = exportedSchema.safeParse(entry)
        const list = parsed.success ? readExported(parsed.data.text) : undefined
        if (!parsed.success || !list) continue
        const { origin, url, isEnabled } = parsed.data
        if (stored.some((known) => known.list.name === list.name && known.list.version === list.version))
          continue
        keep({
          id: deps.makeId(),
          origin,
          ...(url === undefined ? {} : { url }),
          isEnabled,
          addedAtMs: deps.nowMs(),
          list,
        })
      }
    },

    listTokens: (chainId) => [...nameAll(chainId).values()],
    findToken: (token) => nameAll(token.chainId).get(tokenKey(token)),
  }

  function nameAll(chainId: ChainId): ReadonlyMap<string, ListedToken> {
    const known = named.get(chainId)
    if (known) return known
    const bundled = new Set(bundledTokens().map(({ ref }) => tokenKey(ref)))
    const tokens = new Map<string, ListedToken>()
    for (const entry of stored) {
      if (!entry.isEnabled) continue
      const imitations = findImitations(entry)
      for (const token of entry.list.tokens) {
        const key = tokenKey(token.ref)
        if (token.ref.chainId !== chainId || bundled.has(key) || imitations.has(key) || tokens.has(key))
          continue
        tokens.set(key, token)
      }
    }
    named.set(chainId, tokens)
    return tokens
  }
}

function readExported(text: string): TokenList | undefined {
  try {
    return parseTokenList(text)
  } catch (thrown) {
    if (thrown instanceof AppError) return undefined
    throw thrown
  }
}
