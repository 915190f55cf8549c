import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type {
  PegReading,
  Stablecoin,
  StablecoinAlert,
  StablecoinReport,
} from '../../../shared/contract/stablecoins.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { type TokenRef, tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { ignoreUnknownToken } from '../tokens/index.ts'
import type { AssetsDeps } from './AssetsDeps.ts'
import { checkTransfer } from './checkTransfer.ts'
import { createPegWatch, type PegWatch } from './createPegWatch.ts'
import { decodeFlag, decodeWord, planSupplyReads } from './domain/issuer/issuerReads.ts'
import { measureTimeOutside } from './domain/peg/measureTimeOutside.ts'
import { attribute, describeFacts } from './domain/registry/describeFacts.ts'
import type { RegistryIndex } from './domain/registry/indexRegistry.ts'
import { findExits, findMoney } from './findExits.ts'
import { measureStablecoin } from './measureStablecoin.ts'
import { describeContract, openAssetMarket, toFailureCode } from './openAssetMarket.ts'

export interface StablecoinsService {
  readonly handlers: Handlers<typeof mainWindowContract>['stablecoins']
  readonly watch: PegWatch
}

/** Blocks of a day at most; where blocks are quick, the node is asked for an older one and may not have it. */
const dayMs = 86_400_000
const exitLimitsBps = [10, 50]
const mostAlerts = 100

export interface StablecoinsServiceDeps extends AssetsDeps {
  onAlertsChanged(change: { alerts: StablecoinAlert[]; raised: string[] }): void
}

