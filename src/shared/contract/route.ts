import type { z } from 'zod'

/**
 * What a route asks of the type of a schema: what goes into it, and what comes out.
 *
 * Every schema of zod's is that. To hold each of hundreds of them against the whole of zod's type, member by member,
 * took most of the type checker's time.
 */
interface Typed {
  readonly _zod: { readonly input: unknown; readonly output: unknown }
}
type InputOf<Schema extends Typed> = Schema['_zod']['input']
type OutputOf<Schema extends Typed> = Schema['_zod']['output']

/** What crosses with a request: as its caller gives it and its handler gets it, and so for the answer. */
interface Crossing<Sent, Taken, Answered, Received> {
  readonly input: z.ZodType
  readonly output: z.ZodType
  /** For the type checker only, never there. */
  readonly types?: readonly [sent: Sent, taken: Taken, answered: Answered, received: Received]
}

/** Asks; changes nothing; may be repeated freely. */
export interface Query<Sent = unknown, Taken = unknown, Answered = unknown, Received = unknown>
  extends Crossing<Sent, Taken, Answered, Received> {
  readonly kind: 'query'
}

/** Changes something; is never repeated on the caller's behalf. */
export interface Command<Sent = unknown, Taken = unknown, Answered = unknown, Received = unknown>
  extends Crossing<Sent, Taken, Answered, Received> {
  readonly kind: 'command'
}

/** Tells, from the side that serves to the side that asks. */
export interface EventRoute<Told = unknown, Heard = unknown> {
  readonly kind: 'event'
  readonly payload: z.ZodType
  /** For the type checker only, never there. */
  readonly types?: readonly [told: Told, heard: Heard]
}

export type Route = Query | Command | EventRoute

/** Capabilities by name, each with its routes by name: the complete list of what crosses one boundary. */
export type Contract = Readonly<Record<string, Readonly<Record<string, Route>>>>

export function query<Input extends Typed, Output extends Typed>(
  input: Input,
  output: Output,
): Query<InputOf<Input>, OutputOf<Input>, InputOf<Output>, OutputOf<Output>> {
  return { kind: 'query', input: toSchema(input), output: toSchema(output) }
}

export function command<Input extends Typed, Output extends Typed>(
  input: Input,
  output: Output,
): Command<InputOf<Input>, OutputOf<Input>, InputOf<Output>, OutputOf<Output>> {
  return { kind: 'command', input: toSchema(input), output: toSchema(output) }
}

export function event<Payload extends Typed>(
  payload: Payload,
): EventRoute<InputOf<Payload>, OutputOf<Payload>> {
  return { kind: 'event', payload: toSchema(payload) }
}

/** The name of a route on the wire. */
export function channelOf(capability: string, route: string): string {
  return `minato:${capability}.${route}`
}

function toSchema(schema: Typed): z.ZodType {
  return schema as z.ZodType
}
