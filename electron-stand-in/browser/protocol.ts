// Chromium's DevTools protocol has no types package among our dependencies; Playwright ships the full set.
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts'

export type { Protocol }

/** A command of the DevTools protocol. */
export type Command = keyof Protocol.CommandParameters

/** An event of the DevTools protocol. */
export type ProtocolEvent = keyof Protocol.Events
