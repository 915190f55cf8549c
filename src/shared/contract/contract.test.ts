import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { AppError } from '../errors/AppError.ts'
import { type Result, unwrapResult } from '../errors/Result.ts'
import { nothing, secretBytesSchema } from './common.ts'
import { createApi, type Transport } from './createApi.ts'
import { createEmitter } from './createEmitter.ts'
import { createRouter, type FailureObserver, type Handlers } from './createRouter.ts'
import { type Contract, command, event, query } from './route.ts'
import { signerContract } from './signer.ts'
import { approvalWindowContract, mainWindowContract } from './windows.ts'

const contract = {
  echo: {
    get: query(nothing, z.string()),
    double: command(z.strictObject({ units: z.bigint(), bytes: secretBytesSchema }), z.bigint()),
    ticked: event(z.strictObject({ count: z.bigint() })),
  },
} as const

/** Joins both sides as Electron does: everything that crosses is structurally cloned. */
function join(handlers: Handlers<typeof contract>, observe?: FailureObserver) {
  const router = createRouter(contract, handlers, observe)
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  const transport: Transport = {
    request: async (channel, input) => structuredClone(await router.handle(channel, structuredClone(input))),
    subscribe(channel, listener) {
      const set = listeners.get(channel) ?? new Set()
      listeners.set(channel, set.add(listener))
      return () => {
        set.delete(listener)
      }
    },
  }
  const emitter = createEmitter(contract, (channel, payload) => {
    for (const listener of listeners.get(channel) ?? []) listener(structuredClone(payload))
  })
  return { api: createApi(contract, transport), emitter, router }
}

const handlers: Handlers<typeof contract> = {
  echo: { get: () => 'hello', double: ({ units }) => units * 2n },
}

describe('a contract', () => {
  it('carries bigints and bytes unharmed', async () => {
    const { api } = join(handlers)
    expect(unwrapResult(await api.echo.double({ units: 2n ** 255n, bytes: new Uint8Array([1]) }))).toBe(
      2n ** 256n,
    )
    expect(unwrapResult(await api.echo.get())).toBe('hello')
  })

  it.each([
    ['a number for a bigint', { units: 2, bytes: new Uint8Array() }],
    ['a field that is not listed', { units: 2n, bytes: new Uint8Array(), extra: true }],
    ['a missing field', { units: 2n }],
    ['nothing', undefined],
  ])('refuses %s before the handler runs', async (_name, input) => {
    let called = false
    const { api } = join({
      echo: {
        get: () => '',
        double() {
          called = true
          return 0n
        },
      },
    })
    const result = await (api.echo.double as (input: unknown) => Promise<Result<bigint>>)(input)
    expect(result).toMatchObject({ ok: false, error: { code: 'request.invalid' } })
    expect(called).toBe(false)
  })

  it('does not repeat a refused value, which may be a secret', async () => {
    const { api } = join(handlers)
    const result = await (api.echo.double as (input: unknown) => Promise<unknown>)({
      units: 'correct horse',
      bytes: 'staple',
    })
    expect(JSON.stringify(result)).not.toMatch(/horse|staple/)
  })

  it('carries a code and its params, and never a stack or a cause', async () => {
    const observed: unknown[] = []
    const { api } = join(
      {
        echo: {
          get: () => {
            throw new AppError('amount.overBalance', { available: 5n }, { cause: new Error('inner detail') })
          },
          double: () => {
            throw new TypeError('a bug with /a/path')
          },
        },
      },
      (_channel, _failure, thrown) => observed.push(thrown),
    )
    expect(await api.echo.get()).toEqual({
      ok: false,
      error: { code: 'amount.overBalance', params: { available: 5n }, retryable: false },
    })
    expect(await api.echo.double({ units: 1n, bytes: new Uint8Array() })).toEqual({
      ok: false,
      error: { code: 'internal', params: {}, retryable: false },
    })
    expect(observed).toHaveLength(2)
  })

  it('does not let an answer out that the contract does not list', async () => {
    const { api } = join({ echo: { get: () => 5 as unknown as string, double: () => 0n } })
    expect(await api.echo.get()).toMatchObject({ ok: false, error: { code: 'internal' } })
  })

  it('refuses a channel of another contract', async () => {
    const { router } = join(handlers)
    expect(await router.handle('minato:approvals.approve', {})).toMatchObject({ ok: false })
    expect(await router.handle('__proto__', {})).toMatchObject({ ok: false })
  })

  it('delivers events until the listener is removed', () => {
    const { api, emitter } = join(handlers)
    const seen: bigint[] = []
    const stop = api.echo.ticked(({ count }) => seen.push(count))
    emitter.echo.ticked({ count: 1n })
    stop()
    emitter.echo.ticked({ count: 2n })
    expect(seen).toEqual([1n])
  })

  it('is typed on both sides', () => {
    type Echo = Handlers<typeof contract>['echo']
    expectTypeOf<Parameters<Echo['double']>[0]['units']>().toEqualTypeOf<bigint>()
    const { api } = join(handlers)
    expectTypeOf(api.echo.get).returns.resolves.toEqualTypeOf<Result<string>>()
    // @ts-expect-error a handler is missing
    const incomplete: Handlers<typeof contract> = { echo: { get: () => '' } }
    expect(Object.keys(incomplete.echo)).toEqual(['get'])
  })
})

function surface(target: Contract): string[] {
  return Object.entries(target).flatMap(([capability, routes]) =>
    Object.entries(routes).map(([name, route]) => `${route.kind} ${capability}.${name}`),
  )
}

describe('the surfaces', () => {
  it('of the main window has no route that approves', () => {
    expect(surface(mainWindowContract).filter((line) => /approv|sign/i.test(line))).toEqual([])
  })

  it('change only on purpose', () => {
    expect({
      mainWindow: surface(mainWindowContract),
      approvalWindow: surface(approvalWindowContract),
      signer: surface(signerContract),
    }).toMatchSnapshot()
  })
})
