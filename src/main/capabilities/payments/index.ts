export type { CurrencyMarket, CurrencyMarkets, MeasuredCoin } from './payments.ports.ts'
export { createPaymentsService } from './payments.service.ts'
