import { createPublicClient, getAddress, http, numberToHex, zeroAddress } from 'viem'
import { foundry } from 'viem/chains'
import { priceOf, readPrices } from '../../../devnet/actors/readPrices.ts'
import type { Devnet } from '../../../devnet/builder/startDevnet.ts'
import { accountOf, createRpc } from '../../../devnet/index.ts'
import type { SwapQuote, SwapRequest, SwapVenue } from '../../shared/contract/swaps.ts'
import { unwrapResult } from '../../shared/errors/Result.ts'
import type { Address, ChainId } from '../../shared/identity/identity.ts'
import type { OpenApp } from './openApp.ts'

/** `naive`: public, with a tolerance of the user's own. `careful`: public, automatic. `default`: what nobody has changed. */
export type Policy = 'naive' | 'careful' | 'default'

export interface AttackedTrade {
  readonly policy: Policy
  readonly venues: string
  readonly legs: number
  readonly toleranceBps: number
  readonly toleranceFrom: SwapQuote['toleranceFrom']
  readonly hasFailed: boolean
  /** Whether the attacker looked at it before it was in a block. */
  readonly wasSeen: boolean
  /** What he could take at most before gas, as the quote had it, in the token sold. */
  readonly foretold: bigint
  /** Whether he offered the builder an attack that did not come into the block. */
  readonly hasMissed: boolean
  /** Whether the quote itself says that in public no tolerance is safe: rounding alone pays an attacker. */
  readonly isToldUnsafe: boolean
  /** What he took, in units of the token that he put in; absent where he did not attack. */
  readonly taken?: bigint
}

const chainId = 31337 as ChainId
const venues = ['uniswapV2', 'uniswapV3', 'uniswapV4', 'balancerStable'] as const
/** Names that only people whom their issuer knows may hold. */
const permissioned = ['TOWER7', 'HKTR', 'TBILL']
const naiveTolerancesBps = [50, 100, 300]
const mostUsd = 400_000
/** What the attacker has in hand: enough to push the price of the deepest pool by any of these tolerances, for however small a trade. */
const capitalUsd = 50_000_000
const pollMs = 10
const patienceMs = 30_000

/**
 * One trade drawn at random over the local chain's pools of every kind, carried out by the whole app among the chain's attacker and
 * builder. `undefined` where what was drawn cannot be traded.
 *
 * @param next uniform in [0, 1)
 */
