import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type {
  Depth,
  SwapChannel,
  SwapExposure,
  SwapQuote,
  SwapRequest,
} from '../../../shared/contract/swaps.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'
import type { AccountDirectory, ChainDirectory, Head } from '../chains/index.ts'
import { encodeHex, encodeUnsigned } from '../transfers/index.ts'
import { matchSigned, type SignedBytes } from './domain/matchSigned.ts'
import { type PreparedStep, type PreparedSwap, type PrepareSwapDeps, prepareSwap } from './prepareSwap.ts'
import type {
  SignedSwapTransaction,
  StopSignal,
  SwapApprovalPort,
  SwapJournal,
  VenueDirectory,
} from './swaps.ports.ts'
import { watchNewestQuote } from './watchNewestQuote.ts'

export interface SwapsServiceDeps extends PrepareSwapDeps {
  readonly chains: Pick<ChainDirectory, 'getEnabled' | 'subscribeHeads'>
  readonly accounts: AccountDirectory
  readonly venues: VenueDirectory
  readonly approvals: SwapApprovalPort
  readonly journal: SwapJournal
  readonly makeId: () => string
  onQuoteOutdated(outdated: { quoteId: string; blockNumber: bigint }): void
}

export type SwapsHandlers = Handlers<typeof mainWindowContract>['swaps']

export interface SwapsService extends SwapsHandlers {
  /** Begins to tell of newer blocks. */
  start(): void
  /** Forgets every quote; called when the vault is locked. */
  stop(): void
}

interface KeptQuote extends PreparedSwap {
  readonly quote: SwapQuote
}

/** After that, fee and balance have moved too far for what was shown. */
const quoteLifeMs = 120_000
const mostQuotes = 20
/** Doublings of the search's effort while the same is asked again and again. */
const mostRepeats = 3
/** Where a slider of tolerances stops, in hundredths of a percent. */
const shownTolerancesBps = [0, 1, 2, 5, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500]

/** Swaps tokens: the best trade at the newest block, approval elsewhere, written down before it leaves. */
export function createSwapsService(deps: SwapsServiceDeps): SwapsService {
  const kept = new Map<string, KeptQuote>()
  const newest = watchNewestQuote(deps.onQuoteOutdated)
  let unsubscribe: () => void = () => {}
  const searching = new Map<string, ReturnType<typeof createStop>>()
  let lastQuestion = ''
  let repeats = 0

  /** The same question again is looked into twice as hard each time, up to a limit: the answer gets better while the user looks. */
  function noteQuestion(request: SwapRequest): number {
    const question = JSON.stringify(request)
    repeats = question === lastQuestion ? Math.min(repeats + 1, mostRepeats) : 0
    lastQuestion = question
    return 2 ** repeats
  }

  /** Ends what is still searched for the same pair and account: who asks again waits for the new answer only. */
  function supersede({ accountId, chainId, sell, buy }: SwapRequest): StopSignal {
    const asker = `${accountId} ${chainId} ${sell} ${buy}`
    searching.get(asker)?.stop()
    const search = createStop()
    searching.set(asker, search)
    return search
  }

  async function findAccount(accountId: AccountId): Promise<Account> {
    const account = (await deps.accounts.listAccounts()).find(({ id }) => id === accountId)
    if (!account) throw new AppError('account.missing')
    return account
  }

  function keep(entry: KeptQuote): void {
    for (const [id, { quote }] of kept) if (quote.expiresAtMs <= deps.nowMs()) kept.delete(id)
    const oldest = kept.size >= mostQuotes ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
    kept.set(entry.quote.quoteId, entry)
    newest.noteQuote(entry.quote)
  }

  function handleHead(head: Head): void {
    if (head.isReorganised) deps.reader.forget(head.chainId)
    newest.noteHead(head)
  }

  /** The quote, taken out, so that it is executed once. @throws AppError `swap.quoteExpired` */
  function take(quoteId: string): KeptQuote {
    const entry = kept.get(quoteId)
    kept.delete(quoteId)
    if (!entry || entry.quote.expiresAtMs <= deps.nowMs()) throw new AppError('swap.quoteExpired')
    return entry
  }

  return {
    async quote(request) {
      const chain = deps.chains.getEnabled(request.chainId)
      const account = await findAccount(request.accountId)
      const venues = deps.venues.find(request.chainId)
      const prepared = await prepareSwap(deps, request, chain, venues, account, undefined, {
        effort: noteQuestion(request),
        signal: supersede(request),
      })
      if (prepared.kind === 'noRoute') return prepared.offer
      const quote: SwapQuote = {
        ...prepared.offer,
        quoteId: deps.makeId(),
        expiresAtMs: deps.nowMs() + quoteLifeMs,
      }
      keep({ ...prepared, quote })
      return quote
    },

    async execute({ quoteId, channel }) {
      const { quote, steps, permit } = take(quoteId)
      refuseObstacle(quote)
      if (!quote.mev.channels.some((option) => option.channel === channel)) {
        throw new AppError('swap.channelUnavailable', { channel })
      }
      const account = await findAccount(quote.accountId)
      const swap = steps.at(-1)
      const [first] = steps
      if (!swap || !first) throw new AppError('swap.quoteExpired')
      // Something else was sent since: these nonces would replace it instead of following it.
      const taken = deps.journal.listOpenNonces(quote.chainId, account.address)
      if (steps.some(({ transaction }) => taken.includes(transaction.nonce))) {
        throw new AppError('swap.quoteExpired')
      }
      const preparations = steps.slice(0, -1)
      const outcome = await deps.approvals.requestApproval({
        accountId: account.id,
        transaction: encodeUnsigned(swap.transaction),
        preparations: preparations.map(({ transaction }) => encodeUnsigned(transaction)),
        claims: {},
      })
      if (outcome.status === 'rejected') return { status: 'rejected' }
      const matched = await matchSigned(outcome, steps, account.address, permit)
      const { activityIds } = await deps.journal.submitAll(
        matched.map(({ step, signed }) => describeSigned(step, signed, quote, account, channel)),
      )
      return { status: 'sent', activityId: activityIds.at(-1) ?? '' }
    },

    cancel: ({ activityId }) => deps.journal.cancel(activityId),

    async getDepth({ quoteId }): Promise<Depth> {
      const entry = kept.get(quoteId)
      if (!entry) throw new AppError('swap.quoteExpired')
      return {
        blockNumber: entry.quote.blockNumber,
        points: await deps.search.measureDepth(entry.market, entry.trade),
      }
    },

    getExposure({ quoteId }): SwapExposure {
      const entry = kept.get(quoteId)
      if (!entry) throw new AppError('swap.quoteExpired')
      const { exposure, movement, quote } = entry
      const tolerances = [...new Set([...shownTolerancesBps, quote.toleranceBps])].sort((a, b) => a - b)
      return {
        points: [...exposure.trace(tolerances, movement.volatility, movement.inclusion)],
        drawing: exposure.draw(quote.toleranceBps),
      }
    },

    start() {
      unsubscribe()
      unsubscribe = deps.chains.subscribeHeads(handleHead)
    },

    stop() {
      unsubscribe()
      unsubscribe = () => {}
      kept.clear()
      for (const search of searching.values()) search.stop()
      searching.clear()
      newest.clear()
    },
  }
}

