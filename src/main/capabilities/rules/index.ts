export { createRulesService } from './rules.service.ts'
