import type { Danger, DangerKind } from '../../../shared/contract/readings.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import type { AccountId, Hash } from '../../../shared/identity/identity.ts'
import type { PermitReading } from './swap/SwapReading.ts'

/** A transaction that waits for the user's word. */
export interface PendingRequest {
  readonly requestId: string
  readonly digest: Hash
  readonly accountId: AccountId
  /** The signer's own copy: nobody can change it between the showing and the signing. */
  readonly transaction: Uint8Array
  /** Signed before it, under the same approval. */
  readonly preparations: readonly Uint8Array[]
  /** A permit inside the transaction, whose signature is still blank. */
  readonly permit?: PermitReading
  readonly dangers: readonly Danger[]
  readonly expiresAtMs: number
}

/** What every request has, whatever is asked for. */
type Request = Pick<PendingRequest, 'requestId' | 'digest' | 'dangers' | 'expiresAtMs'>

export interface PendingRequests<R extends Request = PendingRequest> {
  /** @throws AppError `signing.busy` */
  add(request: R): void
  /**
   * Takes the request out, so that an approval counts once; a wrong digest leaves it in place, and so does a danger that was not
   * accepted by name.
   *
   * @throws AppError `signing.unknownRequest`, `signing.digestMismatch`, `signing.expired`, `signing.notApproved`
   */
  take(requestId: string, digest: Hash, accepted: readonly DangerKind[]): R
  drop(requestId: string): void
  clear(): void
}

export const requestLifetimeMs = 5 * 60_000
export const maximumPendingRequests = 16

export function createPendingRequests<R extends Request = PendingRequest>(
  nowMs: () => number,
): PendingRequests<R> {
  const requests = new Map<string, R>()
  return {
    add(request) {
      for (const [requestId, { expiresAtMs }] of requests) {
        if (expiresAtMs <= nowMs()) requests.delete(requestId)
      }
      if (requests.size >= maximumPendingRequests) {
        throw new AppError('signing.busy', { limit: maximumPendingRequests })
      }
      requests.set(request.requestId, request)
    },
    take(requestId, digest, accepted) {
      const request = requests.get(requestId)
      if (!request) throw new AppError('signing.unknownRequest')
      if (request.expiresAtMs <= nowMs()) {
        requests.delete(requestId)
        throw new AppError('signing.expired')
      }
      if (request.digest !== digest) throw new AppError('signing.digestMismatch')
      if (!request.dangers.every(({ kind }) => accepted.includes(kind))) {
        throw new AppError('signing.notApproved')
      }
      requests.delete(requestId)
      return request
    },
    drop(requestId) {
      requests.delete(requestId)
    },
    clear() {
      requests.clear()
    },
  }
}
