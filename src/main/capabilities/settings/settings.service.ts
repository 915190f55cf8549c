import type { Handlers } from '../../../shared/contract/createRouter.ts'
import { type Settings, settingsSchema } from '../../../shared/contract/settings.ts'
import type { mainWindowContract } from '../../../shared/contract/windows.ts'
import { AppError } from '../../../shared/errors/AppError.ts'
import { mergeSettings } from './domain/mergeSettings.ts'
import type { SettingsStore } from './settings.ports.ts'

export interface SettingsServiceDeps {
  readonly store: SettingsStore
  onChanged(settings: Settings): void
}

export interface SettingsService {
  get(): Settings
  /** Takes over settings from elsewhere: each one that is valid here, and this machine's own for the rest. */
  restore(stored: unknown): void
  readonly update: Handlers<typeof mainWindowContract>['settings']['update']
}

/** The user's settings: always complete and valid, whatever is stored. */
export function createSettingsService({ store, onChanged }: SettingsServiceDeps): SettingsService {
  let current = mergeSettings(store.read())
  const service: SettingsService = {
    get: () => current,
    restore(stored) {
      const values = typeof stored === 'object' && stored !== null ? stored : {}
      service.update(mergeSettings({ ...current, ...values }))
    },
    update(changes) {
      const parsed = settingsSchema.safeParse({ ...current, ...changes })
      if (!parsed.success) {
        throw new AppError('settings.invalid', { path: parsed.error.issues[0]?.path.join('.') ?? '' })
      }
      store.write(parsed.data)
      current = parsed.data
      onChanged(current)
      return current
    },
  }
  return service
}
