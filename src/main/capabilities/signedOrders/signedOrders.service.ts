import type { Activity } from '../../../shared/contract/activity.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { SignedOrderId } from '../../../shared/contract/signedOrders.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import {
  type AccountId,
  type Address,
  type ChainId,
  type Hash,
  isSameAddress,
} from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { decodeMakerTraits } from '../../../shared/limitOrder/makerTraits.ts'
import { parseUnits } from '../../../shared/money/parseUnits.ts'
import { baseUnits, wei } from '../../../shared/money/units.ts'
import type { ChainDirectory } from '../chains/index.ts'
import {
  formatOrderFile,
  formatOrderLink,
  hashLimitOrder,
  parseSignedOrder,
  type SignedOrder,
} from '../orderbook/index.ts'
import {
  loadMarket,
  nativeTokenId,
  type PoolReader,
  type PreparedStep,
  quoteOutput,
  type TradeFinder,
  type VenueDirectory,
} from '../swaps/index.ts'
import { chooseNonce, computeFees, rewardPercentiles } from '../transfers/index.ts'
import { type CreateSignedOrderDeps, createSignedOrders, takenNonceOf } from './createSignedOrder.ts'
import { encodeApproval, encodeCancellation, encodeEpochEnd } from './domain/encodeOrderCalls.ts'
import { isAllowedTaker } from './domain/isAllowedTaker.ts'
import { capsOf, type PrepareOrderFillDeps, prepareOrderFill } from './prepareOrderFill.ts'
import { type SendTransactionDeps, sendTransaction } from './sendTransaction.ts'
import type { SignedOrderApprovals, SignedOrderRecord } from './signedOrders.ports.ts'
import {
  createSignedOrderWatch,
  type KnownOrder,
  noteFailure,
  type WatchSignedOrdersDeps,
} from './watchSignedOrders.ts'

export interface SignedOrdersServiceDeps
  extends WatchSignedOrdersDeps,
    Omit<CreateSignedOrderDeps, 'approvals'>,
    PrepareOrderFillDeps,
    Omit<SendTransactionDeps, 'approvals' | 'journal'> {
  readonly chains: Pick<ChainDirectory, 'getEnabled' | 'listEnabled' | 'subscribeHeads'>
  readonly venues: VenueDirectory
  readonly reader: PoolReader
  readonly search: TradeFinder
  readonly approvals: SignedOrderApprovals
  readonly journal: SendTransactionDeps['journal']
  onRemoved(removed: { readonly id: SignedOrderId }): void
}

/** A signed order that somebody could fill now. */
export interface FillableOrder {
  readonly id: SignedOrderId
  readonly signed: SignedOrder
  readonly isByKey: boolean
  readonly making: bigint
  readonly taking: bigint
  readonly addedAtMs: number
  /** Seconds since 1970; 0 for never. */
  readonly expiresAtS: number
}

export interface SignedOrdersService {
  readonly handlers: Handlers<typeof mainWindowContract>['offers']
  /** What can be filled on a chain, the oldest first. */
  listFillable(chainId: ChainId): readonly FillableOrder[]
  /** What was sent has come further. */
  noteActivity(activity: Activity): void
  start(): void
  stop(): void
}

type Step = PreparedStep

