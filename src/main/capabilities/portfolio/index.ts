export { createPortfolioService, type PortfolioService } from './portfolio.service.ts'
