import { createCoalescedRun } from '../../../shared/concurrency/createCoalescedRun.ts'
import type { Activity, NonceGap } from '../../../shared/contract/activity.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Address, type ChainId, isSameAddress } from '../../../shared/identity/identity.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import type { AccountDirectory, ChainDirectory, Head } from '../chains/index.ts'
import type { DelegationJournal } from '../delegations/index.ts'
import type { OrderJournal } from '../orders/index.ts'
import type { TokenScales, TokensService } from '../tokens/index.ts'
import type { ApprovalPort, SignedTransfer, TransferJournal, TransferNode } from '../transfers/index.ts'
import type {
  ActivityRecord,
  ActivityStore,
  BlockReader,
  HistoryReader,
  HistoryStore,
  PrivateChannel,
  TrackingNode,
} from './activity.ports.ts'
import { type ActivityBrowser, createActivityBrowser } from './browseActivity.ts'
import { createRecordChannel } from './createRecordChannel.ts'
import { createReplacements, type SignedReplacement } from './createReplacements.ts'
import { advanceRecord } from './domain/advanceRecord.ts'
import { findNonceGaps } from './domain/findNonceGaps.ts'
import { isSameActivity } from './domain/isSameActivity.ts'
import { mayStillBeTaken } from './domain/mayStillBeTaken.ts'
import type { WorthThen } from './domain/summariseProtection.ts'
import { createHistoryFollower } from './followHistory.ts'
import { measureExecution } from './measureExecution.ts'
import { callRecord, replacementRecord, swapRecord, takingBackRecord, transferRecord } from './toRecord.ts'

export interface ActivityServiceDeps {
  readonly chains: Pick<
    ChainDirectory,
    'listEnabled' | 'getEnabled' | 'getDefinition' | 'getStatus' | 'subscribeHeads'
  >
  readonly accounts: AccountDirectory
  readonly store: ActivityStore
  readonly node: TrackingNode
  /** Without one nothing is sent privately. */
  readonly privateChannel?: PrivateChannel
  /** Without one nobody looks at the blocks that trades got into. */
  readonly blocks?: {
    readonly reader: BlockReader
    /** Routers and vaults of a chain that strangers use as well. */
    readonly sharedContracts: (chainId: ChainId) => readonly Address[]
  }
  /** What is sent in place of pending transactions is filled in by this node, and approved there. */
  readonly replacing: {
    readonly node: Pick<TransferNode, 'readFeeHistory' | 'readAccountState' | 'estimateGas'>
    readonly approvals: ApprovalPort
  }
  /** What the chain shows of the accounts besides. */
  readonly history: {
    readonly reader: HistoryReader
    readonly store: HistoryStore
    readonly tokens: Pick<TokensService, 'list' | 'resolve'>
    /** Addresses that the user sent to or saved. */
    listKnownAddresses(): readonly Address[]
    /** The name of a contract that the app knows. */
    nameOf(chainId: ChainId, address: Address): string | undefined
    /** Addresses whose name, given by the user, contains the word. */
    findNamed(word: string): readonly Address[]
  }
  /** What things were worth at their time, in the currency that the user counts in now. */
  worthThen(): WorthThen
  readonly scales: Pick<TokenScales, 'multiplierOf'>
  readonly nowMs: () => number
  readonly makeId: () => string
  readonly schedule: (callback: () => void, delayMs: number) => () => void
  onChanged(activity: Activity): void
  /** Told of what should not be possible, to log it. */
  onBug(thrown: unknown): void
}

type ActivityHandlers = Handlers<typeof mainWindowContract>['activity']

