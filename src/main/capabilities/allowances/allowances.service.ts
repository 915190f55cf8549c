import type { Allowance, AllowancesOverview, RevocationPreview } from '../../../shared/contract/allowances.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type Failure, toFailure } from '../../../shared/errors/Result.ts'
import type { AccountId, Address, ChainId } from '../../../shared/identity/identity.ts'
import { largerOf, smallerOf } from '../../../shared/money/smallerOf.ts'
import { baseUnits, wei } from '../../../shared/money/units.ts'
import type { AccountDirectory, ChainDefinition, ChainDirectory } from '../chains/index.ts'
import type { SwapApprovalPort, SwapJournal } from '../swaps/index.ts'
import { ignoreUnknownToken, type TokensService } from '../tokens/index.ts'
import type { TransferNode } from '../transfers/index.ts'
import type { AllowanceReader, AllowanceScan, AllowanceStore, CurrentRight } from './allowances.ports.ts'
import type { GivenRight } from './domain/GivenRight.ts'
import { isUnlimited } from './domain/isUnlimited.ts'
import { type PreparedRevocation, prepareRevocation } from './prepareRevocation.ts'
import { sendRevocation } from './sendRevocation.ts'

export interface AllowancesServiceDeps {
  readonly chains: Pick<ChainDirectory, 'listEnabled' | 'getEnabled'>
  readonly tokens: Pick<TokensService, 'listTracked' | 'resolve'>
  readonly accounts: AccountDirectory
  readonly reader: AllowanceReader
  readonly store: AllowanceStore
  readonly node: Pick<TransferNode, 'readFeeHistory' | 'readAccountState' | 'estimateGas'>
  readonly approvals: SwapApprovalPort
  readonly journal: Pick<SwapJournal, 'submitAll' | 'listOpenNonces'>
  permit2Of(chainId: ChainId): Address | undefined
  /** To whom allowances are given most: they are asked for even where no log tells of them any more. */
  usualSpenders(chainId: ChainId): readonly Address[]
  /** The name of a contract that the app knows. */
  nameOf(chainId: ChainId, address: Address): string | undefined
  readonly nowMs: () => number
  readonly makeId: () => string
}

export type AllowancesService = Handlers<typeof mainWindowContract>['allowances'] & {
  /** Forgets what was prepared and shown; called when the vault is locked. */
  forget(): void
}

const previewLifeMs = 120_000
/** Blocks of a real chain that one look goes into the past. */
const spanIntoPast = 200_000n
/** How many times as far a look goes that was asked to reach further. */
const furtherSpans = 5
/** Blocks below the newest that are looked at again: a chain may have replaced them. */
const reorganisationDepth = 64n

