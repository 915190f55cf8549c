import { amount, type CodecValue, choice, text, variant } from '../journal/codec.ts'
import { priceCodec } from './commands.ts'

const rejection = choice([
  'duplicateId',
  'duplicateReservation',
  'duplicateFill',
  'unknownId',
  'unknownReservation',
  'invalidOrder',
  'invalidGroup',
  'invalidSchedule',
  'invalidObservation',
  'timeRunsBackwards',
  'wouldCross',
  'notFilledAtOnce',
  'alreadyExpired',
  'tooMuch',
  'worseThanLimit',
  'heldByGroup',
  'notExecutable',
])

export const endingCodec = choice([
  'filled',
  'cancelled',
  'expired',
  'notFilledAtOnce',
  'wouldCross',
  'selfTrade',
  'otherLegFilled',
  'entryEnded',
  'positionClosed',
  'sliceOver',
  'completed',
])

/** Everything that the engine does, in order; the same commands give the same events. */
export const eventCodec = variant('kind', {
  /** The order is in force: in the book, waiting for its trigger, or about to be matched. */
  accepted: { id: text },
  /** Nothing has changed, but for this message. */
  rejected: { id: text, reason: rejection },
  /** An execution in the book, at the resting order's price. */
  filled: { taker: text, maker: text, base: amount, quote: amount },
  /** An execution outside the book. */
  filledOutside: { id: text, base: amount, quote: amount },
  /** Two orders of one account took this off each other without a trade. */
  selfTradeDecremented: { taking: text, resting: text, base: amount, quote: amount },
  reduced: { id: text, remaining: amount },
  triggered: { id: text, price: priceCodec },
  /** A waiting order of a group or a schedule has come into force with this size, or has grown to it. */
  activated: { id: text, size: amount },
  reserved: { id: text, reservation: text, size: amount },
  released: { id: text, reservation: text },
  /** Held back while another leg of its group may be filled; given back its force when that one was not. */
  held: { id: text },
  resumed: { id: text },
  /** The order has left for good, with this much unfilled. */
  ended: { id: text, reason: endingCodec, remaining: amount },
})

export type EngineEvent = CodecValue<typeof eventCodec>
export type RejectionReason = CodecValue<typeof rejection>
export type EndReason = CodecValue<typeof endingCodec>
