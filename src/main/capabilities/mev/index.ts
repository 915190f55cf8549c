export type { DecodedSwap } from './domain/detector/DecodedSwap.ts'
export {
  type BlockLog,
  type BlockTransaction,
  decodeSwapLogs,
  swapTopics,
} from './domain/detector/decodeSwapLogs.ts'
export { findSandwiches, type Sandwich, type SandwichEvidence } from './domain/detector/findSandwiches.ts'
export { measureLoss, type SandwichLoss } from './domain/detector/measureLoss.ts'
export {
  assessSandwich,
  openSandwich,
  type PoolAttack,
  type SandwichAssessment,
  type SandwichAttack,
  type SandwichModel,
} from './domain/sandwich/assessSandwich.ts'
export { drawSandwich, type SandwichPicture } from './domain/sandwich/drawSandwich.ts'
export type {
  ExposedLeg,
  ExposedPurchase,
  ExposedSale,
  ExposedTrade,
} from './domain/sandwich/ExposedTrade.ts'
export { findSafeSize } from './domain/sandwich/findSafeSize.ts'
export { limitAtTolerance, toleranceOfLimit } from './domain/sandwich/toleranceLimit.ts'
export {
  type AutomaticTolerance,
  chooseTolerance,
  type ToleranceRequest,
  type ToleranceSuggestion,
} from './domain/tolerance/chooseTolerance.ts'
export { failureProbability } from './domain/tolerance/failureProbability.ts'
export type { InclusionTime } from './domain/tolerance/InclusionTime.ts'
export {
  measureVolatility,
  type PriceObservation,
  type Volatility,
} from './domain/tolerance/measureVolatility.ts'
export { type TolerancePoint, traceTolerances } from './domain/tolerance/traceTolerances.ts'
