import type { z } from 'zod'

/** Asks; changes nothing; may be repeated freely. */
export interface Query<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'query'
  readonly input: Input
  readonly output: Output
}

/** Changes something; is never repeated on the caller's behalf. */
export interface Command<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'command'
  readonly input: Input
  readonly output: Output
}

/** Tells, from the side that serves to the side that asks. */
export interface EventRoute<Payload extends z.ZodType = z.ZodType> {
  readonly kind: 'event'
  readonly payload: Payload
}

export type Route = Query | Command | EventRoute

/** Capabilities by name, each with its routes by name: the complete list of what crosses one boundary. */
export type Contract = Readonly<Record<string, Readonly<Record<string, Route>>>>

export function query<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): Query<Input, Output> {
  return { kind: 'query', input, output }
}

export function command<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): Command<Input, Output> {
  return { kind: 'command', input, output }
}

export function event<Payload extends z.ZodType>(payload: Payload): EventRoute<Payload> {
  return { kind: 'event', payload }
}

/** The name of a route on the wire. */
export function channelOf(capability: string, route: string): string {
  return `minato:${capability}.${route}`
}
