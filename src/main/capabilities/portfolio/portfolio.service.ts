import { createCoalescedRun } from '../../../shared/concurrency/createCoalescedRun.ts'
import type { ChainStatus } from '../../../shared/contract/chains.ts'
import type { ChainBalances, Portfolio } from '../../../shared/contract/portfolio.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Failure, toFailure } from '../../../shared/errors/Result.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import type { AccountDirectory, ChainDirectory } from '../chains/index.ts'
import type { TokenScales, TokensService } from '../tokens/index.ts'
import { assembleBalances } from './domain/assembleBalances.ts'
import { isSameBalances } from './domain/isSameBalances.ts'
import type { BalanceReader, BalanceStore } from './portfolio.ports.ts'

export interface PortfolioServiceDeps {
  readonly chains: Pick<
    ChainDirectory,
    'listEnabled' | 'getStatus' | 'subscribeHeads' | 'subscribeEnabled' | 'subscribeStatus'
  >
  readonly tokens: Pick<TokensService, 'list' | 'confirmListed'>
  readonly scales: Pick<TokenScales, 'refresh'>
  readonly accounts: AccountDirectory
  readonly reader: BalanceReader
  readonly store: BalanceStore
  readonly schedule: (callback: () => void, delayMs: number) => () => void
  /** Told when a balance or a failure changed, not at every block. */
  onChanged(portfolio: Portfolio): void
  /** Told of what should not be possible, to log it. */
  onBug(thrown: unknown): void
}

export interface PortfolioService {
  /** @throws AppError `vault.locked` */
  get(): Promise<Portfolio>
  /** What any of the accounts holds, as last known. */
  listHeld(): readonly Token[]
  /** Shows what was last known, then follows the chains' blocks. Settles after the first reading, which may take as long as a node's time limit; never rejects. */
  start(): Promise<void>
  /** Forgets everything in memory; nothing is read until `start`. */
  stop(): void
  /** Reads everything anew, for example after an account was added. */
  refresh(): Promise<void>
}

/** Between a reading that failed and the next attempt, where no block causes one earlier. */
const retryMs = 3000

interface ChainState {
  balances: ChainBalances | undefined
  failure: Failure | undefined
  cancelRetry: () => void
  readonly refresh: () => Promise<void>
}

