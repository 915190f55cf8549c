/** What the first instance answers when it has been told of a second. */
export const INSTANCE_NOTIFIED = 'notified'

/** The exit code of `notifyInstance` for an address where nobody listens any more. */
export const INSTANCE_GONE = 3
