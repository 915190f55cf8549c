import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type {
  AssetGap,
  AssetPrice,
  HoldOut,
  RealWorldAsset,
  RealWorldAssetReport,
} from '../../../shared/contract/realWorldAssets.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import {
  type AccountId,
  type Address,
  type ChainId,
  type TokenRef,
  tokenKey,
} from '../../../shared/identity/identity.ts'
import { mulDivUp } from '../../../shared/money/mulDiv.ts'
import { parseUnits } from '../../../shared/money/parseUnits.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { type Market, quoteOutput } from '../swaps/index.ts'
import { ignoreUnknownToken } from '../tokens/index.ts'
import type { AssetsDeps } from './AssetsDeps.ts'
import type { TokenMovement } from './assets.ports.ts'
import { checkTransfer } from './checkTransfer.ts'
import { createGapFinder } from './createGapFinder.ts'
import {
  describePowers,
  planPartitionReads,
  planTransferReads,
} from './domain/compliance/checkTransferRules.ts'
import { computeHoldOut, type Offer } from './domain/holders/computeHoldOut.ts'
import { measureConcentration, measureDaysToExit } from './domain/holders/measureConcentration.ts'
import { readBalancesFromMovements } from './domain/holders/readBalancesFromMovements.ts'
import {
  decodeVault,
  decodeWord,
  planSupplyReads,
  planVaultReads,
  type VaultState,
} from './domain/issuer/issuerReads.ts'
import type { AssetDeployment } from './domain/registry/AssetRegistry.ts'
import { describeFacts } from './domain/registry/describeFacts.ts'
import type { RegistryIndex } from './domain/registry/indexRegistry.ts'
import { findExits, findMoney } from './findExits.ts'
import { type MeasuredAsset, measureAsset } from './measureAsset.ts'
import {
  type AssetMarket,
  type ContractToken,
  describeContract,
  openAssetMarket,
  toFailureCode,
} from './openAssetMarket.ts'
import { readReferenceHistory } from './readReferenceHistory.ts'

export type RealWorldAssetsHandlers = Handlers<typeof mainWindowContract>['realWorldAssets']

const exitLimitsBps = [100, 200]
const dayMs = 86_400_000
/** Who sells more of a day's volume than this moves the market himself. */
const exitShareBps = 1_000

