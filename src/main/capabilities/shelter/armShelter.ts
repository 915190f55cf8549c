import type { Order, OrderPreview, OrderRequest, PlaceOutcome } from '../../../shared/contract/orders.ts'
import type { Portfolio } from '../../../shared/contract/portfolio.ts'
import type {
  ShelterArming,
  ShelterBasket,
  ShelterRule,
  ShelterRulePreview,
} from '../../../shared/contract/shelter.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type AccountId, type ChainId, type TokenRef, tokenKey } from '../../../shared/identity/identity.ts'
import { writeDecimal } from '../../../shared/money/writeDecimal.ts'
import type { TokensService } from '../tokens/index.ts'
import { splitByWeights } from './domain/splitByWeights.ts'
import type { ShelterStore } from './shelter.ports.ts'

/** Armed orders, as the orders screen makes them: one approval of a standing rule each, then watched and filled by the engine. */
export interface OrderPort {
  preview(request: OrderRequest): Promise<OrderPreview>
  place(request: OrderRequest): Promise<PlaceOutcome>
  cancel(request: { orderId: Order['id'] }): Promise<Order>
}

export interface ArmShelterDeps {
  readonly orders: OrderPort
  readonly tokens: Pick<TokensService, 'resolve'>
  readonly portfolio: { get(): Portfolio | Promise<Portfolio> }
  readonly store: ShelterStore
  /** Wei of coin that is kept for fees when a part of the coin is armed. @throws AppError `chain.*` */
  readonly keptForFees: (chainId: ChainId, legs: number) => Promise<bigint>
  readonly nowMs: () => number
}

const dayMs = 86_400_000
/** In a fall everybody sells: a fill may be so much worse than the price that fired it. Five percent. */
const toleranceBps = 500

/** The flight that begins by itself: one trailing stop for each coin of the basket. */
export function createShelterRules(deps: ArmShelterDeps) {
  async function balanceOf(accountId: AccountId, token: TokenRef): Promise<bigint> {
    const { chains } = await deps.portfolio.get()
    const found = chains
      .flatMap(({ balances }) => balances)
      .find((each) => each.accountId === accountId && tokenKey(each.token.ref) === tokenKey(token))
    return found?.units ?? 0n
  }

  /** @throws AppError `amount.zero`, `token.unknown`, `chain.*` */
  async function planRequests(
    arming: ShelterArming,
    chainId: ChainId,
    parts: ShelterBasket['parts'],
  ): Promise<OrderRequest[]> {
    const token = await deps.tokens.resolve({ chainId, address: arming.token })
    const balance = await balanceOf(arming.accountId, token.ref)
    const kept = arming.token === 'native' ? await deps.keptForFees(chainId, parts.length) : 0n
    const share = (balance * BigInt(arming.shareBps)) / 10_000n
    const free = balance > kept ? balance - kept : 0n
    const units = share < free ? share : free
    if (units === 0n || parts.length === 0) throw new AppError('amount.zero')
    const split = splitByWeights(units, wholeWeights(parts.map(({ weightBps }) => weightBps)))
    return parts.map(({ address }, index) => ({
      accountId: arming.accountId,
      chainId,
      base: arming.token,
      quote: address,
      side: 'sell',
      amount: writeDecimal(split[index] ?? 0n, token.decimals),
      terms: { type: 'trailingStop', distanceBps: arming.fallBps },
      timeInForce: { kind: 'goodTillTime', expiresAtMs: deps.nowMs() + arming.days * dayMs },
      postOnly: false,
      toleranceBps,
      allowPublic: false,
    }))
  }

  /**
   * Coins that nothing joins with the token have no price that could fire anything: their weight goes to the others.
   *
   * @throws AppError `shelter.basketInvalid`, `amount.zero`, `order.*`, `token.unknown`, `chain.*`
   */
  async function planLegs(arming: ShelterArming) {
    const basket = deps.store.readBasket()
    if (!basket) throw new AppError('shelter.basketInvalid')
    const { chainId } = basket
    const own = tokenKey({ chainId, address: arming.token })
    let parts = basket.parts.filter(({ address }) => tokenKey({ chainId, address }) !== own)
    const leftOut: string[] = []
    for (;;) {
      const requests = await planRequests(arming, chainId, parts)
      const legs: OrderPreview[] = []
      let missing: ShelterBasket['parts'][number] | undefined
      for (const [index, request] of requests.entries()) {
        const preview = await deps.orders.preview(request).catch(ignoreMissingMarket)
        if (preview) legs.push(preview)
        else missing ??= parts[index]
      }
      if (!missing) return { requests, legs, leftOut }
      const { address } = missing
      leftOut.push((await deps.tokens.resolve({ chainId, address })).symbol)
      parts = parts.filter((each) => each.address !== address)
      if (parts.length === 0) throw new AppError('order.invalid', { reason: 'noTriggerMarket' })
    }
  }

  return {
    async previewRule(arming: ShelterArming): Promise<ShelterRulePreview> {
      const { legs, leftOut } = await planLegs(arming)
      return { legs, leftOut }
    },

    /** All of it is armed or nothing: what was armed before a refusal is taken back. */
    async arm(arming: ShelterArming): Promise<ShelterRule> {
      if (deps.store.readRule()) throw new AppError('shelter.alreadyArmed')
      const placed: Order[] = []
      try {
        const { requests } = await planLegs(arming)
        for (const request of requests) {
          const outcome = await deps.orders.place(request)
          if (outcome.status === 'rejected') throw new AppError('signing.notApproved')
          placed.push(outcome.order)
        }
      } catch (thrown) {
        for (const { id } of placed) await deps.orders.cancel({ orderId: id })
        throw thrown
      }
      const rule: ShelterRule = {
        ...arming,
        createdAtMs: deps.nowMs(),
        orderIds: placed.map(({ id }) => id),
      }
      deps.store.writeRule(rule)
      return rule
    },

    /** What is not sent yet stays; what was sent is shown with the orders. */
    async disarm(): Promise<undefined> {
      for (const orderId of deps.store.readRule()?.orderIds ?? []) {
        await deps.orders.cancel({ orderId }).catch(ignoreEnded)
      }
      deps.store.removeRule()
      return undefined
    },

    getRule: () => deps.store.readRule() ?? null,
  }
}

/** Weights of a part of the basket, made whole again: the last one takes what rounding leaves. */
function wholeWeights(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const scaled = weights.map((weight) => Math.floor((weight * 10_000) / sum))
  const missing = 10_000 - scaled.reduce((total, weight) => total + weight, 0)
  return scaled.map((weight, index) => (index === scaled.length - 1 ? weight + missing : weight))
}

function ignoreMissingMarket(thrown: unknown): undefined {
  if (thrown instanceof AppError && thrown.code === 'order.invalid') {
    const { reason } = thrown.params
    if (reason === 'noTriggerMarket' || reason === 'noMarket') return undefined
  }
  throw thrown
}

/** An order that was filled, or that nobody knows any more, needs no end. */
function ignoreEnded(thrown: unknown): void {
  if (thrown instanceof AppError && (thrown.code === 'order.notOpen' || thrown.code === 'order.missing'))
    return
  throw thrown
}