/** Stablecoins as the registry knows them and as the chains show them now. */
export function createStablecoinsService(
  deps: StablecoinsServiceDeps,
  index: RegistryIndex,
): StablecoinsService {
  const listAlerts = () => [...deps.alerts.readAll()]
  const watch = createPegWatch(deps, index, (raised) => {
    deps.onAlertsChanged({ alerts: listAlerts(), raised: raised.map(({ id }) => id) })
  })

  async function measureAll() {
    const readings: PegReading[] = []
    const failures: { chainId: PegReading['token']['ref']['chainId']; code: string }[] = []
    await Promise.all(
      deps.chains.listEnabled().map(async ({ chainId }) => {
        try {
          const market = await openAssetMarket(deps, index, chainId)
          const listed = index.listCoins(chainId)
          await deps.tokens.hear(
            chainId,
            listed.map(({ deployment }) => deployment.address),
          )
          for (const { entry, deployment } of listed) {
            const token = await market.resolve(deployment.address).catch(ignoreUnknownToken)
            if (!token) continue
            readings.push((await measureStablecoin(market, entry, token)).reading)
          }
        } catch (thrown) {
          failures.push({ chainId, code: toFailureCode(thrown) })
        }
      }),
    )
    return { readings, failures }
  }

  return {
    watch,
    handlers: {
      async getOverview() {
        const [{ readings, failures }, portfolio] = await Promise.all([measureAll(), deps.portfolio.get()])
        const balances = portfolio.chains.flatMap((chain) => chain.balances)
        const coins = deps.registry.stablecoins.map((entry): Stablecoin => {
          const isOwn = (token: TokenRef) => index.findCoin(token)?.entry.id === entry.id
          const own = readings.filter(({ token }) => isOwn(token.ref))
          return {
            id: entry.id,
            symbol: entry.symbol,
            name: entry.name,
            currency: entry.currency,
            facts: describeFacts(entry),
            contracts: entry.deployments.map((deployment) =>
              describeContract(deps.tokens, entry.symbol, deployment),
            ),
            superseded: entry.superseded.map((each) => ({
              chainId: each.chainId,
              addressPrefix: each.addressPrefix,
              kind: each.kind,
              source: attribute(each),
            })),
            readings: own,
            holdings: balances
              .filter(({ token, units }) => units > 0n && isOwn(token.ref))
              .map(({ accountId, token, units }) => {
                const reading = own.find((each) => tokenKey(each.token.ref) === tokenKey(token.ref))
                const usdE8 = reading && worthOf(reading, token, units)
                return { accountId, token, units, ...(usdE8 === undefined ? {} : { usdE8 }) }
              }),
          }
        })
        return { coins, failures, registryProblems: [...deps.registry.problems] }
      },

      async getReport(ref): Promise<StablecoinReport> {
        const found = index.findCoin(ref)
        if (!found) throw new AppError('token.unknown', { address: ref.address })
        deps.chains.getEnabled(ref.chainId)
        const market = await openAssetMarket(deps, index, ref.chainId)
        const token = await market.resolve(ref.address)
        const { reading, market: own } = await measureStablecoin(market, found.entry, token)
        const money = own && (await findMoney(market, index, ref.address))
        const { number } = market.block
        const [supplyData, pausedData] = await deps.reader.call(
          ref.chainId,
          planSupplyReads(ref.address),
          number,
        )
        const supply = decodeWord(supplyData)
        if (supply === undefined) throw new AppError('token.unknown', { address: ref.address })
        const before = await readSupplyBefore(ref, number)
        const isPaused = decodeFlag(pausedData)
        const accounts = await Promise.all(
          (await deps.accounts.listAccounts()).map(async ({ id, address }) => {
            const transfer = { token: ref.address, from: address, to: address, units: 0n }
            const refusal = await checkTransfer(deps.reader, ref.chainId, transfer, number)
            return { accountId: id, isFrozen: refusal?.rule === 'senderFrozen' }
          }),
        )
        return {
          reading,
          exits: own && money ? await findExits(deps.search, own.market, token, money, exitLimitsBps) : [],
          ...(isPaused === undefined ? {} : { isPaused }),
          accounts,
          supply: baseUnits(supply),
          ...(before === undefined ? {} : { supplyChange: supply - before }),
        }
      },

      getHistory({ chainId, address, sinceMs }) {
        const samples = deps.samples.read({ chainId, address }, sinceMs)
        const { watchedMs, bands } = measureTimeOutside(samples, deps.nowMs())
        return {
          samples: samples.map(({ atMs, deviationBps }) => ({ atMs, deviationBps })),
          watchedMs,
          bands: bands.map(({ bandBps, outsideMs }) => ({ bandBps: bandBps as 25 | 50 | 100, outsideMs })),
        }
      },

      async checkAddress({ holder, ...coin }) {
        if (!index.findCoin(coin)) throw new AppError('token.unknown', { address: coin.address })
        const block = await deps.pools.readBlock(coin.chainId)
        const transfer = { token: coin.address, from: holder, to: holder, units: 0n }
        const refusal = await checkTransfer(deps.reader, coin.chainId, transfer, block.number)
        return refusal ? { rule: refusal.rule } : {}
      },

      listAlerts,

      addAlert({ coin, rule }) {
        const found = index.findCoin(coin)
        if (!found) throw new AppError('token.unknown', { address: coin.address })
        if (deps.alerts.readAll().length >= mostAlerts) throw new AppError('settings.invalid')
        deps.alerts.write({ id: deps.makeId(), coin, symbol: found.entry.symbol, rule })
        // What is already beyond the limit must not wait for the next block.
        watch.sampleNow(coin.chainId)
        return listAlerts()
      },

      removeAlert({ id }) {
        deps.alerts.remove(id)
        return listAlerts()
      },
    },
  }

  async function readSupplyBefore(
    { chainId, address }: TokenRef & { readonly address: `0x${string}` },
    block: bigint,
  ): Promise<bigint | undefined> {
    const { blockTimeSeconds } = deps.chains.getEnabled(chainId)
    const perDay = BigInt(Math.round(dayMs / 1000 / blockTimeSeconds))
    if (block <= perDay) return undefined
    const answers = await deps.reader.callAtOldBlock(chainId, planSupplyReads(address), block - perDay)
    return decodeWord(answers?.[0])
  }
}

/** What units are worth by what their pools or feed say, in 1e-8 US dollars, rounded down. */
function worthOf(reading: PegReading, token: Token, units: bigint): bigint | undefined {
  if (reading.priceE8 === undefined) return undefined
  const currencyUsdE8 = reading.currencyFeed?.usdE8 ?? 100_000_000n
  return (units * reading.priceE8 * currencyUsdE8) / 100_000_000n / 10n ** BigInt(token.decimals)
}