export interface ActivityService extends TransferJournal, OrderJournal, DelegationJournal {
  readonly find: (activityId: string) => Activity | undefined
  /** What the main window may ask. */
  readonly handlers: ActivityHandlers
  /** Everything of these accounts, newest first, suspicious entries left out. */
  readonly readAll: ActivityBrowser['readAll']
  /** Since when every movement of an account's tokens, or of its coin, has been seen; `undefined` where nobody looked yet. */
  seenSince(chainId: ChainId, account: Address, isCoin: boolean): number | undefined
  /** A call of any other contract; like `submit`. */
  submitCall(call: Omit<SignedTransfer, 'recipientName'>): Promise<{ readonly activityId: string }>
  /** Takes up tracking what is not settled, and brings on its way again what may never have left. */
  start(): void
  /** Ends all tracking. */
  stop(): void
}

interface Tracker {
  readonly check: () => Promise<void>
  /** The newest block that was told; until one is, there is nothing to count confirmations from. */
  head: Head | undefined
  cancelTimer: () => void
}

/** Least time between two looks at transactions that wait for a block. */
const shortestRecheckMs = 1000

/** What the user did, from the signature until the chain has settled it; survives restarts. */
export function createActivityService(deps: ActivityServiceDeps): ActivityService {
  const { store, node } = deps
  const channel = createRecordChannel(node, deps.privateChannel)
  const trackers = new Map<ChainId, Tracker>()
  /** Under way in `submit`, which alone decides about them. */
  const submitting = new Set<string>()
  let unsubscribe: () => void = () => {}
  let isRunning = false
  let session = 0
  const browser = createActivityBrowser({
    ...deps,
    findNamed: deps.history.findNamed,
    onChanged: deps.onChanged,
  })
  const history = createHistoryFollower({
    ...deps,
    ...deps.history,
    isSignedHere: (chainId, from, hash) => store.isSigned(chainId, from, hash),
    onChanged: tell,
  })
  const replacements = createReplacements({ ...deps, ...deps.replacing, submit: submitReplacement })

  /** Tells of a change, with what the user noted. */
  function tell(activity: Activity): void {
    deps.onChanged(store.findActivity(activity.id) ?? activity)
  }

  function trackerOf(chainId: ChainId): Tracker {
    const existing = trackers.get(chainId)
    if (existing) return existing
    const tracker: Tracker = {
      head: undefined,
      cancelTimer: () => {},
      check: createCoalescedRun(() => checkChain(chainId, tracker)),
    }
    trackers.set(chainId, tracker)
    return tracker
  }

  function checkInBackground(chainId: ChainId): void {
    if (!isRunning) return
    trackerOf(chainId)
      .check()
      .catch((thrown: unknown) => {
        // A chain that does not answer now is asked again; its status says so elsewhere.
        if (!(thrown instanceof AppError) || thrown.code.startsWith('storage.')) deps.onBug(thrown)
      })
  }

  function scheduleRecheck(chainId: ChainId): void {
    if (!isRunning) return
    const tracker = trackerOf(chainId)
    const delay = Math.max(shortestRecheckMs, deps.chains.getDefinition(chainId).blockTimeSeconds * 1000)
    tracker.cancelTimer()
    tracker.cancelTimer = deps.schedule(() => checkInBackground(chainId), delay)
  }

  function save(before: ActivityRecord, after: ActivityRecord): void {
    if (isSameActivity(before.activity, after.activity)) {
      if (before.isFinal !== after.isFinal || before.settledAtBlock !== after.settledAtBlock)
        store.update(after)
      return
    }
    store.update(after)
    tell(after.activity)
  }

  async function checkChain(chainId: ChainId, tracker: Tracker): Promise<void> {
    const startedIn = session
    tracker.cancelTimer()
    const { head } = tracker
    if (head === undefined) return
    const open = store.listOpen(chainId)
    if (open.length === 0) return
    try {
      for (const record of open) {
        if (submitting.has(record.activity.id)) continue
        await checkRecord(record, head.number, () => isRunning && session === startedIn)
        if (session !== startedIn) return
      }
    } finally {
      // Blocks may be rare, and receipts come later than blocks: look again without waiting for the next one.
      // After the end of the session the database may be closed.
      const isWaiting =
        session === startedIn &&
        store
          .listOpen(chainId)
          .some(({ activity }) => activity.status === 'signed' || activity.status === 'pending')
      if (isWaiting) scheduleRecheck(chainId)
    }
  }

  async function checkRecord(
    record: ActivityRecord,
    headNumber: bigint,
    isCurrent: () => boolean,
  ): Promise<void> {
    const { activity } = record
    const { chainId } = activity
    const receipt = await node.readReceipt(chainId, activity.transactionHash)
    const [latestNonce, presence] = receipt
      ? [activity.nonce ?? 0, { isKnown: true }]
      : await Promise.all([node.readLatestNonce(chainId, activity.from), channel.readPresence(record)])
    const isRestarted = !receipt && (await isOfEarlierChain(record))
    const before = receipt ? withoutResultOfOtherBlock(record, receipt.blockNumber) : record
    let next = advanceRecord(before, { headNumber, receipt, latestNonce, isRestarted, ...presence })
    if (next.activity.status === 'failed' && next.activity.failureReason === undefined && receipt) {
      const reason = await node.readFailureReason(chainId, activity.from, record.call, receipt.blockNumber)
      if (reason) next = { ...next, activity: { ...next.activity, failureReason: reason } }
    }
    if (next.activity.status === 'confirmed') next = await withExecution(await withResult(next))
    if (!isCurrent()) return
    save(record, next)
    if (next.activity.status === 'replaced' && activity.status !== 'replaced') reopenSiblings(next)
    const isLost =
      !receipt &&
      !presence.isKnown &&
      (next.activity.status === 'signed' || next.activity.status === 'pending')
    // What has a successor is out of the nodes' pools by the user's wish.
    if (!isLost || hasSuccessor(next)) return
    const sent = await bringOnItsWay(next)
    if (isCurrent()) save(next, sent)
  }

  /**
   * Whether a practice chain began anew since. What was signed for the earlier one must not be sent to the new one, which has the same id:
   * the user gave it for another world.
   */
  async function isOfEarlierChain({ activity, anchor }: ActivityRecord): Promise<boolean> {
    if (!anchor || deps.chains.getDefinition(activity.chainId).kind !== 'practice') return false
    return (await node.readBlockHash(activity.chainId, anchor.blockNumber)) !== anchor.blockHash
  }

  /** A swap that is in a block with what it really moved, as far as that can be read. */
  async function withResult(record: ActivityRecord): Promise<ActivityRecord> {
    const { activity } = record
    const { swap, chainId, transactionHash, from, token } = activity
    if (!swap || swap.bought !== undefined) return record
    const [bought, sold] = await Promise.all([
      node.readMoved(chainId, transactionHash, from, swap.buy.ref.address),
      node.readMoved(chainId, transactionHash, from, token.ref.address),
    ])
    return {
      ...record,
      activity: {
        ...activity,
        swap: {
          ...swap,
          ...(bought === undefined || bought < 0n ? {} : { bought: baseUnits(bought) }),
          ...(sold === undefined || sold > 0n ? {} : { sold: baseUnits(-sold) }),
        },
      },
    }
  }

  /** A trade that is in a block with what became of it there. A block that cannot be looked at now is looked at with the next one. */
  async function withExecution(record: ActivityRecord): Promise<ActivityRecord> {
    const { activity } = record
    const { swap, chainId, receipt } = activity
    if (!deps.blocks || !swap || !receipt || swap.execution) return record
    const { reader, sharedContracts } = deps.blocks
    try {
      const execution = await measureExecution(reader, record, receipt.blockNumber, sharedContracts(chainId))
      return execution ? { ...record, activity: { ...activity, swap: { ...swap, execution } } } : record
    } catch (thrown) {
      // The trade is confirmed whatever its block looks like: that it is must not wait for this.
      if (thrown instanceof AppError && thrown.code.startsWith('chain.')) return record
      throw thrown
    }
  }

  /** What was read of a block that is no longer the one that holds the trade says nothing. */
  function withoutResultOfOtherBlock(record: ActivityRecord, blockNumber: bigint): ActivityRecord {
    const { swap, receipt } = record.activity
    if (!swap || receipt === undefined || receipt.blockNumber === blockNumber) return record
    const { bought: _, sold: __, execution: ___, ...asQuoted } = swap
    return { ...record, activity: { ...record.activity, swap: asQuoted } }
  }

  function listSiblings({ activity: { chainId, from, nonce } }: ActivityRecord): readonly ActivityRecord[] {
    return nonce === undefined ? [] : store.listByNonce(chainId, from, nonce)
  }

  function hasSuccessor(record: ActivityRecord): boolean {
    return listSiblings(record).some(
      ({ activity: { replaces, status } }) =>
        replaces === record.activity.id && (status === 'signed' || status === 'pending'),
    )
  }

  /** One of the transactions with this nonce is in a block; it may be one that a node had claimed to refuse. */
  function reopenSiblings(record: ActivityRecord): void {
    for (const sibling of listSiblings(record)) {
      if (['unsent', 'expired', 'cancelled'].includes(sibling.activity.status))
        store.update({ ...sibling, isFinal: false })
    }
  }

  /** Hands the signed bytes to a node. @throws AppError `chain.*` when none answers; the record then stays as it is. */
  async function bringOnItsWay(record: ActivityRecord): Promise<ActivityRecord> {
    const { activity } = record
    const outcome = await channel.broadcast(record)
    let next = record
    if (outcome.status === 'accepted') {
      next = { ...record, activity: { ...activity, status: 'pending' } }
    } else if (outcome.status === 'nonceTaken') {
      // By this very transaction, perhaps: nodes say the same when it is in a block already.
      if ((await channel.readPresence(record)).isKnown) {
        next = { ...record, activity: { ...activity, status: 'pending' } }
      } else if (activity.status === 'signed') {
        next = unsent(record, outcome.reason)
      }
    } else if (!mayStillBeTaken(outcome.reason)) {
      next = unsent(record, outcome.reason)
    }
    return next
  }

  function unsent(record: ActivityRecord, reason: string): ActivityRecord {
    return {
      ...record,
      activity: { ...record.activity, status: 'unsent', failureReason: reason },
      isFinal: true,
    }
  }

  const occasion = (chainId: ChainId) => ({
    id: deps.makeId(),
    createdAtMs: deps.nowMs(),
    head: trackerOf(chainId).head,
  })

  /**
   * Writes them down, then sends one after the other; one that is refused takes those after it along.
   *
   * @throws AppError `transfer.broadcastFailed`
   */
  async function sendInOrder(records: readonly ActivityRecord[]): Promise<void> {
    // Before the network hears of it: a crash in between must not leave a transaction that nobody remembers.
    for (const record of records) {
      store.insert(record)
      submitting.add(record.activity.id)
      tell(record.activity)
    }
    let refusal: string | undefined
    try {
      for (const record of records) {
        const sent = refusal === undefined ? await bringOnItsWay(record) : unsent(record, refusal)
        save(record, sent)
        if (sent.activity.status === 'unsent') refusal = sent.activity.failureReason ?? ''
      }
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      // Whether it arrived is unknown. It stays `signed` and is tried again until the chain has settled it.
      for (const { activity } of records) scheduleRecheck(activity.chainId)
      return
    } finally {
      for (const { activity } of records) submitting.delete(activity.id)
    }
    if (refusal !== undefined) throw new AppError('transfer.broadcastFailed', { reason: refusal })
    for (const { activity } of records) checkInBackground(activity.chainId)
  }

  function handleHead(head: Head): void {
    const tracker = trackerOf(head.chainId)
    tracker.head = head
    checkInBackground(head.chainId)
  }

  async function submitReplacement(signed: SignedReplacement): Promise<{ readonly activityId: string }> {
    const { chainId } = signed.transaction
    const { nativeToken } = deps.chains.getDefinition(chainId)
    const record = replacementRecord(signed, nativeToken, occasion(chainId))
    await sendInOrder([record])
    return { activityId: record.activity.id }
  }

  async function listNonceGaps(): Promise<NonceGap[]> {
    const accounts = await deps.accounts.listAccounts()
    const gaps: NonceGap[] = []
    for (const { chainId } of deps.chains.listEnabled()) {
      for (const { id: accountId, address } of accounts) {
        const open = listOpenNonces(chainId, address)
        if (open.length === 0) continue
        const latestNonce = await node.readLatestNonce(chainId, address)
        gaps.push(...findNonceGaps(latestNonce, open).map((gap) => ({ chainId, accountId, ...gap })))
      }
    }
    return gaps
  }

  function listOpenNonces(chainId: ChainId, from: Address): number[] {
    return store
      .listOpen(chainId)
      .filter(({ activity }) => activity.status === 'signed' || activity.status === 'pending')
      .filter(({ activity }) => isSameAddress(activity.from, from))
      .flatMap(({ activity }) => activity.nonce ?? [])
  }

  const { readAll, ...browsing } = browser
  return {
    readAll,
    seenSince(chainId, account, isCoin) {
      const cursor = deps.history.store.readCursor(chainId, account)
      const sinceMs = isCoin ? cursor?.coinSinceMs : cursor?.tokensSinceMs
      // What was passed over may have moved anything.
      return sinceMs && Math.max(sinceMs, ...(cursor?.unread ?? []).map(({ lastMs }) => lastMs + 1))
    },
    handlers: {
      ...browsing,
      previewReplacement: replacements.preview,
      replace: ({ previewId }) => replacements.replace(previewId),
      listNonceGaps,
      listHistoryGaps: ({ accountId }) => history.listGaps(accountId),
      readHistoryGap: async (gap) => {
        await history.readGap(gap)
        return undefined
      },
    },

    listOpenNonces,

    async submit(transfer) {
      const { chainId } = transfer.transaction
      const record = transferRecord(transfer, occasion(chainId))
      await sendInOrder([record])
      return { activityId: record.activity.id }
    },

    async submitTakingBack(signed) {
      const record = takingBackRecord(signed, occasion(signed.transaction.chainId))
      await sendInOrder([record])
      return { activityId: record.activity.id }
    },

    async submitCall(call) {
      const record = callRecord(call, occasion(call.transaction.chainId))
      await sendInOrder([record])
      return { activityId: record.activity.id }
    },

    async submitAll(transactions) {
      const records = transactions.map((signed) => swapRecord(signed, occasion(signed.transaction.chainId)))
      await sendInOrder(records)
      return { activityIds: records.map(({ activity }) => activity.id) }
    },

    find: (activityId) => store.find(activityId)?.activity,

    findSigned: ({ chainId, from, nonce, transactionHash }) =>
      store
        .listByNonce(chainId, from, nonce)
        .find(({ activity }) => activity.transactionHash === transactionHash)?.activity,

    async cancel(activityId) {
      const record = store.find(activityId)
      const isOpen = record?.activity.status === 'signed' || record?.activity.status === 'pending'
      if (!record || !isOpen) return false
      const isWithdrawn = await channel.cancel(record)
      if (isWithdrawn) checkInBackground(record.activity.chainId)
      return isWithdrawn
    },

    start() {
      if (isRunning) return
      isRunning = true
      session += 1
      unsubscribe = deps.chains.subscribeHeads(handleHead)
      history.start()
      for (const { chainId } of deps.chains.listEnabled()) checkInBackground(chainId)
    },

    stop() {
      isRunning = false
      session += 1
      unsubscribe()
      history.stop()
      replacements.forget()
      for (const tracker of trackers.values()) tracker.cancelTimer()
      trackers.clear()
    },
  }
}