/** What the user owns on every enabled chain, live by block. */
export function createPortfolioService(deps: PortfolioServiceDeps): PortfolioService {
  const states = new Map<ChainId, ChainState>()
  let unsubscribe: (() => void)[] = []
  /** Rises with every start and stop: what a reading brings home after that belongs to nobody. */
  let session = 0
  let isRunning = false
  /** Last known balances belong to whoever has these accounts. */
  let accounts: readonly Account[] = []

  function stateOf(chainId: ChainId): ChainState {
    const existing = states.get(chainId)
    if (existing) return existing
    const state: ChainState = {
      balances: undefined,
      failure: undefined,
      cancelRetry: () => {},
      refresh: createCoalescedRun(() => read(chainId, state)),
    }
    states.set(chainId, state)
    return state
  }

  async function read(chainId: ChainId, state: ChainState): Promise<void> {
    const startedIn = session
    let balances = state.balances
    let failure: Failure | undefined
    try {
      const owners = await deps.accounts.listAccounts()
      await deps.tokens.confirmListed(chainId)
      const tokens = deps.tokens.list(chainId)
      const [reading] = await Promise.all([
        deps.reader.readBalances({
          chainId,
          holders: owners.map(({ address }) => address),
          tokens: tokens
            .map(({ ref }) => ref.address)
            .filter((address): address is Address => address !== 'native'),
        }),
        deps.scales.refresh(
          chainId,
          tokens.map(({ ref }) => ref),
        ),
      ])
      if (session !== startedIn) return
      accounts = owners
      balances = assembleBalances(chainId, reading, owners, tokens)
      if (deps.chains.getStatus(chainId).health === 'behind')
        failure = toFailure(new AppError('chain.behind', { chainId }))
    } catch (thrown) {
      if (session !== startedIn) return
      if (!(thrown instanceof AppError)) deps.onBug(thrown)
      // The vault was locked in between: no fault of the chain.
      else if (thrown.code === 'vault.locked') return
      failure = toFailure(thrown)
    }
    const areOthers = !isSameBalances(state.balances, balances)
    const isChanged = areOthers || state.failure?.code !== failure?.code
    state.balances = balances
    state.failure = failure
    state.cancelRetry()
    // A node that failed once may be well again before the next block or change of health would say so.
    if (failure) state.cancelRetry = deps.schedule(() => refreshInBackground(chainId), retryMs)
    if (isChanged) deps.onChanged(assemble())
    if (areOthers && balances) keepForNextStart(balances)
  }

  function keepForNextStart(balances: ChainBalances): void {
    try {
      deps.store.write(balances)
    } catch (thrown) {
      // A full disk costs the first paint of the next start, not what is shown now.
      deps.onBug(thrown)
    }
  }

  function assemble(): Portfolio {
    const own = new Set(accounts.map(({ id }) => id))
    const portfolio: Portfolio = { chains: [], failures: [] }
    for (const { chainId } of deps.chains.listEnabled()) {
      const state = states.get(chainId)
      if (state?.balances) {
        portfolio.chains.push({
          ...state.balances,
          balances: state.balances.balances.filter(({ accountId }) => own.has(accountId)),
        })
      }
      if (state?.failure) portfolio.failures.push({ chainId, error: state.failure })
    }
    return portfolio
  }

  function reportBug(thrown: unknown): void {
    if (!(thrown instanceof AppError)) deps.onBug(thrown)
  }

  function refreshInBackground(chainId: ChainId): void {
    if (!isRunning || !deps.chains.listEnabled().some((chain) => chain.chainId === chainId)) return
    stateOf(chainId).refresh().catch(reportBug)
  }

  function handleStatus({ chainId, health }: ChainStatus): void {
    const isFailing = states.get(chainId)?.failure !== undefined
    const isAnswering = health === 'ok'
    // A chain that stops or resumes may not bring a new block that would show it.
    if (health !== 'connecting' && isFailing === isAnswering) refreshInBackground(chainId)
  }

  async function refresh(): Promise<void> {
    const owners = await deps.accounts.listAccounts()
    if (!isRunning) return
    accounts = owners
    await Promise.all(deps.chains.listEnabled().map(({ chainId }) => stateOf(chainId).refresh()))
  }

  return {
    async get() {
      // Refused while the vault is locked, also when numbers are still at hand.
      accounts = await deps.accounts.listAccounts()
      return assemble()
    },

    listHeld: () =>
      [...states.values()].flatMap(({ balances }) => balances?.balances.map(({ token }) => token) ?? []),

    async start() {
      if (isRunning) return
      isRunning = true
      session += 1
      const startedIn = session
      for (const balances of deps.store.readAll()) stateOf(balances.chainId).balances = balances
      unsubscribe = [
        deps.chains.subscribeHeads(({ chainId }) => refreshInBackground(chainId)),
        deps.chains.subscribeStatus(handleStatus),
        deps.chains.subscribeEnabled(() => {
          deps.onChanged(assemble())
          refresh().catch(reportBug)
        }),
      ]
      try {
        const owners = await deps.accounts.listAccounts()
        if (session !== startedIn) return
        accounts = owners
        deps.onChanged(assemble())
        await refresh()
      } catch (thrown) {
        reportBug(thrown)
      }
    },

    stop() {
      isRunning = false
      session += 1
      for (const cancel of unsubscribe) cancel()
      unsubscribe = []
      for (const { cancelRetry } of states.values()) cancelRetry()
      states.clear()
      accounts = []
    },

    refresh,
  }
}
