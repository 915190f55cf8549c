import { createCoalescedRun } from '../../../shared/concurrency/createCoalescedRun.ts'
import type { Activity, HistoryGap } from '../../../shared/contract/activity.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, Address, ChainId, Hash } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { AccountDirectory, ChainDirectory, Head } from '../chains/index.ts'
import { ignoreUnknownToken, type TokensService } from '../tokens/index.ts'
import type { HistoryCursor, HistoryReader, HistoryStore, UnreadBlocks } from './activity.ports.ts'
import { decodeObserved } from './domain/decodeObserved.ts'
import { judgeMovement } from './domain/judgeMovement.ts'
import type { InnerPayment, ObservedTransaction } from './domain/ObservedTransaction.ts'

export interface FollowHistoryDeps {
  readonly chains: Pick<ChainDirectory, 'listEnabled' | 'getDefinition' | 'subscribeHeads'>
  readonly accounts: AccountDirectory
  readonly tokens: Pick<TokensService, 'list' | 'resolve'>
  readonly reader: HistoryReader
  readonly store: HistoryStore
  /** Whether the transaction was signed here by this account: then it is in the record already, with all that is known of it. */
  isSignedHere(chainId: ChainId, account: Address, hash: Hash): boolean
  /** Addresses that the user sent to or saved. */
  listKnownAddresses(): readonly Address[]
  nameOf(chainId: ChainId, address: Address): string | undefined
  readonly nowMs: () => number
  onChanged(activity: Activity): void
  onBug(thrown: unknown): void
}

/** Milliseconds between two looks at a real chain: what came in is shown a little later, and nodes are asked less. */
const shortestPauseMs = 10_000
/** Blocks before the newest one at which the history of an account begins that was never looked at. */
const firstLookBack = 50_000n
/** Blocks that are looked at again after a reorganisation. */
const reorganisationDepth = 64n
/** Transactions of one span that are read at most; more are a flood, and the newest count. */
const mostTransactions = 2_000
/** Blocks that are searched for the one in which the coin's balance changed. */
const mostSearchedBlocks = 1_024n

export interface HistoryFollower {
  start(): void
  stop(): void
  /** @throws AppError `vault.locked` */
  listGaps(accountId: AccountId | undefined): Promise<HistoryGap[]>
  /** Reads the newest part of a gap; nothing where it is none any more. @throws AppError `chain.*`, `vault.locked` */
  readGap(gap: Pick<HistoryGap, 'chainId' | 'accountId' | 'lastBlock'>): Promise<void>
}