/** Real-world assets as the registry knows them and as the chains show them now. */
export function createRealWorldAssetsService(
  deps: AssetsDeps,
  index: RegistryIndex,
): RealWorldAssetsHandlers {
  const gaps = createGapFinder(deps, index)

  async function measureAll() {
    const prices: AssetPrice[] = []
    const found: AssetGap[] = []
    const failures: { chainId: ChainId; code: string }[] = []
    await Promise.all(
      deps.chains.listEnabled().map(async ({ chainId }) => {
        try {
          const market = await openAssetMarket(deps, index, chainId)
          const listed = index.listAssets(chainId)
          await deps.tokens.hear(
            chainId,
            listed.map(({ deployment }) => deployment.address),
          )
          for (const { entry, deployment } of listed) {
            const token = await market.resolve(deployment.address).catch(ignoreUnknownToken)
            if (!token) continue
            const measured = await measureAsset(deps, market, entry, token)
            prices.push(measured.price)
            const gap =
              (await gaps.findThroughIssuer(market, measured, entry, token)) ??
              (await gaps.findAgainstReference(market, measured, token))
            if (gap) found.push(gap)
          }
        } catch (thrown) {
          failures.push({ chainId, code: toFailureCode(thrown) })
        }
      }),
    )
    return { prices, failures, found }
  }

  async function open(ref: TokenRef & { readonly address: Address }) {
    const found = index.findAsset(ref)
    if (!found) throw new AppError('token.unknown', { address: ref.address })
    deps.chains.getEnabled(ref.chainId)
    const market = await openAssetMarket(deps, index, ref.chainId)
    const token = await market.resolve(ref.address)
    const measured = await measureAsset(deps, market, found.entry, token)
    return { market, token, measured, ...found }
  }

  async function findOwner(accountId: AccountId | undefined): Promise<Address | undefined> {
    if (accountId === undefined) return undefined
    const account = (await deps.accounts.listAccounts()).find(({ id }) => id === accountId)
    if (!account) throw new AppError('account.missing')
    return account.address
  }

  /** What the rules say of receiving from, and sending to, the asset's deepest pool. */
  async function readPermissions(
    { block, chainId }: AssetMarket,
    { market }: MeasuredAsset,
    token: ContractToken,
    owner: Address | undefined,
  ): Promise<RealWorldAssetReport['permissions']> {
    const [deepest] = [...(market?.prices ?? [])].sort((a, b) => (a.depthUsdE8 < b.depthUsdE8 ? 1 : -1))
    if (!owner) return {}
    // Where no pool trades it, the rules are asked about the account alone.
    const pool = (deepest && market?.market.pools.get(deepest.poolId)?.key.address) ?? owner
    const units = 10n ** BigInt(token.decimals)
    const ask = (from: Address, to: Address) =>
      checkTransfer(deps.reader, chainId, { token: token.ref.address, from, to, units }, block.number)
    const [receiving, sending] = await Promise.all([ask(pool, owner), ask(owner, pool)])
    return { ...(receiving ? { receiving } : {}), ...(sending ? { sending } : {}) }
  }

  /** Each partition by its own rules. Nobody else is known to be admitted: the account is asked about by itself. */
  async function readPartitions(
    { block, chainId }: AssetMarket,
    { partitions }: AssetDeployment,
    { ref: { address: token } }: ContractToken,
    owner: Address | undefined,
  ): Promise<RealWorldAssetReport['partitions']> {
    return (
      partitions &&
      Promise.all(
        partitions.map(async ({ id, name }) => {
          const named = { id: String(id), name }
          if (!owner) return { ...named, permissions: {} }
          const answers = await deps.reader.call(chainId, planPartitionReads(token, owner, id), block.number)
          const [held, free] = answers.map(decodeWord)
          const ask = (units: bigint) =>
            checkTransfer(
              deps.reader,
              chainId,
              { token, from: owner, to: owner, units, partition: id },
              block.number,
            )
          const [receiving, sending] = await Promise.all([ask(0n), ask(held ? 1n : 0n)])
          return {
            ...named,
            ...(held === undefined ? {} : { held: baseUnits(held) }),
            ...(free === undefined ? {} : { free: baseUnits(free) }),
            permissions: { ...(receiving ? { receiving } : {}), ...(sending ? { sending } : {}) },
          }
        }),
      )
    )
  }

  async function readPowers(
    { block, chainId }: AssetMarket,
    { ref }: ContractToken,
    { partitions }: AssetDeployment,
  ): Promise<RealWorldAssetReport['powers']> {
    const [partition] = partitions ?? []
    const nobody = {
      token: ref.address,
      from: ref.address,
      to: ref.address,
      units: 0n,
      ...(partition ? { partition: partition.id } : {}),
    }
    const answers = await deps.reader.call(chainId, planTransferReads(nobody), block.number)
    return describePowers(nobody, answers)
  }

  async function readHolders(
    { block, chainId }: AssetMarket,
    { market }: MeasuredAsset,
    token: ContractToken,
    owner: Address | undefined,
  ): Promise<RealWorldAssetReport['holders']> {
    const movements = await deps.reader.readMovements(chainId, token.ref.address, block.number)
    if (!movements) return undefined
    const pools = poolAddresses(market)
    const balances = readBalancesFromMovements(movements)
    for (const pool of pools) balances.delete(pool)
    const { blockTimeSeconds } = deps.chains.getEnabled(chainId)
    const sinceBlock = block.number - BigInt(Math.round(dayMs / 1000 / blockTimeSeconds))
    const dailyVolume = volumeThrough(movements, pools, sinceBlock)
    const held = owner === undefined ? undefined : balances.get(owner.toLowerCase())
    const days = held === undefined ? undefined : measureDaysToExit(held, dailyVolume, exitShareBps)
    return {
      ...measureConcentration([...balances.values()]),
      dailyVolume: baseUnits(dailyVolume),
      ...(days === undefined ? {} : { daysToExit: days }),
    }
  }

  async function describeVault(
    market: AssetMarket,
    vault: VaultState | undefined,
    owner: Address | undefined,
  ): Promise<RealWorldAssetReport['vault']> {
    if (!vault) return undefined
    const own = (units: bigint | undefined) => (owner === undefined ? undefined : units)
    const redeemable = own(vault.redeemable)
    const pending = own(vault.pending)
    const claimable = own(vault.claimable)
    return {
      asset: await market.resolve(vault.asset),
      assetsPerShare: baseUnits(vault.assetsPerShare),
      isAsynchronous: vault.isAsynchronous,
      ...(redeemable === undefined ? {} : { redeemable: baseUnits(redeemable) }),
      ...(pending === undefined ? {} : { pending: baseUnits(pending) }),
      ...(claimable === undefined ? {} : { claimable: baseUnits(claimable) }),
    }
  }

  return {
    async getOverview() {
      const [{ prices, failures, found }, portfolio] = await Promise.all([measureAll(), deps.portfolio.get()])
      const balances = portfolio.chains.flatMap((chain) => chain.balances)
      const assets = deps.registry.realWorldAssets.map((entry): RealWorldAsset => {
        const isOwn = (token: TokenRef) => index.findAsset(token)?.entry.id === entry.id
        const own = prices.filter(({ token }) => isOwn(token.ref))
        return {
          id: entry.id,
          symbol: entry.symbol,
          name: entry.name,
          kind: entry.kind,
          facts: describeFacts(entry),
          contracts: entry.deployments.map((deployment) =>
            describeContract(deps.tokens, entry.symbol, deployment),
          ),
          prices: own,
          holdings: balances
            .filter(({ token, units }) => units > 0n && isOwn(token.ref))
            .map(({ accountId, token, units }) => {
              const price = own.find((each) => tokenKey(each.token.ref) === tokenKey(token.ref))
              const usdE8 = price?.usdE8 && (units * price.usdE8) / 10n ** BigInt(token.decimals)
              return {
                accountId,
                token,
                units,
                ...(usdE8 === undefined ? {} : { usdE8 }),
              }
            }),
        }
      })
      return { assets, gaps: found, failures, registryProblems: [...deps.registry.problems] }
    },

    async getReport({ accountId, ...ref }): Promise<RealWorldAssetReport> {
      const { market, token, measured, entry, deployment } = await open(ref)
      const owner = await findOwner(accountId)
      const oneShare = 10n ** BigInt(token.decimals)
      const answers = await deps.reader.call(
        ref.chainId,
        [...planSupplyReads(ref.address), ...planVaultReads(ref.address, oneShare, owner)],
        market.block.number,
      )
      const supply = decodeWord(answers[0])
      if (supply === undefined && !deployment.partitions) {
        throw new AppError('token.unknown', { address: ref.address })
      }
      const { vault: state, dragAlong } = decodeVault(answers.slice(2))
      const money = measured.market && (await findMoney(market, index, ref.address))
      const [permissions, powers, holders, vault, partitions] = await Promise.all([
        deployment.partitions ? {} : readPermissions(market, measured, token, owner),
        readPowers(market, token, deployment),
        // What moves in partitions leaves no transfers of one token behind.
        deployment.partitions ? undefined : readHolders(market, measured, token, owner),
        describeVault(market, state, owner),
        readPartitions(market, deployment, token, owner),
      ])
      const gap =
        state &&
        vault &&
        (await gaps.findAgainstVault(market, measured, entry, token, { ...state, asset: vault.asset }))
      return {
        price: measured.price,
        permissions,
        exits:
          measured.market && money
            ? await findExits(deps.search, measured.market.market, token, money, exitLimitsBps)
            : [],
        ...(supply === undefined ? {} : { supply: baseUnits(supply) }),
        ...(partitions ? { partitions } : {}),
        ...(holders ? { holders } : {}),
        ...(vault ? { vault } : {}),
        ...(gap ? { gap } : {}),
        powers,
        ...(dragAlong ? { dragAlong } : {}),
      }
    },

    async getHistory(ref) {
      const found = index.findAsset(ref)
      const description = found?.entry.reference?.value
      const feed = deps.registry.feeds.find(
        (each) => each.chainId === ref.chainId && each.description === description,
      )
      if (!feed) return { points: [], from: 'reports' }
      const { blockTimeSeconds } = deps.chains.getEnabled(ref.chainId)
      const block = await deps.pools.readBlock(ref.chainId)
      const history = await readReferenceHistory(
        deps.reader,
        ref.chainId,
        feed.address,
        block.number,
        blockTimeSeconds,
      )
      return { points: [...history.points], from: history.from }
    },

    async computeHoldOut({ accountId, thresholdBps, offers, ...ref }): Promise<HoldOut> {
      const { market, token, measured } = await open(ref)
      const owner = await findOwner(accountId)
      const money = await findMoney(market, index, ref.address)
      const movements = await deps.reader.readMovements(ref.chainId, ref.address, market.block.number)
      const [supplyData] = await deps.reader.call(
        ref.chainId,
        planSupplyReads(ref.address),
        market.block.number,
      )
      const supply = decodeWord(supplyData)
      if (!money || !movements || supply === undefined || supply === 0n) {
        throw new AppError('asset.holdersUnreadable', { symbol: token.symbol })
      }
      const balances = readBalancesFromMovements(movements)
      const owned = (owner && balances.get(owner.toLowerCase())) ?? 0n
      if (owner) balances.delete(owner.toLowerCase())
      for (const pool of poolAddresses(measured.market)) balances.delete(pool)
      const found = computeHoldOut({
        supply,
        owned,
        offers: [
          ...(measured.market ? await slicePools(deps.search, measured.market.market, token, money) : []),
          ...offers.map((offer) => readOffer(offer, token, money)),
        ],
        holders: [...balances.values()],
        thresholdBps,
      })
      return {
        money,
        supply: baseUnits(supply),
        owned: baseUnits(owned),
        curve: found.curve.map(({ shareBps, cost }) => ({ shareBps, cost: baseUnits(cost) })),
        missing: baseUnits(found.missing),
        ...(found.costToThreshold === undefined ? {} : { costToThreshold: baseUnits(found.costToThreshold) }),
        ...(found.blockingHolders === undefined ? {} : { blockingHolders: found.blockingHolders }),
        ...(found.blockingUnits === undefined ? {} : { blockingUnits: baseUnits(found.blockingUnits) }),
      }
    },
  }
}

