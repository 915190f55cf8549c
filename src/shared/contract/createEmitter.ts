import { type Contract, channelOf, type EventRoute } from './route.ts'

type EventNames<Routes> = {
  [Name in keyof Routes]: Routes[Name] extends EventRoute ? Name : never
}[keyof Routes]

/** The telling side of a contract's events. */
export type Emitter<C extends Contract> = {
  readonly [Capability in keyof C]: {
    readonly [Name in EventNames<C[Capability]>]: C[Capability][Name] extends EventRoute<infer Told>
      ? (payload: Told) => void
      : never
  }
}

/** Builds the telling side; each payload is checked before it leaves, so that no field crosses that is not listed. */
export function createEmitter<C extends Contract>(
  contract: C,
  send: (channel: string, payload: unknown) => void,
): Emitter<C> {
  const emitter: Record<string, Record<string, unknown>> = {}
  for (const [capability, routes] of Object.entries(contract)) {
    const members: Record<string, unknown> = {}
    for (const [name, route] of Object.entries(routes)) {
      if (route.kind !== 'event') continue
      members[name] = (payload: unknown) => send(channelOf(capability, name), route.payload.parse(payload))
    }
    emitter[capability] = members
  }
  return emitter as Emitter<C>
}