/** Orders between people: signed here or received, checked on their chain, filled and cancelled there. */
export function createSignedOrdersService(deps: SignedOrdersServiceDeps): SignedOrdersService {
  const watch = createSignedOrderWatch(deps)
  let unsubscribe: () => void = () => {}

  async function findAccount(accountId: AccountId): Promise<Account> {
    const account = (await deps.accounts.listAccounts()).find(({ id }) => id === accountId)
    if (!account) throw new AppError('account.missing')
    if (account.isWatchOnly) throw new AppError('signing.watchOnly')
    return account
  }

  function contractOf(chainId: ChainId): Address {
    const contract = deps.venues.find(chainId)?.limitOrderProtocol
    if (!contract) throw new AppError('order.invalid', { reason: 'noVenue' })
    return contract
  }

  function find(id: SignedOrderId): KnownOrder {
    const known = watch.find(id)
    if (!known) throw new AppError('order.missing')
    return known
  }

  async function findOwn(id: SignedOrderId): Promise<{ record: SignedOrderRecord; account: Account }> {
    const { record } = find(id)
    if (record.accountId === undefined) throw new AppError('order.missing')
    if (record.ended !== undefined) throw new AppError('order.notOpen')
    return { record, account: await findAccount(record.accountId) }
  }

  /** The transactions in the account's next nonces, with what each may cost. */
  async function toSteps(
    account: Account,
    chainId: ChainId,
    calls: readonly { readonly kind: Step['kind']; readonly to: Address; readonly data: `0x${string}` }[],
  ): Promise<Step[]> {
    const chain = deps.chains.getEnabled(chainId)
    const [state, history] = await Promise.all([
      deps.accountNode.readAccountState(chainId, account.address, undefined),
      deps.accountNode.readFeeHistory(chainId, rewardPercentiles),
    ])
    const fees = computeFees(history, 'normal', chain.minimumPriorityFeePerGas)
    const simulation = await deps.node.simulate({
      chainId,
      from: account.address,
      steps: calls.map(({ to, data }) => ({ to, data, value: 0n, gas: 5_000_000n })),
      tokens: ['native'],
      block: 'pending',
    })
    const nonce = chooseNonce(
      state.latestNonce,
      state.pendingNonce,
      deps.journal.listOpenNonces(chainId, account.address),
    )
    return calls.map(({ kind, to, data }, index) => ({
      kind,
      transaction: {
        chainId,
        nonce: nonce + index,
        to,
        data,
        value: 0n,
        gas: ((simulation.steps[index]?.gasUsed ?? 100_000n) * 13n) / 10n + 5_000n,
        ...capsOf(fees),
      },
    }))
  }

  async function sendCancellation(
    account: Account,
    chainId: ChainId,
    data: `0x${string}`,
    records: readonly SignedOrderRecord[],
    token: Token,
  ) {
    const contract = contractOf(chainId)
    const steps = await toSteps(account, chainId, [{ kind: 'swap', to: contract, data }])
    const outcome = await sendTransaction(deps, account, chainId, steps, () => ({
      kind: 'cancelOrder',
      to: contract,
      token,
      units: records.reduce((sum, { signed, filled }) => sum + signed.order.makingAmount - filled, 0n),
      swap: undefined,
    }))
    if (outcome.status === 'sent') {
      for (const record of records) {
        await watch.save({
          ...(watch.find(record.id)?.record ?? record),
          cancelActivityId: outcome.activityId,
        })
      }
    }
    return outcome
  }

  /** What the contract must be allowed to take for all open orders of an account that give a token: of alternatives the largest. */
  function committedUnits(accountId: AccountId, chainId: ChainId, token: Address): bigint {
    const byGroup = new Map<string, bigint>()
    for (const { record } of watch.list()) {
      const { order } = record.signed
      const isMeant =
        record.accountId === accountId &&
        record.ended === undefined &&
        record.signed.chainId === chainId &&
        isSameAddress(order.makerAsset, token)
      if (!isMeant) continue
      const group = record.alternativesId ?? record.id
      const open = order.makingAmount - record.filled
      if (open > (byGroup.get(group) ?? 0n)) byGroup.set(group, open)
    }
    return [...byGroup.values()].reduce((sum, units) => sum + units, 0n)
  }

  /** An order with the newest facts, and how much of the payment it takes. @throws AppError `order.notFillable` */
  async function prepareFill(id: SignedOrderId, accountId: AccountId, amount: string) {
    const account = await findAccount(accountId)
    const { chainId } = find(id).record.signed
    const chain = deps.chains.getEnabled(chainId)
    await watch.look(chainId)
    const { record, state, facts } = find(id)
    const { signed } = record
    if (isSameAddress(signed.order.maker, account.address)) {
      throw new AppError('order.notFillable', { reason: 'own' })
    }
    if (!isAllowedTaker(signed.order.makerTraits, account.address)) {
      throw new AppError('order.notFillable', { reason: 'forSomebodyElse' })
    }
    if (state.kind !== 'fillable' || !facts) {
      throw new AppError('order.notFillable', { reason: record.ended ?? state.kind })
    }
    const [pay, receive] = await Promise.all([
      deps.tokens.resolve({ chainId, address: signed.order.takerAsset }),
      deps.tokens.resolve({ chainId, address: signed.order.makerAsset }),
    ])
    const typed = amount === 'all' ? state.taking : parseUnits(amount, pay.decimals)
    if (typed === 0n) throw new AppError('amount.zero')
    const isPart = typed < state.taking
    if (isPart && !decodeMakerTraits(signed.order.makerTraits)?.allowsPartialFills) {
      throw new AppError('order.notFillable', { reason: 'amount' })
    }
    const taking = isPart ? typed : state.taking
    const request = {
      signed,
      isByKey: facts.isByKey,
      remaining: state.making,
      pay,
      receive,
      taking,
      account,
      chain,
    }
    return { prepared: await prepareOrderFill(deps, request), account, chainId, pay, receive, signed }
  }

  /** What the pools would give; nothing where they cannot be asked. */
  async function readMarket(chainId: ChainId, pay: Token, receive: Token, units: bigint) {
    const venues = deps.venues.find(chainId)
    if (!venues) return undefined
    const [tokenIn, tokenOut] = [toPoolToken(pay), toPoolToken(receive)]
    const block = await deps.reader.readBlock(chainId)
    const market = await loadMarket(deps.reader, chainId, venues, [tokenIn, tokenOut], block, 0)
    return quoteOutput(deps.search, market, tokenIn, tokenOut, units)
  }

  return {
    handlers: {
      async list() {
        const own = new Set((await deps.accounts.listAccounts()).map(({ id }) => id))
        const shown = watch
          .list()
          .filter(({ record }) => record.accountId === undefined || own.has(record.accountId))
        return Promise.all(shown.map(watch.describe))
      },

      async create(request) {
        const { chainId } = deps.chains.getEnabled(request.chainId)
        const contract = contractOf(chainId)
        const account = await findAccount(request.accountId)
        const [give, ...receive] = await Promise.all(
          [request.give, ...request.receive.map(({ token }) => token)].map((address) =>
            deps.tokens.resolve({ chainId, address }),
          ),
        )
        if (!give) throw new RangeError('An order gives something')
        const takenNonces = watch.list().flatMap(({ record }) => {
          const nonce = record.accountId === account.id ? takenNonceOf(record) : undefined
          return nonce === undefined || record.signed.chainId !== chainId ? [] : [nonce]
        })
        const records = await createSignedOrders(deps, request, {
          account,
          contract,
          give,
          receive,
          takenNonces,
        })
        if (!records) return { status: 'rejected' }
        for (const record of records) await watch.save(record)
        await watch.look(chainId).catch((thrown) => noteFailure(deps, thrown))
        return {
          status: 'signed',
          orders: await Promise.all(records.map(({ id }) => watch.describe(find(id)))),
        }
      },

      async allow({ id }) {
        const { record, account } = await findOwn(id)
        const { chainId, order, contract } = record.signed
        const needed = committedUnits(account.id, chainId, order.makerAsset)
        const token = await deps.tokens.resolve({ chainId, address: order.makerAsset })
        const { ofToken } = await deps.node.readAllowances(
          chainId,
          account.address,
          order.makerAsset,
          contract,
          undefined,
        )
        if (ofToken >= needed) throw new AppError('order.notFillable', { reason: 'allowance' })
        const approve = (units: bigint) => ({
          kind: 'approve' as const,
          to: order.makerAsset,
          data: encodeApproval(contract, units),
        })
        const tell = (units: bigint) => () =>
          ({ kind: 'approve', to: contract, token, units, swap: undefined }) as const
        const direct = await deps.node.simulate({
          chainId,
          from: account.address,
          steps: [{ ...approve(needed), value: 0n, gas: 500_000n }],
          tokens: ['native'],
          block: 'pending',
        })
        // Some tokens refuse to change an allowance that is not zero: the old one is ended first, and this is asked for again.
        const units = direct.steps[0]?.status === 'reverted' ? 0n : needed
        const steps = await toSteps(account, chainId, [approve(units)])
        return sendTransaction(deps, account, chainId, steps, tell(units))
      },

      export({ id }) {
        const { signed, hash } = find(id).record
        return {
          link: formatOrderLink(signed),
          file: formatOrderFile(signed),
          fileName: `minato-order-${hash.slice(2, 10)}.json`,
        }
      },

      async import({ text }) {
        const parsed = parseSignedOrder(text)
        if (parsed.kind !== 'order') throw new AppError('order.unreadable', { reason: parsed.kind })
        const { signed } = parsed
        const { chainId, contract, order } = signed
        if (!deps.chains.listEnabled().some((chain) => chain.chainId === chainId)) {
          throw new AppError('order.unreadable', { reason: 'chain' })
        }
        if (!isSameAddress(contract, contractOf(chainId))) {
          throw new AppError('order.unreadable', { reason: 'contract' })
        }
        const hash = hashLimitOrder(order, { chainId, contract }).toLowerCase() as Hash
        const id = `${chainId}:${hash}` as SignedOrderId
        if (watch.find(id)) throw new AppError('order.known')
        const maker = (await deps.accounts.listAccounts()).find(({ address }) =>
          isSameAddress(address, order.maker),
        )
        // Nothing is kept of what nobody signed.
        const [facts] = await deps.limitOrders.readFacts(chainId, [{ signed, hash }])
        if (!facts?.isSignedByMaker) throw new AppError('order.unreadable', { reason: 'signature' })
        await watch.save({
          id,
          hash,
          signed,
          accountId: maker?.id,
          alternativesId: undefined,
          addedAtMs: deps.nowMs(),
          filled: 0n,
          ended: undefined,
          cancelActivityId: undefined,
        })
        await watch.look(chainId)
        const known = find(id)
        if (known.state.kind === 'unsupported') {
          watch.forget(id)
          deps.onRemoved({ id })
          throw new AppError('order.unreadable', { reason: 'unsupported' })
        }
        return watch.describe(known)
      },

      async previewFill({ id, accountId, amount }) {
        const { prepared, chainId, pay, receive } = await prepareFill(id, accountId, amount)
        const atMarket = await readMarket(chainId, pay, receive, prepared.taking)
        return {
          pay: { token: pay, units: baseUnits(prepared.taking) },
          receive: { token: receive, units: baseUnits(prepared.making) },
          ...(atMarket === undefined ? {} : { atMarket: baseUnits(atMarket) }),
          needsAllowance: prepared.needsAllowance,
          expectedFee: wei(prepared.gasUsed * prepared.gasPrice),
          maximumFee: wei(prepared.maximumFee),
          ...(prepared.obstacle ? { obstacle: prepared.obstacle } : {}),
        }
      },

      async fill({ id, accountId, amount }) {
        const { prepared, account, chainId, pay, receive, signed } = await prepareFill(id, accountId, amount)
        if (prepared.obstacle === 'sellBalance') {
          throw new AppError('amount.overBalance', { symbol: pay.symbol, decimals: pay.decimals })
        }
        if (prepared.obstacle === 'feeBalance') throw new AppError('fee.notAffordable')
        return sendTransaction(deps, account, chainId, prepared.steps, ({ kind }) => ({
          kind: kind === 'swap' ? 'swap' : 'approve',
          to: signed.contract,
          token: pay,
          units: kind === 'resetAllowance' ? 0n : prepared.taking,
          swap:
            kind === 'swap' ? { buy: receive, quoted: prepared.making, minimum: prepared.making } : undefined,
        }))
      },

      async cancel({ id }) {
        const { record, account } = await findOwn(id)
        const { chainId, order } = record.signed
        const token = await deps.tokens.resolve({ chainId, address: order.makerAsset })
        const data = encodeCancellation(order.makerTraits, record.hash)
        const ended = watch
          .list()
          .map((known) => known.record)
          .filter(
            (each) =>
              each.id === id ||
              (record.alternativesId !== undefined && each.alternativesId === record.alternativesId),
          )
        return sendCancellation(account, chainId, data, ended, token)
      },

      async cancelAll({ accountId, chainId }) {
        const account = await findAccount(accountId)
        const ended = watch
          .list()
          .map(({ record }) => record)
          .filter(
            ({ accountId: owner, signed, ended: over }) =>
              owner === accountId &&
              signed.chainId === chainId &&
              over === undefined &&
              decodeMakerTraits(signed.order.makerTraits)?.checksEpoch === true,
          )
        const token = await deps.tokens.resolve({
          chainId,
          address: ended[0]?.signed.order.makerAsset ?? 'native',
        })
        const data = encodeEpochEnd()
        return sendCancellation(account, chainId, data, ended, token)
      },

      remove({ id }) {
        find(id)
        watch.forget(id)
        deps.onRemoved({ id })
        return undefined
      },
    },

    listFillable: (chainId) =>
      watch.list().flatMap(({ record, state, facts }): FillableOrder[] => {
        if (record.signed.chainId !== chainId || state.kind !== 'fillable' || !facts) return []
        const { id, signed, addedAtMs } = record
        const { making, taking } = state
        const expiresAtS = decodeMakerTraits(signed.order.makerTraits)?.expiresAtS ?? 0
        return [{ id, signed, isByKey: facts.isByKey, making, taking, addedAtMs, expiresAtS }]
      }),

    noteActivity({ id, chainId }) {
      if (!watch.list().some(({ record }) => record.cancelActivityId === id && !record.ended)) return
      watch.look(chainId).catch((thrown) => noteFailure(deps, thrown))
    },

    start() {
      unsubscribe()
      watch.start()
      unsubscribe = deps.chains.subscribeHeads(({ chainId }) => {
        watch.look(chainId).catch((thrown) => noteFailure(deps, thrown))
      })
    },

    stop() {
      unsubscribe()
      unsubscribe = () => {}
      watch.stop()
    },
  }
}

function toPoolToken({ ref }: Token): Address {
  return (ref.address === 'native' ? nativeTokenId : ref.address.toLowerCase()) as Address
}
