import type { Activity } from '../../../shared/contract/activity.ts'
import type { ShelterBasket, ShelterPlan, ShelterRule } from '../../../shared/contract/shelter.ts'
import type { SwapOffer, SwapRequest } from '../../../shared/contract/swaps.ts'
import type { SendOutcome } from '../../../shared/contract/transfers.ts'
import type { AccountId } from '../../../shared/identity/identity.ts'

/** Trades, as the swap screen makes them: quoted, approved by the user, sent protected. */
export interface SwapPort {
  quote(request: SwapRequest): Promise<SwapOffer>
  execute(request: { quoteId: string; channel: SwapRequest['channel'] }): Promise<SendOutcome>
}

/** What became of what was sent. */
export interface ActivityPort {
  /** The account's newest, newest first. */
  listNewest(accountId: AccountId): Promise<readonly Activity[]>
}

export interface ShelterStore {
  readBasket(): ShelterBasket | undefined
  writeBasket(basket: ShelterBasket): void
  readPlan(): ShelterPlan | undefined
  writePlan(plan: ShelterPlan): void
  removePlan(): void
  /** The flight that is armed. */
  readRule(): ShelterRule | undefined
  writeRule(rule: ShelterRule): void
  removeRule(): void
}