/** Who may take what from the accounts, and taking it back. */
export function createAllowancesService(deps: AllowancesServiceDeps): AllowancesService {
  const { reader, store } = deps
  /** As last listed, by their ids. */
  const listed = new Map<string, Allowance>()
  const prepared = new Map<string, PreparedRevocation>()

  /** What is known of rights by logs up to the newest block, and how far into the past; and why it is no further. */
  async function scan(
    { chainId, kind }: ChainDefinition,
    owner: Address,
    reachesFurther: boolean,
  ): Promise<{ scanned: AllowanceScan; refusal: Failure | undefined }> {
    const permit2 = deps.permit2Of(chainId)
    const head = await reader.readHead(chainId)
    const kept = store.read(chainId, owner)
    // A practice chain may have begun anew, and is short enough to be read as a whole.
    const known = kept && kind !== 'practice' && kept.toBlock <= head ? kept : undefined
    const rights = new Map((known?.rights ?? []).map((right) => [keyOf(right), right]))
    const find = async (from: bigint, to: bigint) => {
      for (const right of await reader.findGiven(chainId, owner, permit2, from, to))
        rights.set(keyOf(right), right)
    }
    if (known) await find(largerOf(known.toBlock - reorganisationDepth, 0n), head)
    let fromBlock = known?.fromBlock ?? head + 1n
    const lowest = kind === 'practice' ? 0n : undefined
    let spans = reachesFurther ? furtherSpans : known ? 0 : 1
    let refusal: Failure | undefined
    while (fromBlock > 0n && spans > 0) {
      const from = lowest ?? largerOf(fromBlock - spanIntoPast, 0n)
      try {
        await find(from, fromBlock - 1n)
      } catch (thrown) {
        refusal = toChainFailure(thrown)
        break
      }
      fromBlock = from
      spans -= 1
    }
    const scanned = { fromBlock, toBlock: head, rights: [...rights.values()] }
    store.write(chainId, owner, scanned)
    return { scanned, refusal }
  }

  /** Rights that are asked for whether or not a log tells of them: of the tokens that the chain's list names, to whom wallets give most. */
  function listUsual(chainId: ChainId): GivenRight[] {
    const spenders = deps.usualSpenders(chainId)
    return deps.tokens
      .listTracked(chainId)
      .flatMap(({ ref: { address: token } }) =>
        token === 'native' ? [] : spenders.map((spender) => ({ kind: 'token' as const, token, spender })),
      )
  }

  async function describe(
    { chainId }: ChainDefinition,
    account: Account,
    right: CurrentRight,
  ): Promise<Allowance | undefined> {
    const token = await deps.tokens.resolve({ chainId, address: right.token }).catch(ignoreUnknownToken)
    if (!token) return undefined
    const expiresAtMs = Number(smallerOf(right.expiration ?? 0n, latestDateSeconds)) * 1000
    if (right.kind === 'permit2' && expiresAtMs <= deps.nowMs()) return undefined
    const spenderName = deps.nameOf(chainId, right.spender)
    const common = {
      id: `${chainId}:${account.id}:${keyOf(right)}`,
      chainId,
      accountId: account.id,
      token,
      spender: right.spender,
      ...(spenderName === undefined ? {} : { spenderName }),
      isSpenderContract: right.isSpenderContract,
      units: baseUnits(right.units),
      isUnlimited: isUnlimited(right.units),
      atRisk: baseUnits(right.atRisk),
    }
    return right.kind === 'token' ? { kind: 'token', ...common } : { kind: 'permit2', ...common, expiresAtMs }
  }

  async function listOf(chain: ChainDefinition, account: Account, reachesFurther: boolean) {
    const { chainId } = chain
    const { scanned, refusal } = await scan(chain, account.address, reachesFurther)
    const rights = new Map([...listUsual(chainId), ...scanned.rights].map((right) => [keyOf(right), right]))
    const permit2 = deps.permit2Of(chainId)
    const current = await reader.readCurrent(chainId, account.address, permit2, [...rights.values()])
    const described = await Promise.all(current.map((right) => describe(chain, account, right)))
    return {
      found: described.filter((allowance) => allowance !== undefined),
      since: scanned.fromBlock,
      refusal,
    }
  }

  async function listOfChain(
    chain: ChainDefinition,
    accounts: readonly Account[],
    reachesFurther: boolean,
  ): Promise<Pick<AllowancesOverview, 'allowances' | 'chains' | 'failures'>> {
    const { chainId } = chain
    try {
      const parts = await Promise.all(accounts.map((account) => listOf(chain, account, reachesFurther)))
      const refusal = parts.find((part) => part.refusal)?.refusal
      const completeSince = parts.reduce((latest, { since }) => largerOf(latest, since), 0n)
      return {
        allowances: parts.flatMap(({ found }) => found),
        chains: [{ chainId, completeSince, ...(refusal ? { refusal } : {}) }],
        failures: [],
      }
    } catch (thrown) {
      return { allowances: [], chains: [], failures: [{ chainId, error: toChainFailure(thrown) }] }
    }
  }

  function take(previewId: string): PreparedRevocation {
    const entry = prepared.get(previewId)
    prepared.delete(previewId)
    if (!entry || entry.preview.expiresAtMs <= deps.nowMs()) throw new AppError('transfer.previewExpired')
    return entry
  }

  async function findAccount(accountId: AccountId): Promise<Account> {
    const account = (await deps.accounts.listAccounts()).find(({ id }) => id === accountId)
    if (!account) throw new AppError('account.missing')
    return account
  }

  return {
    async list({ accountId, reachesFurther = false }) {
      const accounts = (await deps.accounts.listAccounts()).filter(
        ({ id }) => accountId === undefined || id === accountId,
      )
      const parts = await Promise.all(
        deps.chains.listEnabled().map((chain) => listOfChain(chain, accounts, reachesFurther)),
      )
      const allowances = parts.flatMap((part) => part.allowances)
      for (const allowance of allowances) listed.set(allowance.id, allowance)
      return {
        allowances,
        chains: parts.flatMap((part) => part.chains),
        failures: parts.flatMap((part) => part.failures),
      }
    },

    async previewRevocation({ ids }) {
      const chosen = [...new Set(ids)].map((id) => {
        const allowance = listed.get(id)
        if (!allowance) throw new AppError('allowance.missing')
        return allowance
      })
      const [first] = chosen
      if (!first) throw new AppError('allowance.missing')
      const chain = deps.chains.getEnabled(first.chainId)
      const account = await findAccount(first.accountId)
      const permit2 = deps.permit2Of(chain.chainId)
      const entry = await prepareRevocation(deps, chain, account, chosen, permit2)
      const preview: RevocationPreview = {
        previewId: deps.makeId(),
        expiresAtMs: deps.nowMs() + previewLifeMs,
        chainId: chain.chainId,
        accountId: account.id,
        rights: chosen.length,
        transactions: entry.steps.length,
        maximumFee: wei(entry.maximumFee),
      }
      prepared.clear()
      prepared.set(preview.previewId, { ...entry, preview })
      return preview
    },

    async revoke({ previewId }) {
      return sendRevocation(deps, take(previewId))
    },

    forget() {
      prepared.clear()
      listed.clear()
    },
  }
}

/** In seconds since 1970: the last moment that a date can hold. */
const latestDateSeconds = 8_640_000_000_000n

/** What a chain's nodes could not do; everything else goes on. */
function toChainFailure(thrown: unknown): Failure {
  if (!(thrown instanceof AppError) || !thrown.code.startsWith('chain.')) throw thrown
  return toFailure(thrown)
}

const keyOf = ({ kind, token, spender }: GivenRight): string => `${kind}:${token}:${spender}`.toLowerCase()
