import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { createUnavailableModule, refuseUnknownMembers, UnavailableError } from './unavailable.ts'

test('an unavailable module says which member is missing', () => {
  const tray = createUnavailableModule('Tray') as { new (): object; (): void; popup: unknown }
  expect(() => tray.popup).toThrow('electron stand-in: Tray.popup is not available here')
  expect(() => new tray()).toThrow(UnavailableError)
  expect(() => tray()).toThrow(UnavailableError)
})

test('awaiting or printing an unavailable module is no use of it', async () => {
  const module = createUnavailableModule('screen')
  expect(await Promise.resolve(module)).toBe(module)
  expect(String(Object.prototype.toString.call(module))).toBe('[object Function]')
})

test('an API class refuses members that it lacks, and only those', () => {
  class Api extends EventEmitter {
    known = 1
    readonly #secret = 2
    read(): number {
      return this.#secret
    }
  }
  refuseUnknownMembers(Api, 'api')
  const api = new Api() as Api & { dock: unknown }
  expect(api.known + api.read()).toBe(3)
  expect(() => api.dock).toThrow('api.dock is not available here')
  expect('dock' in api).toBe(false)
  api.on('event', () => {})
  expect(api.emit('event')).toBe(true)
  api.dock = 'patched by a test'
  expect(api.dock).toBe('patched by a test')
})
