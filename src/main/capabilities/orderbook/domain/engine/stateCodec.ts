import {
  amount,
  type CodecValue,
  choice,
  flag,
  integer,
  list,
  optional,
  struct,
  text,
} from '../journal/codec.ts'
import { orderCodec, priceCodec, scheduleCodec } from './commands.ts'
import { endingCodec } from './events.ts'

const recordCodec = struct({
  request: orderCodec,
  sequence: integer,
  status: choice(['waiting', 'armed', 'resting', 'working', 'held', 'closing']),
  isTriggered: flag,
  remaining: amount,
  growthLimit: amount,
  filledBase: amount,
  filledQuote: amount,
  reservations: list(struct({ name: text, size: amount })),
  reportedFills: list(text),
  trailingBest: optional(priceCodec),
  heldFrom: optional(choice(['armed', 'resting', 'working'])),
  closingReason: optional(endingCodec),
  group: optional(text),
  schedule: optional(text),
})

/** The whole state of an engine: what restores it, and what two equal engines agree on to the byte. */
export const stateCodec = struct({
  rules: struct({ blocks: integer, minimumSources: integer, maximumGapMs: integer }),
  nowMs: integer,
  nextSequence: integer,
  nextGroup: integer,
  owners: list(text),
  /** Every identifier ever used, with its order unless that has ended. */
  orders: list(struct({ id: text, record: optional(recordCodec) })),
  groups: list(
    struct({
      id: text,
      live: optional(struct({ number: integer, entry: optional(text), legs: list(text) })),
    }),
  ),
  schedules: list(
    struct({
      id: text,
      live: optional(
        struct({
          request: scheduleCodec,
          sequence: integer,
          nextSlice: integer,
          carried: amount,
          filledBase: amount,
          filledQuote: amount,
          child: optional(text),
          closing: list(text),
          isCancelled: flag,
        }),
      ),
    }),
  ),
  reservations: list(struct({ name: text, order: optional(text) })),
  markets: list(
    struct({
      name: text,
      observations: list(struct({ source: text, block: integer, timestampMs: integer, price: priceCodec })),
    }),
  ),
})

export type RecordedOrder = CodecValue<typeof recordCodec>
export type RecordedState = CodecValue<typeof stateCodec>
