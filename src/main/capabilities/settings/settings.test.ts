import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Settings, settingsSchema } from '../../../shared/contract/settings.ts'
import { defaultSettings, mergeSettings } from './domain/mergeSettings.ts'
import { createSettingsService } from './index.ts'

function open(stored: unknown) {
  const written: unknown[] = []
  const told: Settings[] = []
  const service = createSettingsService({
    store: { read: () => stored, write: (settings) => written.push(settings) },
    onChanged: (settings) => told.push(settings),
  })
  return { service, written, told }
}

test('starts with the defaults', () => {
  expect(open(undefined).service.get()).toEqual(defaultSettings)
})

test('keeps what is valid of what is stored', () => {
  const { service } = open({ theme: 'dark', language: 'tlh', autoLockMinutes: -1, retired: true })
  expect(service.get()).toEqual({ ...defaultSettings, theme: 'dark' })
})

test('is complete and valid whatever is stored', () => {
  fc.assert(
    fc.property(fc.anything(), (stored) => {
      expect(settingsSchema.safeParse(mergeSettings(stored)).success).toBe(true)
    }),
  )
})

test('writes, tells and returns a change; refuses a wrong one whole', async () => {
  const { service, written, told } = open(undefined)
  const next = { ...defaultSettings, theme: 'light' as const }
  expect(await service.update({ theme: 'light' })).toEqual(next)
  expect(written).toEqual([next])
  expect(told).toEqual([next])
  expect(() => service.update({ autoLockMinutes: 0.5 })).toThrow('settings.invalid')
  expect(service.get()).toEqual(next)
  expect(written).toHaveLength(1)
})
