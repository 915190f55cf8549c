import { createCoalescedRun } from '../../../shared/concurrency/createCoalescedRun.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { TokenJudgement, tokensContract } from '../../../shared/contract/tokens.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, type ChainId, isSameAddress, tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { largerOf, smallerOf } from '../../../shared/money/smallerOf.ts'
import type { AccountDirectory, ChainDirectory, Head } from '../chains/index.ts'
import { ignoreUnknownToken } from './domain/ignoreUnknownToken.ts'
import { judgeToken } from './domain/judgeToken.ts'
import type {
  FoundToken,
  FoundTokenStore,
  ReceivedToken,
  ReceivedTokenReader,
  SaleTrial,
  SearchedBlocks,
} from './tokens.ports.ts'
import type { TokensService } from './tokens.service.ts'

export interface TokenDiscoveryDeps {
  readonly chains: Pick<ChainDirectory, 'listEnabled' | 'getDefinition' | 'subscribeHeads'>
  readonly accounts: AccountDirectory
  readonly tokens: Pick<TokensService, 'find' | 'resolve' | 'list' | 'listAll'>
  readonly reader: ReceivedTokenReader
  readonly trial: SaleTrial
  readonly store: FoundTokenStore
  readonly nowMs: () => number
  onChanged(judgements: TokenJudgement[]): void
  onBug(thrown: unknown): void
}

export interface TokenDiscovery {
  readonly handlers: Pick<
    Handlers<{ readonly tokens: typeof tokensContract }>['tokens'],
    'listJudgements' | 'setHidden'
  >
  /** Tokens of a chain that were found and are not hidden: they are asked for their balances too. */
  listShown(chainId: ChainId): readonly Token[]
  start(): void
  stop(): void
}

/** Between two looks at a real chain. */
const pauseMs = 20_000
/** Blocks of the past that are searched in one go; halved where a node refuses. */
const firstSpan = 5_000n
const longestSpan = 50_000n
/** Found tokens beyond this are a flood, and are left unjudged. */
const mostFound = 2_000

