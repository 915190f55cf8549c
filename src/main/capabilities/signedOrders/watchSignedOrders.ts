import { createCoalescedRun } from '../../../shared/concurrency/createCoalescedRun.ts'
import type { Activity } from '../../../shared/contract/activity.ts'
import type { SignedOrder, SignedOrderId, SignedOrderState } from '../../../shared/contract/signedOrders.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { Address, ChainId } from '../../../shared/identity/identity.ts'
import { type BaseUnits, baseUnits } from '../../../shared/money/units.ts'
import type { AccountDirectory } from '../chains/index.ts'
import { ZERO_ADDRESS } from '../orderbook/index.ts'
import type { TokensService } from '../tokens/index.ts'
import { advanceRecord } from './domain/advanceRecord.ts'
import { describeSignedOrder } from './domain/describeSignedOrder.ts'
import { isAllowedTaker } from './domain/isAllowedTaker.ts'
import type {
  LimitOrderReader,
  ReadOrderFacts,
  SignedOrderRecord,
  SignedOrderStore,
} from './signedOrders.ports.ts'

export interface WatchSignedOrdersDeps {
  readonly store: SignedOrderStore
  readonly limitOrders: LimitOrderReader
  readonly accounts: AccountDirectory
  readonly tokens: Pick<TokensService, 'resolve'>
  readonly findActivity: (activityId: string) => Activity | undefined
  onChanged(order: SignedOrder): void
  onFilled(filled: { readonly order: SignedOrder; readonly making: BaseUnits }): void
  onBug(thrown: unknown): void
}

/** What is known of an order at the newest block that was looked at. */
export interface KnownOrder {
  readonly record: SignedOrderRecord
  readonly state: SignedOrderState
  readonly facts: ReadOrderFacts | undefined
}

export interface SignedOrderWatch {
  list(): readonly KnownOrder[]
  find(id: SignedOrderId): KnownOrder | undefined
  /** Keeps a record, new or changed, and tells of it. */
  save(record: SignedOrderRecord): Promise<SignedOrder>
  forget(id: SignedOrderId): void
  describe(known: KnownOrder): Promise<SignedOrder>
  /** Looks at all orders of a chain that have not ended. @throws AppError `chain.*` */
  look(chainId: ChainId): Promise<void>
  start(): void
  stop(): void
}

/** Follows signed orders block by block: how much of each is left, and whether its maker can still give it. */
export function createSignedOrderWatch(deps: WatchSignedOrdersDeps): SignedOrderWatch {
  const known = new Map<SignedOrderId, KnownOrder>(
    deps.store
      .list()
      .map((record) => [record.id, { record, state: { kind: 'unchecked' }, facts: undefined }]),
  )
  const looks = new Map<ChainId, () => Promise<void>>()
  let session = 0
  let isRunning = false

  async function describe({ record, state }: KnownOrder): Promise<SignedOrder> {
    const { chainId, order } = record.signed
    const [give, receive] = await Promise.all([
      deps.tokens.resolve({ chainId, address: order.makerAsset }),
      deps.tokens.resolve({ chainId, address: order.takerAsset }),
    ])
    return describeSignedOrder(record, state, give, receive)
  }

  async function keep(next: KnownOrder): Promise<SignedOrder> {
    known.set(next.record.id, next)
    const order = await describe(next)
    deps.onChanged(order)
    return order
  }

  async function lookOnce(chainId: ChainId): Promise<void> {
    const startedIn = session
    const open = [...known.values()].filter(
      ({ record }) => record.signed.chainId === chainId && record.ended === undefined,
    )
    if (open.length === 0) return
    const [accounts, facts] = await Promise.all([
      deps.accounts.listAccounts(),
      deps.limitOrders.readFacts(
        chainId,
        open.map(({ record }) => record),
      ),
    ])
    if (session !== startedIn) return
    for (const [index, { record }] of open.entries()) {
      const read = facts[index]
      const before = known.get(record.id)
      if (!read || !before) continue
      await advance(before, read, takerOf(record, accounts))
      if (session !== startedIn) return
    }
  }

  async function advance(before: KnownOrder, facts: ReadOrderFacts, taker: Address): Promise<void> {
    const { record } = before
    const cancellation =
      record.cancelActivityId === undefined ? undefined : deps.findActivity(record.cancelActivityId)
    // A cancellation that no block took leaves the order as it was.
    const isOver =
      cancellation !== undefined && !['signed', 'pending', 'confirmed'].includes(cancellation.status)
    const current = isOver ? { ...record, cancelActivityId: undefined } : record
    const isCancelled = cancellation?.status === 'confirmed'
    const next = advanceRecord(current, facts, taker, isCancelled)
    // Whether it was filled or cancelled shows with the cancellation's own receipt, which comes after the block.
    if (next.record.ended !== undefined && cancellation && !isOver && !isCancelled) return
    const made = next.record.filled - record.filled
    const isChanged = describeState(next.state) !== describeState(before.state) || made !== 0n
    if (next.record !== record) deps.store.save(next.record)
    if (!isChanged && next.record === record) {
      known.set(record.id, { ...before, facts })
      return
    }
    const order = await keep({ ...next, facts })
    if (made > 0n && record.accountId !== undefined) deps.onFilled({ order, making: baseUnits(made) })
  }

  return {
    list: () => [...known.values()],
    find: (id) => known.get(id),
    async save(record) {
      deps.store.save(record)
      const before = known.get(record.id)
      return keep({
        record,
        state: before?.state ?? { kind: 'unchecked' },
        facts: before?.facts,
      })
    },
    forget(id) {
      deps.store.remove(id)
      known.delete(id)
    },
    describe,
    async look(chainId) {
      const look = looks.get(chainId) ?? createCoalescedRun(() => lookOnce(chainId))
      looks.set(chainId, look)
      const startedIn = session
      try {
        await look()
      } catch (thrown) {
        if (session === startedIn) throw thrown
      }
    },
    start() {
      isRunning = true
      session += 1
      for (const chainId of new Set([...known.values()].map(({ record }) => record.signed.chainId))) {
        if (isRunning) this.look(chainId).catch((thrown) => noteFailure(deps, thrown))
      }
    },
    stop() {
      isRunning = false
      session += 1
    },
  }
}

/** A chain that does not answer is asked again with its next block. */
export function noteFailure(deps: Pick<WatchSignedOrdersDeps, 'onBug'>, thrown: unknown): void {
  const isOfTheChain =
    thrown instanceof AppError && (thrown.code.startsWith('chain.') || thrown.code === 'vault.locked')
  if (!isOfTheChain) deps.onBug(thrown)
}

function takerOf({ signed }: SignedOrderRecord, accounts: readonly { readonly address: Address }[]): Address {
  return (
    accounts.find(({ address }) => isAllowedTaker(signed.order.makerTraits, address))?.address ?? ZERO_ADDRESS
  )
}

function describeState(state: SignedOrderState): string {
  return JSON.stringify(state, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}
