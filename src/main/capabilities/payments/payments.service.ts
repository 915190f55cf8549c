import { transferRuleSchema } from '../../../shared/contract/assets.ts'
import type { Handlers } from '../../../shared/contract/createRouter.ts'
import type { PaymentPlan, PaymentRequest } from '../../../shared/contract/payments.ts'
import type { Portfolio } from '../../../shared/contract/portfolio.ts'
import type { Account } from '../../../shared/contract/vault.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { isSameAddress, tokenKey } from '../../../shared/identity/identity.ts'
import type { Token } from '../../../shared/identity/token.ts'
import { mulDivUp } from '../../../shared/money/mulDiv.ts'
import { parseUnits } from '../../../shared/money/parseUnits.ts'
import { parseShown } from '../../../shared/money/scaledAmount.ts'
import { smallerOf } from '../../../shared/money/smallerOf.ts'
import { baseUnits } from '../../../shared/money/units.ts'
import { writeDecimal } from '../../../shared/money/writeDecimal.ts'
import type { AccountDirectory, ChainDirectory } from '../chains/index.ts'
import type { TokenScales } from '../tokens/index.ts'
import { chooseFunding, rankCandidates } from './domain/choosePayment.ts'
import type {
  CurrencyMarket,
  CurrencyMarkets,
  MeasuredCoin,
  PaymentGuard,
  PaymentRecipients,
  PaymentSwaps,
} from './payments.ports.ts'

export interface PaymentsServiceDeps {
  readonly chains: Pick<ChainDirectory, 'getEnabled'>
  readonly accounts: AccountDirectory
  readonly portfolio: { get(): Portfolio | Promise<Portfolio> }
  readonly markets: CurrencyMarkets
  readonly recipients: PaymentRecipients
  readonly swaps: PaymentSwaps
  readonly assetGuard: PaymentGuard
  readonly scales: Pick<TokenScales, 'multiplierOf'>
}

type Candidate = MeasuredCoin & { readonly held: bigint; readonly units: bigint }
type Refusal = PaymentPlan['passedOver'][number]

const oneE8 = 100_000_000n

/** Pays amounts of a currency: which coin, what it takes to have enough of it, and whether it may arrive. */
export function createPaymentsService(
  deps: PaymentsServiceDeps,
): Handlers<typeof mainWindowContract>['payments'] {
  async function listHoldings({ accountId, chainId }: PaymentRequest) {
    const { chains } = await deps.portfolio.get()
    return chains
      .flatMap(({ balances }) => balances)
      .filter((each) => each.accountId === accountId && each.token.ref.chainId === chainId && each.units > 0n)
  }

  /** Coins that could arrive, with how much of each. */
  async function listCandidates(request: PaymentRequest, market: CurrencyMarket): Promise<Candidate[]> {
    const currency = market.ofCurrency(request.currency)
    if (!currency) throw new AppError('payment.noRate', { symbol: request.currency })
    const coins =
      request.coin === undefined
        ? await market.measureCoins(request.currency)
        : [await market.measureCoin(request.coin)].filter((coin) => coin !== undefined)
    const holdings = await listHoldings(request)
    return coins.flatMap((coin) => {
      const units = countUnits(
        request,
        coin,
        currency.usdE8,
        market,
        deps.scales.multiplierOf(coin.token.ref),
      )
      if (units === undefined) return []
      const held = holdings.find(({ token }) => tokenKey(token.ref) === tokenKey(coin.token.ref))?.units ?? 0n
      return [{ ...coin, units, held }]
    })
  }

  /** The first candidate that its own rules let pass from the account to the recipient. */
  async function chooseAllowed(
    request: PaymentRequest,
    candidates: readonly Candidate[],
    account: Account,
    recipient: PaymentPlan['recipient'],
  ): Promise<{ coin: Candidate; passedOver: Refusal[] }> {
    const passedOver: Refusal[] = []
    let refusal: AppError | undefined
    for (const coin of candidates) {
      const move = {
        token: coin.token,
        from: account.address,
        to: recipient.address,
        // What is bought first is not there yet: the rules are asked about the part that is.
        units: smallerOf(coin.held, coin.units),
      }
      try {
        await deps.assetGuard.refuseForbidden(request.chainId, [move])
        return { coin, passedOver }
      } catch (thrown) {
        if (!(thrown instanceof AppError) || thrown.code !== 'asset.transferRefused') throw thrown
        refusal ??= thrown
        passedOver.push({
          symbol: coin.token.symbol,
          rule: transferRuleSchema.parse(thrown.params['rule']),
        })
      }
    }
    throw refusal ?? new AppError('payment.noCoin', { symbol: request.currency })
  }

  async function chooseFundingToken(
    request: PaymentRequest,
    market: CurrencyMarket,
    coin: Candidate,
  ): Promise<Token> {
    const holdings = (await listHoldings(request)).filter(
      ({ token }) => tokenKey(token.ref) !== tokenKey(coin.token.ref),
    )
    if (request.payWith !== undefined) {
      const wanted = holdings.find(({ token }) => isSame(token.ref.address, request.payWith ?? 'native'))
      if (!wanted) throw new AppError('payment.tooLittle')
      return wanted.token
    }
    const usdOfCoin = market.usdOf(coin.token) ?? 0n
    const needed = ((coin.units - coin.held) * usdOfCoin) / 10n ** BigInt(coin.token.decimals)
    const chosen = chooseFunding(
      holdings.map(({ token, units }) => ({
        token,
        usdE8: (units * (market.usdOf(token) ?? 0n)) / 10n ** BigInt(token.decimals),
        isStablecoin: token.assetClass === 'stablecoin',
      })),
      needed,
    )
    if (!chosen) throw new AppError('payment.tooLittle')
    return chosen.token
  }

  async function convert(
    request: PaymentRequest,
    market: CurrencyMarket,
    coin: Candidate,
  ): Promise<PaymentPlan['conversion']> {
    const sell = await chooseFundingToken(request, market, coin)
    const missing = coin.units - coin.held
    const quote = await deps.swaps.quote({
      accountId: request.accountId,
      chainId: request.chainId,
      sell: sell.ref.address,
      buy: coin.token.ref.address,
      exact: 'buy',
      amount: writeDecimal(missing, coin.token.decimals),
      slippage: 'auto',
      channel: request.channel,
      speed: 'normal',
    })
    if (quote.status !== 'quote') {
      throw new AppError('payment.noRoute', { symbol: coin.token.symbol })
    }
    const aboveReferenceBps = compareWithReference(request, market, coin, sell, missing, quote.sellUnits)
    return { quote, ...(aboveReferenceBps === undefined ? {} : { aboveReferenceBps }) }
  }

  return {
    async plan(request) {
      deps.chains.getEnabled(request.chainId)
      const account = (await deps.accounts.listAccounts()).find(({ id }) => id === request.accountId)
      if (!account) throw new AppError('account.missing')
      const recipient = await deps.recipients.resolve(request.chainId, request.recipient)
      const market = await deps.markets.open(request.chainId)
      const candidates = rankCandidates(await listCandidates(request, market))
      const { coin, passedOver } = await chooseAllowed(request, candidates, account, recipient)
      const conversion = coin.held >= coin.units ? undefined : await convert(request, market, coin)
      const reference = market.ofCurrency(request.currency)?.feed
      const coinE8 = priceInCurrency(request, market, coin)
      return {
        accountId: request.accountId,
        chainId: request.chainId,
        currency: request.currency,
        recipient,
        coin: coin.token,
        units: baseUnits(coin.units),
        held: baseUnits(coin.held),
        rate: {
          ...(coinE8 === undefined ? {} : { coinE8 }),
          ...(coin.deviationBps === undefined ? {} : { deviationBps: coin.deviationBps }),
          ...(reference ? { reference } : {}),
        },
        ...(conversion ? { conversion } : {}),
        passedOver,
      }
    },
  }
}

