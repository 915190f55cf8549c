export type {
  BalanceQuery,
  BalanceReader,
  BalanceReading,
  BalanceStore,
  RawBalance,
} from './portfolio.ports.ts'
export {
  createPortfolioService,
  type PortfolioService,
  type PortfolioServiceDeps,
} from './portfolio.service.ts'
