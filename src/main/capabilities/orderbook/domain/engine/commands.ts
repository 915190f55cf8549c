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
  variant,
} from '../journal/codec.ts'

export const priceCodec = struct({ quote: amount, base: amount })

const side = choice(['buy', 'sell'])
/** The token in which an order's size, and its minimum, are measured. */
const sizedIn = choice(['base', 'quote'])

/** When an order may act and at which price; an absent limit means at any price. */
const terms = variant('type', {
  limit: { limit: priceCodec },
  market: {},
  /** Becomes a market order, or with a limit a limit order, when the price has moved against the side. */
  stop: { trigger: priceCodec, limit: optional(priceCodec) },
  /** The same when the price has moved in favour of the side. */
  takeProfit: { trigger: priceCodec, limit: optional(priceCodec) },
  /** A stop that follows the best price seen since it was armed at a distance in hundredths of a percent. */
  trailingStop: { distanceBps: integer, limit: optional(priceCodec) },
})

const timeInForce = variant('kind', {
  goodTillCancelled: {},
  goodTillTime: { expiresAtMs: integer },
  immediateOrCancel: {},
  fillOrKill: {},
})

export const orderCodec = struct({
  id: text,
  /** Orders of one account do not trade with each other as `selfTrade` says. */
  account: text,
  /** The pair, under the name that its owner gives it: the engine only compares it. */
  market: text,
  side,
  size: amount,
  sizedIn,
  terms,
  timeInForce,
  postOnly: flag,
  /** Least amount of one execution, 0n for none; a smaller rest trades as a whole. */
  minimumFill: amount,
  selfTrade: choice(['allow', 'cancelTaking', 'cancelResting', 'cancelBoth', 'decrement']),
})

export const scheduleCodec = struct({
  id: text,
  account: text,
  market: text,
  side,
  size: amount,
  sizedIn,
  /** No slice trades beyond this; absent: at market. */
  limit: optional(priceCodec),
  slices: integer,
  startMs: integer,
  intervalMs: integer,
  /** Each slice waits up to this long after its time, drawn from the seed, so that nobody can set a clock by it. */
  jitterMs: integer,
  seed: integer,
  /** Whether what a slice left unfilled is added to the next one, or stays unspent. */
  carriesOver: flag,
})

/** Everything that can happen to the engine; whatever is not here cannot change its state. */
export const commandCodec = variant('kind', {
  place: { order: orderCodec },
  placeOneCancelsOther: { group: text, legs: list(orderCodec) },
  placeBracket: { group: text, entry: orderCodec, takeProfit: orderCodec, stopLoss: orderCodec },
  schedule: { schedule: scheduleCodec },
  cancel: { id: text },
  /** Takes `by` off the size; the order keeps its place. */
  reduce: { id: text, by: amount },
  /** Time passes: expiries and due slices. */
  advance: { nowMs: integer },
  /** One block's price of a market, as one source reports it; triggers act when `evaluate` is called. */
  observe: { market: text, source: text, block: integer, timestampMs: integer, price: priceCodec },
  /** All sources of a block are in: triggers of the market are evaluated. */
  evaluate: { market: text },
  /** Sets a part of an order aside for an execution outside the book; the legs beside it are held meanwhile. */
  reserve: { id: text, reservation: text, size: amount },
  /** The execution outside is over: what it filled, 0n for nothing. */
  settle: { reservation: text, base: amount, quote: amount },
  /** A fill outside the book that nobody here began, as when a peer fills a signed order; each `fill` counts once. */
  reportFill: { id: text, fill: text, base: amount, quote: amount },
})

export type OrderRequest = CodecValue<typeof orderCodec>
export type ScheduleRequest = CodecValue<typeof scheduleCodec>
export type EngineCommand = CodecValue<typeof commandCodec>