const isSame = (a: Token['ref']['address'], b: Token['ref']['address']) =>
  a === 'native' || b === 'native' ? a === b : isSameAddress(a, b)

/** A coin follows its currency one to one; of any other as much as the currency's amount is worth, rounded up. */
function countUnits(
  { amount, currency }: PaymentRequest,
  { token, currency: followed }: MeasuredCoin,
  currencyUsdE8: bigint,
  market: CurrencyMarket,
  multiplier: bigint,
): bigint | undefined {
  const own = followed === currency
  const parsed = own ? parseShown(amount, token.decimals, multiplier, 'up') : parseUnits(amount, 8)
  if (parsed === 0n) throw new AppError('amount.zero')
  if (own) return parsed
  const coinUsdE8 = market.usdOf(token)
  if (coinUsdE8 === undefined) return undefined
  return mulDivUp(parsed * currencyUsdE8, 10n ** BigInt(token.decimals), coinUsdE8 * oneE8)
}

/** Of one coin, in 1e-8 of the currency that is paid in. */
function priceInCurrency(
  { currency }: PaymentRequest,
  market: CurrencyMarket,
  { priceE8, currency: followed }: MeasuredCoin,
): bigint | undefined {
  const [own, paid] = [market.ofCurrency(followed), market.ofCurrency(currency)]
  if (priceE8 === undefined || !own || !paid) return undefined
  return (priceE8 * own.usdE8) / paid.usdE8
}

function compareWithReference(
  { currency }: PaymentRequest,
  market: CurrencyMarket,
  coin: Candidate,
  sell: Token,
  bought: bigint,
  sold: bigint,
): number | undefined {
  const [paid, followed, soldUsdE8] = [
    market.ofCurrency(currency),
    market.ofCurrency(coin.currency),
    market.usdOf(sell),
  ]
  if (!paid || !followed || soldUsdE8 === undefined) return undefined
  // Both in 1e-8 US dollars, by references alone: what the pools ask above them is the cost of converting.
  const given = (sold * soldUsdE8) / 10n ** BigInt(sell.decimals)
  const worth = (bought * followed.usdE8) / 10n ** BigInt(coin.token.decimals)
  return worth === 0n ? undefined : Number(((given - worth) * 10_000n) / worth)
}
