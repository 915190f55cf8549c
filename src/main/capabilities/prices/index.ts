export type { FeedReading, PriceFeed } from './domain/PriceFeed.ts'
export type {
  FeedDirectory,
  MarketReading,
  PriceDirectory,
  PriceReader,
  PriceSampleStore,
  SpotSource,
} from './prices.ports.ts'
export { createPricesService, type PricesService } from './prices.service.ts'
