import type { Activity } from '../../../shared/contract/activity.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { Portfolio } from '../../../shared/contract/portfolio.ts'
import type { ShelterLeg, ShelterPlan } from '../../../shared/contract/shelter.ts'
import type { SwapQuote, SwapRequest } from '../../../shared/contract/swaps.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { toFailure } from '../../../shared/errors/Result.ts'
import { type AccountId, type ChainId, type TokenRef, tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { writeDecimal } from '../../../shared/money/writeDecimal.ts'
import type { ChainDirectory } from '../chains/index.ts'
import type { TokensService } from '../tokens/index.ts'
import { createShelterRules, type OrderPort } from './armShelter.ts'
import { splitByWeights } from './domain/splitByWeights.ts'
import type { ActivityPort, ShelterStore, SwapPort } from './shelter.ports.ts'

export interface ShelterServiceDeps {
  readonly chains: Pick<ChainDirectory, 'getEnabled'>
  readonly tokens: Pick<TokensService, 'resolve'>
  readonly portfolio: { get(): Portfolio | Promise<Portfolio> }
  readonly swaps: SwapPort
  readonly orders: OrderPort
  readonly activity: ActivityPort
  readonly store: ShelterStore
  /** Wei per gas now. @throws AppError `chain.*` */
  readonly readGasPrice: (chainId: ChainId) => Promise<bigint>
  readonly nowMs: () => number
  readonly makeId: () => string
  onPlanChanged(plan: ShelterPlan): void
  onBug(thrown: unknown): void
}

export interface ShelterService {
  readonly handlers: Handlers<typeof mainWindowContract>['shelter']
  /** Takes up the plan when something that it sent is in a block. */
  noteActivity(activity: Activity): void
}

/** A leg that is quoted anew must give at least this share of what the preview promised. */
const leastBps = 9_900n
/** Gas of one leg with all that prepares it, twice over: what is kept back when all of a coin is sold. */
const gasPerLeg = 1_400_000n
const ended = new Set<Activity['status']>(['failed', 'replaced', 'unsent', 'expired', 'cancelled'])

/** Moves a part of what is held into a basket of stablecoins and back, leg by leg, each approved and protected like any swap. */
export function createShelterService(deps: ShelterServiceDeps): ShelterService {
  const keptForFees = async (chainId: ChainId, legs: number) =>
    (await deps.readGasPrice(chainId)) * gasPerLeg * BigInt(legs)
  const rules = createShelterRules({ ...deps, keptForFees })
  let previewed: ShelterPlan | undefined
  let isRunning = false
  let isAskedAgain = false

  function keep(plan: ShelterPlan): ShelterPlan {
    deps.store.writePlan(plan)
    deps.onPlanChanged(plan)
    return plan
  }

  function change(plan: ShelterPlan, index: number, leg: Partial<ShelterLeg>): ShelterPlan {
    const legs = plan.legs.map((each, at) => (at === index ? { ...each, ...leg } : each))
    const status = legs.every((each) => each.status === 'done')
      ? 'done'
      : legs.some((each) => each.status === 'halted')
        ? 'halted'
        : 'underWay'
    return keep({ ...plan, legs, status })
  }

  async function balanceOf(accountId: AccountId, token: TokenRef): Promise<bigint> {
    const { chains } = await deps.portfolio.get()
    const found = chains
      .flatMap(({ balances }) => balances)
      .find((each) => each.accountId === accountId && tokenKey(each.token.ref) === tokenKey(token))
    return found?.units ?? 0n
  }

  const requestFor = (
    plan: Pick<ShelterPlan, 'accountId' | 'chainId' | 'channel'>,
    sell: Token,
    buy: Token,
    units: bigint,
  ): SwapRequest => ({
    accountId: plan.accountId,
    chainId: plan.chainId,
    sell: sell.ref.address,
    buy: buy.ref.address,
    exact: 'sell',
    amount: writeDecimal(units, sell.decimals),
    slippage: 'auto',
    channel: plan.channel,
    speed: 'normal',
  })

  /** @throws AppError `shelter.noRoute`, `swap.*`, `asset.transferRefused`, `chain.*` */
  async function quote(request: SwapRequest, symbol: string): Promise<SwapQuote> {
    const offer = await deps.swaps.quote(request)
    if (offer.status !== 'quote') throw new AppError('shelter.noRoute', { reason: offer.reason, symbol })
    return offer
  }

  async function previewLeg(
    base: Parameters<typeof requestFor>[0],
    sell: Token,
    buy: Token,
    units: bigint,
  ): Promise<ShelterLeg> {
    const offer = await quote(requestFor(base, sell, buy, units), buy.symbol)
    const least = (offer.buyUnits * leastBps) / 10_000n
    return {
      sell,
      buy,
      units: baseUnits(units),
      expected: offer.buyUnits,
      minimum: baseUnits(least < offer.minimumBought ? least : offer.minimumBought),
      costBps: offer.cost.totalBps,
      fee: offer.fee.expected,
      publicLoss: lossOf(offer),
      status: 'waiting',
    }
  }

  async function runLegs(planId: string): Promise<void> {
    for (;;) {
      const plan = deps.store.readPlan()
      const index = plan?.legs.findIndex(({ status }) => status !== 'done') ?? -1
      const leg = plan?.legs[index]
      // One leg is in flight at a time: the next one is priced by what the chain is after it.
      if (!plan || plan.id !== planId || !leg || leg.status !== 'waiting') return
      const sending = change(plan, index, { status: 'sending' })
      try {
        const offer = await quote(requestFor(plan, leg.sell, leg.buy, leg.units), leg.buy.symbol)
        if (offer.minimumBought < leg.minimum) throw new AppError('swap.priceMoved')
        const outcome = await deps.swaps.execute({ quoteId: offer.quoteId, channel: plan.channel })
        if (outcome.status === 'rejected') throw new AppError('signing.notApproved')
        const sent = change(sending, index, { status: 'sent', activityId: outcome.activityId })
        // It may be in a block already, before its name was known here.
        await adopt(sent, index)
      } catch (thrown) {
        if (!(thrown instanceof AppError)) deps.onBug(thrown)
        const current = deps.store.readPlan()
        if (current?.id === planId) change(current, index, { status: 'halted', problem: toFailure(thrown) })
        return
      }
    }
  }

  function start(planId: string): void {
    // Asked for while a run is about to end: it would see nothing to do, and this one must not be lost.
    if (isRunning) {
      isAskedAgain = true
      return
    }
    isRunning = true
    isAskedAgain = false
    runLegs(planId)
      .catch(deps.onBug)
      .finally(() => {
        isRunning = false
        if (isAskedAgain) start(planId)
      })
  }

  /** Takes over what the record says of a leg: the app may have ended between sending and writing it down here. */
  async function adopt(plan: ShelterPlan, index: number): Promise<ShelterPlan> {
    const leg = plan.legs[index]
    if (!leg) return plan
    const taken = new Set(plan.legs.map(({ activityId }) => activityId))
    const found = (await deps.activity.listNewest(plan.accountId)).find((each) =>
      leg.activityId === undefined
        ? each.kind === 'swap' &&
          each.createdAtMs >= plan.createdAtMs &&
          each.units === leg.units &&
          tokenKey(each.token.ref) === tokenKey(leg.sell.ref) &&
          each.swap !== undefined &&
          tokenKey(each.swap.buy.ref) === tokenKey(leg.buy.ref) &&
          !taken.has(each.id)
        : each.id === leg.activityId,
    )
    return found ? follow(plan, index, found) : plan
  }

  function follow(plan: ShelterPlan, index: number, activity: Activity): ShelterPlan {
    const { id, status, swap } = activity
    if (status === 'confirmed') {
      return change(plan, index, {
        status: 'done',
        activityId: id,
        ...(swap?.bought === undefined ? {} : { bought: swap.bought }),
      })
    }
    return change(plan, index, { status: ended.has(status) ? 'halted' : 'sent', activityId: id })
  }

  return {
    noteActivity(activity) {
      const plan = deps.store.readPlan()
      const index = plan?.legs.findIndex(({ activityId }) => activityId === activity.id) ?? -1
      if (plan?.legs[index]?.status !== 'sent') return
      const next = follow(plan, index, activity)
      if (next.legs[index]?.status === 'done' && next.status === 'underWay') start(plan.id)
    },

    handlers: {
      ...rules,
      getBasket: () => deps.store.readBasket() ?? null,

      async setBasket(basket) {
        const whole = basket.parts.reduce((sum, { weightBps }) => sum + weightBps, 0)
        const addresses = new Set(basket.parts.map(({ address }) => address.toLowerCase()))
        if (whole !== 10_000 || addresses.size !== basket.parts.length) {
          throw new AppError('shelter.basketInvalid')
        }
        deps.chains.getEnabled(basket.chainId)
        deps.store.writeBasket(basket)
        return basket
      },

      async preview({ accountId, direction, tokens, shareBps }) {
        const basket = deps.store.readBasket()
        if (!basket) throw new AppError('shelter.basketInvalid')
        const { chainId, parts } = basket
        const others = await Promise.all(tokens.map((address) => deps.tokens.resolve({ chainId, address })))
        const coins = await Promise.all(
          parts.map((part) => deps.tokens.resolve({ chainId, address: part.address })),
        )
        const base = { accountId, chainId, channel: 'private' as const }
        const wanted: { sell: Token; buy: Token; units: bigint }[] = []
        if (direction === 'in') {
          for (const sell of others) {
            const balance = await balanceOf(accountId, sell.ref)
            const legCount = parts.length * others.length
            const kept = sell.ref.address === 'native' ? await keptForFees(chainId, legCount) : 0n
            const share = (balance * BigInt(shareBps)) / 10_000n
            const free = balance > kept ? balance - kept : 0n
            const units = splitByWeights(
              share < free ? share : free,
              parts.map(({ weightBps }) => weightBps),
            )
            for (const [index, buy] of coins.entries()) wanted.push({ sell, buy, units: units[index] ?? 0n })
          }
        } else {
          const [buy] = others
          if (!buy) throw new AppError('amount.zero')
          for (const sell of coins) {
            const units = ((await balanceOf(accountId, sell.ref)) * BigInt(shareBps)) / 10_000n
            wanted.push({ sell, buy, units })
          }
        }
        const legs = await Promise.all(
          wanted
            // What is already in the right coin stays where it is.
            .filter(({ sell, buy, units }) => units > 0n && tokenKey(sell.ref) !== tokenKey(buy.ref))
            .map(({ sell, buy, units }) => previewLeg(base, sell, buy, units)),
        )
        if (legs.length === 0) throw new AppError('amount.zero')
        previewed = {
          id: deps.makeId(),
          direction,
          ...base,
          createdAtMs: deps.nowMs(),
          status: 'previewed',
          legs,
        }
        return previewed
      },

      async run({ planId }) {
        if (previewed?.id === planId) {
          keep({ ...previewed, status: 'underWay' })
          previewed = undefined
        }
        let plan = deps.store.readPlan()
        if (plan?.id !== planId) throw new AppError('shelter.planMissing')
        for (const [index, leg] of plan.legs.entries()) {
          if (leg.status === 'sending' && !isRunning) {
            plan = await adopt(plan, index)
            if (plan.legs[index]?.status === 'sending') plan = change(plan, index, { status: 'waiting' })
          } else if (leg.status === 'sent') plan = await adopt(plan, index)
          else if (leg.status === 'halted') {
            const { problem: _problem, activityId: _activityId, ...again } = leg
            const legs = plan.legs.map((each, at) =>
              at === index ? { ...again, status: 'waiting' as const } : each,
            )
            plan = keep({ ...plan, legs, status: 'underWay' })
          }
        }
        start(planId)
        return deps.store.readPlan() ?? plan
      },

      abandon({ planId }) {
        if (previewed?.id === planId) previewed = undefined
        if (deps.store.readPlan()?.id === planId) deps.store.removePlan()
        return undefined
      },

      getPlan: () => deps.store.readPlan() ?? null,
    },
  }
}

/** What the whole trade could lose to an attacker who saw it, in the token bought. */
function lossOf({ mev, buyUnits }: SwapQuote): ShelterLeg['publicLoss'] {
  const { userLoss } = mev.publicRisk
  return userLoss < buyUnits ? userLoss : buyUnits
}