function createStop(): StopSignal & { stop(): void } {
  const listeners: (() => void)[] = []
  let isStopped = false
  return {
    get isStopped() {
      return isStopped
    },
    onStop: (listener) => void listeners.push(listener),
    stop() {
      isStopped = true
      for (const listener of listeners) listener()
    },
  }
}

/** @throws AppError `amount.overBalance`, `fee.notAffordable`, `signing.undecodable` */
function refuseObstacle({ obstacle, sell, maximumSold, sellBalance, fee }: SwapQuote): void {
  switch (obstacle) {
    case undefined:
      return
    case 'sellBalance':
      throw new AppError('amount.overBalance', {
        needed: maximumSold,
        available: sellBalance,
        decimals: sell.decimals,
        symbol: sell.symbol,
      })
    case 'feeBalance':
      throw new AppError('fee.notAffordable', { needed: fee.maximum })
    case 'unlistedToken':
      throw new AppError('signing.undecodable', { reason: 'unknownToken' })
  }
}

function describeSigned(
  step: PreparedStep,
  signed: SignedBytes,
  quote: SwapQuote,
  account: Account,
  channel: SwapChannel,
): SignedSwapTransaction {
  const isSwap = step.kind === 'swap'
  return {
    kind: isSwap ? 'swap' : 'approve',
    channel,
    accountId: account.id,
    from: account.address,
    to: isSwap ? step.transaction.to : (quote.spender?.address ?? step.transaction.to),
    toName: quote.spender?.name,
    token: quote.sell,
    units: step.kind === 'resetAllowance' ? 0n : isSwap ? quote.sellUnits : quote.maximumSold,
    swap: isSwap
      ? {
          buy: quote.buy,
          quoted: quote.buyUnits,
          minimum: quote.minimumBought,
          costs: {
            exact: quote.exact,
            atMarket: quote.unitsAtMarket,
            impact: quote.cost.impact,
            poolFees: quote.cost.poolFees,
            publicProfit: quote.mev.publicRisk.attackerProfit,
            publicLoss: quote.mev.publicRisk.userLoss,
          },
        }
      : undefined,
    transaction: step.transaction,
    signedTransaction: encodeHex(signed.signedTransaction),
    transactionHash: signed.transactionHash,
  }
}
