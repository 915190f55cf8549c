export type UnreachableReason = 'timeout' | 'network' | 'rateLimited' | 'garbage' | 'tooLarge' | 'closed'

/** A node gave no usable answer. Carries no URL and no body, so that it can be logged. */
export class NodeUnreachableError extends Error {
  readonly reason: UnreachableReason
  /** How long the node asked to be left alone (HTTP's Retry-After), in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(
    reason: UnreachableReason,
    options?: ErrorOptions & { readonly retryAfterMs?: number | undefined },
  ) {
    super(reason, options)
    this.name = 'NodeUnreachableError'
    this.reason = reason
    this.retryAfterMs = options?.retryAfterMs
  }
}