/** Finds what came to the accounts, and what was done with their keys elsewhere, by what the chain shows. */
export function createHistoryFollower(deps: FollowHistoryDeps): HistoryFollower {
  const { reader, store } = deps
  let unsubscribe: () => void = () => {}
  let session = 0
  let isRunning = false
  const runs = new Map<ChainId, { head: Head; lastMs: number; run: () => Promise<void> }>()

  function handleHead(head: Head): void {
    const { chainId } = head
    const known = runs.get(chainId)
    const state = known ?? {
      head,
      lastMs: Number.NEGATIVE_INFINITY,
      run: createCoalescedRun(() => scan(chainId)),
    }
    if (!known) runs.set(chainId, state)
    state.head = { ...head, isReorganised: head.isReorganised || (known?.head.isReorganised ?? false) }
    const isPractice = deps.chains.getDefinition(chainId).kind === 'practice'
    if (!isPractice && !head.isReorganised && deps.nowMs() - state.lastMs < shortestPauseMs) return
    state.lastMs = deps.nowMs()
    state.run().catch((thrown: unknown) => {
      // A chain that does not answer now, or a vault that was locked meanwhile: the next block tries again.
      if (!(thrown instanceof AppError) || thrown.code.startsWith('storage.')) deps.onBug(thrown)
    })
  }

  async function scan(chainId: ChainId): Promise<void> {
    const startedIn = session
    const isCurrent = () => isRunning && session === startedIn
    const accounts = await deps.accounts.listAccounts()
    if (accounts.length === 0) return
    const reading = await reader.readCoins(
      chainId,
      accounts.map(({ address }) => address),
    )
    const upTo = reading.blockNumber
    for (const group of await groupByCursor(chainId, accounts, upTo)) {
      if (!isCurrent()) return
      const before = group.isUndone ? store.listFrom(chainId, group.from) : []
      const { found, unread } = await readSpan(chainId, group.accounts, group.from, upTo, isCurrent)
      const lost = new Set<Address>()
      for (const account of group.accounts) {
        const cursor = store.readCursor(chainId, account.address)
        const balance = reading.balances.get(account.address)
        if (cursor?.coinBalance === undefined || balance === undefined || balance === cursor.coinBalance)
          continue
        const payments = await readPayments(chainId, account, cursor, upTo)
        found.push(...payments.found)
        if (!payments.isWhole) lost.add(account.address)
      }
      const isFirstLook = group.accounts.some(
        ({ address }) => store.readCursor(chainId, address)?.tokensSinceMs === undefined,
      )
      const firstMs =
        isFirstLook && group.from > 0n ? await reader.readBlockTimestampMs(chainId, group.from) : 0
      if (!isCurrent()) return
      keep(found, before, group.accounts)
      for (const { address } of group.accounts) {
        const coinBalance = reading.balances.get(address)
        const known = lost.has(address) ? undefined : store.readCursor(chainId, address)
        store.writeCursor(chainId, address, {
          blockNumber: upTo,
          blockHash: reading.blockHash,
          ...(coinBalance === undefined ? {} : { coinBalance }),
          tokensSinceMs: store.readCursor(chainId, address)?.tokensSinceMs ?? firstMs,
          coinSinceMs: known?.coinSinceMs ?? deps.nowMs(),
          ...withUnread([...(store.readCursor(chainId, address)?.unread ?? []), ...unread]),
        })
      }
    }
  }

  /** Accounts that have been looked at up to the same block, and the first block that is to be looked at now. */
  async function groupByCursor(chainId: ChainId, accounts: readonly Account[], upTo: bigint) {
    const groups = new Map<bigint, { accounts: Account[]; from: bigint; isUndone: boolean }>()
    for (const account of accounts) {
      const cursor = store.readCursor(chainId, account.address)
      const isUndone = cursor !== undefined && !(await isCanonical(chainId, cursor, upTo))
      const from = cursor
        ? isUndone
          ? lower(cursor.blockNumber, upTo)
          : cursor.blockNumber + 1n
        : firstBlock(chainId, upTo)
      const group = groups.get(from)
      if (group) group.accounts.push(account)
      else groups.set(from, { accounts: [account], from, isUndone })
    }
    return [...groups.values()].filter(({ from, isUndone }) => from <= upTo || isUndone)
  }

  async function isCanonical(chainId: ChainId, cursor: HistoryCursor, upTo: bigint): Promise<boolean> {
    if (cursor.blockNumber > upTo) return false
    return (await reader.readBlockHash(chainId, cursor.blockNumber)) === cursor.blockHash
  }

  function firstBlock(chainId: ChainId, upTo: bigint): bigint {
    const isPractice = deps.chains.getDefinition(chainId).kind === 'practice'
    return isPractice || upTo < firstLookBack ? 0n : upTo - firstLookBack
  }

  async function readSpan(
    chainId: ChainId,
    accounts: readonly Account[],
    from: bigint,
    upTo: bigint,
    isCurrent: () => boolean,
  ): Promise<{ found: Activity[]; unread: UnreadBlocks[] }> {
    if (from > upTo) return { found: [], unread: [] }
    const hashes = await reader.findTransactions(
      chainId,
      accounts.map(({ address }) => address),
      from,
      upTo,
    )
    const found: Activity[] = []
    let oldest: ObservedTransaction | undefined
    for (const hash of hashes.slice(-mostTransactions)) {
      if (!isCurrent()) return { found: [], unread: [] }
      const transaction = await reader.readTransaction(chainId, hash)
      if (!transaction) continue
      oldest ??= transaction
      for (const account of accounts) found.push(...(await decode(chainId, account, transaction, [])))
    }
    if (hashes.length <= mostTransactions || !oldest) return { found, unread: [] }
    const gap = {
      firstBlock: from,
      // Of its block there may be others among what was passed over.
      lastBlock: oldest.blockNumber,
      firstMs: await reader.readBlockTimestampMs(chainId, from),
      lastMs: oldest.blockTimestampMs,
    }
    return { found, unread: [gap] }
  }

  /** Coin leaves no log: the blocks in which the balance changed are searched for who paid. */
  async function readPayments(
    chainId: ChainId,
    account: Account,
    cursor: HistoryCursor,
    upTo: bigint,
  ): Promise<{ found: Activity[]; isWhole: boolean }> {
    const first =
      upTo - cursor.blockNumber > mostSearchedBlocks ? upTo - mostSearchedBlocks : cursor.blockNumber
    const blocks = await reader.findCoinChanges(chainId, account.address, first, upTo)
    const found: Activity[] = []
    for (const block of blocks) {
      for (const { transaction, inner } of await reader.readPayments(chainId, account.address, block)) {
        found.push(...(await decode(chainId, account, transaction, inner)))
      }
    }
    return { found, isWhole: blocks.length > 0 && first === cursor.blockNumber }
  }

  async function decode(
    chainId: ChainId,
    account: Account,
    transaction: ObservedTransaction,
    inner: readonly InnerPayment[],
  ): Promise<Activity[]> {
    if (deps.isSignedHere(chainId, account.address, transaction.hash)) return []
    const tokens = new Map<string, Token | undefined>()
    for (const address of new Set(transaction.logs.map((log) => log.address.toLowerCase() as Address))) {
      tokens.set(address, await deps.tokens.resolve({ chainId, address }).catch(ignoreUnknownToken))
    }
    const trusted = deps.tokens.list(chainId)
    const own = await deps.accounts.listAccounts()
    const knownAddresses = [...own.map(({ address }) => address), ...deps.listKnownAddresses()]
    return decodeObserved(
      transaction,
      {
        chainId,
        account,
        nativeToken: deps.chains.getDefinition(chainId).nativeToken,
        tokenOf: (address) => tokens.get(address.toLowerCase()),
        nameOf: (address) => deps.nameOf(chainId, address),
        suspect: (movement, token) => judgeMovement(movement, token, { trusted, knownAddresses }),
      },
      inner,
    )
  }

  /** Writes down what was found; what had been seen and is in no block any more is told as dropped. */
  function keep(found: readonly Activity[], before: readonly Activity[], accounts: readonly Account[]): void {
    const entries = new Map(found.map((activity) => [activity.id, activity]))
    const ids = new Set(accounts.map(({ id }) => id))
    for (const activity of before) {
      if (!ids.has(activity.accountId) || entries.has(activity.id) || activity.status === 'dropped') continue
      const { receipt: _, ...rest } = activity
      entries.set(activity.id, { ...rest, status: 'dropped' })
    }
    if (entries.size === 0) return
    const written = [...entries.values()]
    store.write(written)
    for (const activity of written) deps.onChanged(activity)
  }

  async function findOwner(accountId: AccountId): Promise<Account | undefined> {
    return (await deps.accounts.listAccounts()).find(({ id }) => id === accountId)
  }

  return {
    async listGaps(accountId) {
      const accounts = await deps.accounts.listAccounts()
      return deps.chains.listEnabled().flatMap(({ chainId }) =>
        accounts
          .filter(({ id }) => accountId === undefined || id === accountId)
          .flatMap(({ id, address }) =>
            (store.readCursor(chainId, address)?.unread ?? []).map((unread) => ({
              chainId,
              accountId: id,
              ...unread,
            })),
          ),
      )
    },

    async readGap({ chainId, accountId, lastBlock }) {
      const startedIn = session
      const isCurrent = () => isRunning && session === startedIn
      const account = await findOwner(accountId)
      const isAsked = (unread: UnreadBlocks) => unread.lastBlock === lastBlock
      const gap = account && store.readCursor(chainId, account.address)?.unread?.find(isAsked)
      if (!account || !gap) return
      const { found, unread } = await readSpan(chainId, [account], gap.firstBlock, lastBlock, isCurrent)
      if (!isCurrent()) return
      keep(found, [], [account])
      // Read anew: blocks have come meanwhile.
      const cursor = store.readCursor(chainId, account.address)
      if (!cursor) return
      const { unread: before = [], ...rest } = cursor
      store.writeCursor(chainId, account.address, {
        ...rest,
        ...withUnread([...before.filter((each) => !isAsked(each)), ...unread]),
      })
    },

    start() {
      if (isRunning) return
      isRunning = true
      session += 1
      unsubscribe = deps.chains.subscribeHeads(handleHead)
    },
    stop() {
      isRunning = false
      session += 1
      unsubscribe()
      runs.clear()
    },
  }
}

const withUnread = (unread: readonly UnreadBlocks[]) => (unread.length === 0 ? {} : { unread })

function lower(blockNumber: bigint, upTo: bigint): bigint {
  const last = blockNumber < upTo ? blockNumber : upTo
  return last > reorganisationDepth ? last - reorganisationDepth : 0n
}