export async function tradeAmongAttackers(
  devnet: Devnet,
  app: OpenApp,
  next: () => number,
  policy: Policy,
  leastUsd = 2_000,
): Promise<AttackedTrade | undefined> {
  const { manifest } = devnet
  const { attacker } = devnet.actors
  const builder = createRpc(devnet.rpcUrl)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item

  const venue = pick(venues)
  const listed = new Map(manifest.tokenList.tokens.map(({ address, symbol }) => [address, symbol]))
  const pool = pick(
    manifest.pools.filter(
      ({ kind, tokens }) =>
        kind === venue &&
        tokens.every(
          (token) => token === zeroAddress || !permissioned.includes(listed.get(token) ?? 'TOWER7'),
        ),
    ),
  )
  const tokenIn = pick(pool.tokens)
  const tokenOut = pick(pool.tokens.filter((token) => token !== tokenIn))
  // Two of three go through one kind of pool alone; the others as they are best.
  const isFree = next() < 1 / 3
  const usd = leastUsd * (mostUsd / leastUsd) ** next()
  const toleranceBps = pick(naiveTolerancesBps)

  const multicall3 = { address: manifest.contracts.multicall3 as Address }
  const client = createPublicClient({
    chain: { ...foundry, contracts: { multicall3 } },
    transport: http(devnet.rpcUrl),
    cacheTime: 0,
  })
  const price = priceOf(manifest, await readPrices({ manifest, client }), tokenIn)
  if (!price) return undefined
  const units = (BigInt(Math.round(usd * 1e8)) * 10n ** BigInt(price.decimals)) / price.usdE8
  await give(devnet, app.account.address, tokenIn, units + (tokenIn === zeroAddress ? 10n ** 20n : 0n))
  await give(
    devnet,
    accountOf('attacker').address,
    tokenIn,
    (units * BigInt(Math.round(capitalUsd * 100))) / BigInt(Math.max(1, Math.round(usd * 100))),
  )
  // What is set by hand is proven by no block but the next.
  await builder('minato_mine')

  const request: SwapRequest = {
    accountId: app.account.id,
    chainId,
    sell: tokenIn === zeroAddress ? 'native' : getAddress(tokenIn),
    buy: tokenOut === zeroAddress ? 'native' : getAddress(tokenOut),
    exact: 'sell',
    amount: toDecimal(units, price.decimals),
    slippage: policy === 'naive' ? toleranceBps : 'auto',
    channel: policy === 'default' ? 'private' : 'public',
    speed: 'normal',
    ...(isFree
      ? {}
      : { route: { maxHops: 1, excludedVenues: venues.filter((each) => each !== venue) as SwapVenue[] } }),
  } as SwapRequest
  const offer = unwrapResult(await app.main.swaps.quote(request))
  if (offer.status !== 'quote' || offer.obstacle !== undefined) return undefined
  const foretold = await foretell(app, offer)
  const channel =
    policy === 'default'
      ? (offer.mev.channels.find(({ isDefault }) => isDefault)?.channel ?? 'public')
      : 'public'
  const outcome = unwrapResult(await app.main.swaps.execute({ quoteId: offer.quoteId, channel }))
  if (outcome.status !== 'sent') throw new Error('The trade was rejected')
  const { transactionHash } = await app.activityWhere(({ id }) => id === outcome.activityId)
  const isIn = (list: readonly string[]) => list.includes(transactionHash)
  if (channel === 'public') await until(() => isIn(attacker.report().examined))
  await builder('minato_mine')
  const done = await app.activityWhere(
    ({ id, status }) => id === outcome.activityId && status !== 'signed' && status !== 'pending',
  )
  const record = () => attacker.report().sandwiches.find(({ victim }) => victim === transactionHash)
  if (isIn(attacker.report().submitted)) {
    await until(() => record() !== undefined || isIn(attacker.report().failed))
  }
  const sandwich = record()
  return {
    policy,
    venues: [...new Set(offer.legs.map((leg) => leg.venue))].sort().join(' + '),
    legs: offer.legs.filter((leg) => leg.venue !== 'weth').length,
    toleranceBps: offer.toleranceBps,
    toleranceFrom: offer.toleranceFrom,
    hasFailed: done.status !== 'confirmed',
    wasSeen: isIn(attacker.report().examined),
    foretold,
    hasMissed: isIn(attacker.report().failed),
    isToldUnsafe: offer.mev.publicRisk.safeToleranceBps === undefined,
    ...(sandwich ? { taken: sandwich.profit } : {}),
  }
}

/** What the quote says that an attacker takes, before he pays for gas. */
async function foretell(app: OpenApp, { quoteId, mev }: SwapQuote): Promise<bigint> {
  if (mev.publicRisk.attackerProfit === 0n) return 0n
  const { drawing } = unwrapResult(await app.main.swaps.getExposure({ quoteId }))
  return mev.publicRisk.attackerProfit + drawing.gasUnits
}

async function give(devnet: Devnet, owner: Address, token: Address, units: bigint): Promise<void> {
  const node = createRpc(devnet.chain.rpcUrl)
  if (token === zeroAddress) await node('anvil_setBalance', owner, numberToHex(units))
  else await node('anvil_dealERC20', owner, token, numberToHex(units))
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + patienceMs
  while (!isSo()) {
    if (performance.now() > end) throw new Error('The attacker did not come to an end')
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

function toDecimal(units: bigint, decimals: number): string {
  const digits = String(units).padStart(decimals + 1, '0')
  const fraction = digits.slice(digits.length - decimals)
  return decimals === 0 ? digits : `${digits.slice(0, digits.length - decimals)}.${fraction}`
}