function poolAddresses(market: MeasuredAsset['market']): Set<string> {
  return new Set([...(market?.market.pools.values() ?? [])].map(({ key }) => key.address.toLowerCase()))
}

/** What went into or out of pools; a trade shows once, for the token moves once. */
function volumeThrough(
  movements: readonly TokenMovement[],
  pools: ReadonlySet<string>,
  since: bigint,
): bigint {
  return movements
    .filter(
      ({ blockNumber, from, to }) =>
        blockNumber > since && pools.has(from.toLowerCase()) !== pools.has(to.toLowerCase()),
    )
    .reduce((sum, { units }) => sum + units, 0n)
}

/** Somebody's offer as it was typed: so many tokens, each for so much. @throws AppError `amount.*` */
function readOffer(
  { amount, price }: { readonly amount: string; readonly price: string },
  token: ContractToken,
  money: ContractToken,
): Offer {
  const units = parseUnits(amount, token.decimals)
  return { units, cost: mulDivUp(units, parseUnits(price, money.decimals), 10n ** BigInt(token.decimals)) }
}

/** What the pools sell, in ever dearer slices, by exact quotes for a growing purchase. */
async function slicePools(
  search: AssetsDeps['search'],
  market: Market,
  token: ContractToken,
  money: ContractToken,
): Promise<Offer[]> {
  const offers: Offer[] = []
  let spent = 0n
  let bought = 0n
  for (let step = 0; step < 60; step += 1) {
    const spend = (10n ** BigInt(money.decimals) * 100n * 3n ** BigInt(step)) / 2n ** BigInt(step)
    const units = await quoteOutput(search, market, money.ref.address, token.ref.address, spend)
    if (units === undefined || units <= bought) break
    // Beyond twenty times the first price nobody sells; it is the end of a curve that never ends.
    const [first] = offers
    const cost = spend - spent
    if (first && cost * first.units > first.cost * (units - bought) * 20n) break
    offers.push({ units: units - bought, cost })
    spent = spend
    bought = units
  }
  return offers
}
