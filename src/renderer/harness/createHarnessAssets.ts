import type { AssetFact, Attribution } from '../../shared/contract/assets.ts'
import type { Handlers } from '../../shared/contract/createRouter.ts'
import type { AssetPrice } from '../../shared/contract/realWorldAssets.ts'
import type { PegReading, Stablecoin, StablecoinAlert } from '../../shared/contract/stablecoins.ts'
import type { mainWindowContract } from '../../shared/contract/windows.ts'
import { AppError } from '../../shared/errors/AppError.ts'
import type { Address, ChainId } from '../../shared/identity/identity.ts'
import type { Token } from '../../shared/identity/token.ts'
import { baseUnits } from '../../shared/money/units.ts'
import { harnessHoldings, practiceChainId } from './harnessTokens.ts'

type AssetHandlers = Pick<
  Handlers<typeof mainWindowContract>,
  'stablecoins' | 'realWorldAssets' | 'shelter' | 'payments' | 'registry'
>

const source: Attribution = { title: 'The harness', asOf: '2026-11-01' }
const facts: AssetFact[] = [
  { topic: 'issuer', value: 'Circle', source },
  { topic: 'backing', value: 'fiatReserves', source },
  { topic: 'freezePower', value: 'isBlacklisted', source },
]

type ContractToken = Token & { ref: { chainId: ChainId; address: Address } }

function heldToken(symbol: string): { token: ContractToken; held: bigint } | undefined {
  const found = harnessHoldings.find(({ token }) => token.symbol === symbol)
  if (!found || found.token.ref.address === 'native') return undefined
  return {
    held: found.held,
    token: { ...found.token, ref: { chainId: practiceChainId, address: found.token.ref.address } },
  }
}

/** Assets as the main process would tell of them, without one. */
export function createHarnessAssets(clock: {
  nowMs(): number
  accountId(): Stablecoin['holdings'][number]['accountId'] | undefined
}): AssetHandlers {
  let alerts: StablecoinAlert[] = []
  const readingOf = (token: Token, deviationBps: number): PegReading => ({
    token,
    blockNumber: 21_400_000n,
    atMs: clock.nowMs(),
    priceE8: 100_000_000n + BigInt(deviationBps) * 10_000n,
    deviationBps,
    ...(Math.abs(deviationBps) > 50 ? { outside: 50 as const } : {}),
    from: 'pools',
    depthUsdE8: 84_000_000_000_000n,
    pools: [
      {
        venue: 'uniswapV3',
        poolId: `0x${'1'.repeat(40)}`,
        counter: 'USDC',
        usdE8: 100_000_000n,
        depthUsdE8: 84_000_000_000_000n,
        counts: true,
      },
    ],
  })
  const coins = (): Stablecoin[] =>
    [
      { symbol: 'USDC', currency: 'USD', deviationBps: 1 },
      { symbol: 'EURC', currency: 'EUR', deviationBps: -62 },
      { symbol: 'JPYC', currency: 'JPY', deviationBps: 3 },
    ].flatMap(({ symbol, currency, deviationBps }) => {
      const found = heldToken(symbol)
      if (!found) return []
      const { token, held } = found
      const accountId = clock.accountId()
      return [
        {
          id: symbol.toLowerCase(),
          symbol,
          name: token.name,
          currency,
          facts,
          contracts: [
            {
              chainId: token.ref.chainId,
              address: token.ref.address,
              confirmation: 'confirmed' as const,
              source,
            },
          ],
          superseded: [],
          readings: [readingOf(token, deviationBps)],
          holdings:
            accountId === undefined || held === 0n
              ? []
              : [{ accountId, token, units: baseUnits(held), usdE8: held * 100n }],
        },
      ]
    })
  const price = (token: Token): AssetPrice => ({
    token,
    blockNumber: 21_400_000n,
    atMs: clock.nowMs(),
    usdE8: 400_000_000_000n,
    depthUsdE8: 4_800_000_000_000n,
    reference: {
      description: 'XAU / USD',
      usdE8: 395_000_000_000n,
      updatedAtMs: clock.nowMs() - 3_600_000,
      isStale: false,
    },
    fairUsdE8: 395_000_000_000n,
    premiumBps: 127,
    referenceState: 'live',
  })
  const gold = heldToken('PAXG')
  return {
    stablecoins: {
      getOverview: () => ({ coins: coins(), failures: [], registryProblems: [] }),
      getReport({ address }) {
        const reading = coins()
          .flatMap(({ readings }) => readings)
          .find(({ token }) => token.ref.address === address)
        const into = heldToken('USDC')?.token
        if (!reading || !into) throw new AppError('token.unknown', { address })
        return {
          reading,
          exits: [
            { limitBps: 10, units: baseUnits(120_000_000_000n), into },
            { limitBps: 50, units: baseUnits(900_000_000_000n), into },
          ],
          isPaused: false,
          accounts: [],
          supply: baseUnits(60_000_000_000_000n),
        }
      },
      getHistory: () => ({
        samples: Array.from({ length: 96 }, (_, index) => ({
          atMs: clock.nowMs() - (96 - index) * 900_000,
          deviationBps: index > 60 && index < 72 ? -64 : (index % 5) - 2,
        })),
        watchedMs: 96 * 900_000,
        bands: [
          { bandBps: 25, outsideMs: 11 * 900_000 },
          { bandBps: 50, outsideMs: 11 * 900_000 },
          { bandBps: 100, outsideMs: 0 },
        ],
      }),
      checkAddress: () => ({}),
      listAlerts: () => alerts,
      addAlert({ coin, rule }) {
        alerts = [...alerts, { id: String(alerts.length + 1), coin, symbol: 'USDC', rule }]
        return alerts
      },
      removeAlert({ id }) {
        alerts = alerts.filter((alert) => alert.id !== id)
        return alerts
      },
    },
    registry: { listOwn: () => [], add: () => [], remove: () => [] },
    payments: {
      plan({ currency }) {
        throw new AppError('payment.noRate', { symbol: currency })
      },
    },
    shelter: {
      getBasket: () => null,
      setBasket: (basket) => basket,
      preview() {
        throw new AppError('shelter.basketInvalid')
      },
      run() {
        throw new AppError('shelter.planMissing')
      },
      abandon: () => undefined,
      getPlan: () => null,
      previewRule() {
        throw new AppError('shelter.basketInvalid')
      },
      arm() {
        throw new AppError('shelter.basketInvalid')
      },
      disarm: () => undefined,
      getRule: () => null,
    },
    realWorldAssets: {
      getOverview: () => ({
        assets: gold
          ? [
              {
                id: 'paxg',
                symbol: 'PAXG',
                name: gold.token.name,
                kind: 'commodity',
                facts,
                contracts: [],
                prices: [price(gold.token)],
                holdings: [],
              },
            ]
          : [],
        failures: [],
        gaps: [],
        registryProblems: [],
      }),
      getHistory: () => ({ points: [], from: 'reports' }),
      getReport({ address }) {
        if (gold?.token.ref.address !== address) throw new AppError('token.unknown', { address })
        return {
          price: price(gold.token),
          permissions: {},
          exits: [],
          supply: baseUnits(10n ** 24n),
          powers: { freeze: true, freezePart: false, forceTransfer: false, pause: true },
        }
      },
      computeHoldOut() {
        throw new AppError('asset.holdersUnreadable', { symbol: 'PAXG' })
      },
    },
  }
}
