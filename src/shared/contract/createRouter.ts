import { AppError } from '../errors/AppError.ts'
import { type Failure, type Result, toFailure } from '../errors/Result.ts'
import { type Command, type Contract, channelOf, type EventRoute, type Query } from './route.ts'

type Handler<R> =
  R extends Query<unknown, infer Taken, infer Answered>
    ? (input: Taken) => Promise<Answered> | Answered
    : R extends Command<unknown, infer Taken, infer Answered>
      ? (input: Taken) => Promise<Answered> | Answered
      : never

type CallableNames<Routes> = {
  [Name in keyof Routes]: Routes[Name] extends EventRoute ? never : Name
}[keyof Routes]

/** The serving side of a contract: the type checker refuses a missing handler. */
export type Handlers<C extends Contract> = {
  readonly [Capability in keyof C]: {
    readonly [Name in CallableNames<C[Capability]>]: Handler<C[Capability][Name]>
  }
}

export interface Router {
  readonly channels: readonly string[]
  /** Checks the input, calls the handler, checks the output. Never throws: what was thrown becomes a failure. */
  handle(channel: string, input: unknown): Promise<Result<unknown>>
}

/** Told of every failure before it crosses: the place to log causes and stacks, which do not leave the process. */
export type FailureObserver = (channel: string, failure: Failure, thrown: unknown) => void

export function createRouter<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  observeFailure: FailureObserver = () => {},
): Router {
  const routes = new Map<string, (input: unknown) => Promise<unknown>>()
  for (const [capability, members] of Object.entries(contract)) {
    for (const [name, route] of Object.entries(members)) {
      if (route.kind === 'event') continue
      const service = handlers[capability as keyof C] as Record<string, (input: unknown) => unknown>
      routes.set(channelOf(capability, name), async (input) => {
        const parsed = route.input.safeParse(input)
        if (!parsed.success) {
          const issue = parsed.error.issues[0]
          // The path and the rule, never the value: it may be a secret.
          throw new AppError('request.invalid', {
            path: issue?.path.join('.') ?? '',
            rule: issue?.code ?? 'unknown',
          })
        }
        const handler = service[name]
        if (handler === undefined) throw new Error(`No handler for ${capability}.${name}`)
        return route.output.parse(await handler.call(service, parsed.data))
      })
    }
  }
  return {
    channels: [...routes.keys()],
    async handle(channel, input) {
      try {
        const route = routes.get(channel)
        if (!route) throw new AppError('request.invalid', { path: '', rule: 'unknown_channel' })
        return { ok: true, value: await route(input) }
      } catch (thrown) {
        const error = toFailure(thrown)
        observeFailure(channel, error, thrown)
        return { ok: false, error }
      }
    },
  }
}
