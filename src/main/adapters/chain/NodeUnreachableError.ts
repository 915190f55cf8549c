export type UnreachableReason = 'timeout' | 'network' | 'rateLimited' | 'garbage' | 'tooLarge' | 'closed'

/** A node gave no usable answer. Carries no URL and no body, so that it can be logged. */
export class NodeUnreachableError extends Error {
  readonly reason: UnreachableReason

  constructor(reason: UnreachableReason, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'NodeUnreachableError'
    this.reason = reason
  }
}