/** Finds the tokens that came to the accounts, forward with every block and backward at leisure, and judges what no list names. */
export function createTokenDiscovery(deps: TokenDiscoveryDeps): TokenDiscovery {
  const { store, reader } = deps
  const found = new Map<string, FoundToken>()
  const named = new Map<string, Token>()
  const spans = new Map<ChainId, bigint>()
  const runs = new Map<ChainId, { head: Head; lastMs: number; readonly run: () => Promise<void> }>()
  let session = 0
  let unsubscribe: (() => void) | undefined
  for (const entry of store.readAll()) found.set(tokenKey(entry.token), entry)

  function handleHead(head: Head): void {
    const { chainId } = head
    const known = runs.get(chainId)
    const state = known ?? {
      head,
      lastMs: Number.NEGATIVE_INFINITY,
      run: createCoalescedRun(() => search(chainId)),
    }
    state.head = head
    if (!known) runs.set(chainId, state)
    const isPractice = deps.chains.getDefinition(chainId).kind === 'practice'
    if (!isPractice && deps.nowMs() - state.lastMs < pauseMs) return
    state.lastMs = deps.nowMs()
    state.run().catch((thrown: unknown) => {
      // A chain that does not answer now, or a vault that was locked meanwhile: the next block tries again.
      if (!(thrown instanceof AppError)) deps.onBug(thrown)
    })
  }

  async function search(chainId: ChainId): Promise<void> {
    const startedIn = session
    const head = runs.get(chainId)?.head
    const accounts = (await deps.accounts.listAccounts()).map(({ address }) => address)
    if (!head || accounts.length === 0) return
    let isChanged = await nameKnown(chainId)
    const refused = new Set<readonly Address[]>()
    for (const { group, from, to, searched } of planSearches(chainId, accounts, head.number)) {
      if (refused.has(group)) continue
      let received: readonly ReceivedToken[]
      try {
        received = await reader.findReceived(chainId, group, from, to)
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown
        // So many blocks are too many for this node; next time there are fewer.
        refused.add(group)
        spans.set(chainId, largerOf((spans.get(chainId) ?? firstSpan) / 2n, 1n))
        continue
      }
      if (session !== startedIn) return
      if (from < to) spans.set(chainId, smallerOf((spans.get(chainId) ?? firstSpan) * 2n, longestSpan))
      for (const entry of received) isChanged = (await take(chainId, entry, accounts)) || isChanged
      if (session !== startedIn) return
      for (const account of group) store.writeSearched(chainId, account, searched)
    }
    if (isChanged && session === startedIn) deps.onChanged(listJudgements())
  }

  /** What is searched next: what is new since the last time, and one step further back. Accounts that stand alike are searched together. */
  function planSearches(chainId: ChainId, accounts: readonly Address[], newest: bigint) {
    const span = spans.get(chainId) ?? firstSpan
    const groups = new Map<
      string,
      { readonly known: SearchedBlocks | undefined; readonly group: Address[] }
    >()
    for (const account of accounts) {
      const read = store.readSearched(chainId, account)
      // A chain that began anew has fewer blocks than were searched.
      const known = read && read.last <= newest ? read : undefined
      const key = known ? `${known.first}:${known.last}` : ''
      const entry = groups.get(key) ?? { known, group: [] }
      entry.group.push(account)
      groups.set(key, entry)
    }
    return [...groups.values()].flatMap(({ known, group }) => {
      if (!known) {
        const from = largerOf(newest - span + 1n, 0n)
        return [{ group, from, to: newest, searched: { first: from, last: newest } }]
      }
      const to = smallerOf(known.last + span, newest)
      const forward = { group, from: known.last + 1n, to, searched: { first: known.first, last: to } }
      const from = largerOf(known.first - span, 0n)
      const back = { group, from, to: known.first - 1n, searched: { first: from, last: to } }
      return [...(to > known.last ? [forward] : []), ...(known.first > 0n ? [back] : [])]
    })
  }

  async function take(
    chainId: ChainId,
    received: ReceivedToken,
    accounts: readonly Address[],
  ): Promise<boolean> {
    const ref = { chainId, address: received.token }
    const key = tokenKey(ref)
    if (found.has(key) || found.size >= mostFound || isBundled(ref)) return false
    const token = await deps.tokens.resolve(ref).catch(ignoreUnknownToken)
    if (!token) return false
    const arrival = await reader.readArrival(chainId, received.token, received.transactionHash)
    const isOwnDoing = arrival !== undefined && accounts.some((own) => isSameAddress(own, arrival.from))
    const canBeSold =
      token.source === 'contract'
        ? await deps.trial.canBeSold(chainId, received.token, received.account)
        : undefined
    const verdict = judgeToken({
      token,
      listed: deps.tokens.list(chainId),
      arrival: arrival && { isOwnDoing, recipients: arrival.recipients },
      canBeSold,
    })
    const entry: FoundToken = {
      token: ref,
      foundAtMs: deps.nowMs(),
      isOwnDoing,
      recipients: arrival?.recipients ?? 0,
      reasons: verdict.reasons,
      isHidden: verdict.isHidden,
    }
    store.write(entry)
    found.set(key, entry)
    named.set(key, token)
    return true
  }

  function isBundled(ref: FoundToken['token']): boolean {
    const token = deps.tokens.find(ref)
    return token !== undefined && deps.tokens.listAll().some((known) => tokenKey(known.ref) === tokenKey(ref))
  }

  /** Names of tokens that were found in an earlier session. */
  async function nameKnown(chainId: ChainId): Promise<boolean> {
    let isChanged = false
    for (const [key, { token }] of found) {
      if (token.chainId !== chainId || named.has(key)) continue
      const resolved = await deps.tokens.resolve(token).catch(ignoreUnknownToken)
      if (!resolved) continue
      named.set(key, resolved)
      isChanged = true
    }
    return isChanged
  }

  const isHidden = ({ choice, isHidden: byRule }: FoundToken) =>
    choice === undefined ? byRule : choice === 'hidden'

  function listJudgements(): TokenJudgement[] {
    return [...found].flatMap(([key, entry]) => {
      const token = deps.tokens.find(entry.token) ?? named.get(key)
      if (!token || !deps.chains.listEnabled().some(({ chainId }) => chainId === entry.token.chainId))
        return []
      const { imitated } = judgeToken({
        token,
        listed: deps.tokens.list(entry.token.chainId),
        arrival: undefined,
        canBeSold: undefined,
      })
      return [
        {
          token,
          // A list that the user added later vouches for it.
          isHidden: token.source === 'contract' ? isHidden(entry) : entry.choice === 'hidden',
          isChosen: entry.choice !== undefined,
          reasons: token.source === 'contract' ? [...entry.reasons] : [],
          ...(imitated ? { imitated } : {}),
          foundAtMs: entry.foundAtMs,
        },
      ]
    })
  }

  return {
    handlers: {
      listJudgements,
      setHidden({ token, isHidden: hide }) {
        const entry = found.get(tokenKey(token))
        if (!entry) throw new AppError('token.unknown', { address: token.address })
        const changed: FoundToken = { ...entry, choice: hide ? 'hidden' : 'shown' }
        store.write(changed)
        found.set(tokenKey(token), changed)
        const judgements = listJudgements()
        deps.onChanged(judgements)
        return judgements
      },
    },

    listShown: (chainId) =>
      listJudgements()
        .filter((judgement) => !judgement.isHidden && judgement.token.ref.chainId === chainId)
        .map(({ token }) => token),

    start() {
      unsubscribe ??= deps.chains.subscribeHeads(handleHead)
    },
    stop() {
      session += 1
      unsubscribe?.()
      unsubscribe = undefined
      runs.clear()
    },
  }
}
