export { createPortfolioService } from './portfolio.service.ts'
