import type { Result } from '../errors/Result.ts'
import { type Command, type Contract, channelOf, type EventRoute, type Query } from './route.ts'

/** How requests leave and events arrive: Electron's ipcRenderer, a utility process's port, or a test's own pair. */
export interface Transport {
  request(channel: string, input: unknown): Promise<unknown>
  /** Returns what ends the subscription. */
  subscribe(channel: string, listener: (payload: unknown) => void): () => void
}

type Callable<Sent, Received> = undefined extends Sent
  ? (input?: Sent) => Promise<Result<Received>>
  : (input: Sent) => Promise<Result<Received>>

type Member<R> =
  R extends EventRoute<unknown, infer Heard>
    ? (listener: (payload: Heard) => void) => () => void
    : R extends Query<infer Sent, unknown, unknown, infer Received>
      ? Callable<Sent, Received>
      : R extends Command<infer Sent, unknown, unknown, infer Received>
        ? Callable<Sent, Received>
        : never

/** The calling side of a contract: one function a route, results instead of exceptions. */
export type Api<C extends Contract> = {
  readonly [Capability in keyof C]: { readonly [Name in keyof C[Capability]]: Member<C[Capability][Name]> }
}

/**
 * Builds the calling side from the contract and nothing else, so that no call exists that the contract does not list.
 *
 * Inputs are checked by the serving side, which is the one that must not trust them.
 */
export function createApi<C extends Contract>(contract: C, transport: Transport): Api<C> {
  const api: Record<string, Record<string, unknown>> = {}
  for (const [capability, routes] of Object.entries(contract)) {
    const members: Record<string, unknown> = {}
    for (const [name, route] of Object.entries(routes)) {
      const channel = channelOf(capability, name)
      members[name] =
        route.kind === 'event'
          ? (listener: (payload: unknown) => void) => transport.subscribe(channel, listener)
          : (input?: unknown) => transport.request(channel, input)
    }
    api[capability] = members
  }
  return api as Api<C>
}
