import { type Settings, settingsSchema } from '../../../../shared/contract/settings.ts'

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  referenceCurrency: 'USD',
  density: 'comfortable',
  autoLockMinutes: 10,
  exchangeFeeBps: 10,
  signsUnknown: false,
  costMethod: 'fifo',
}

/** Takes each stored setting that is still valid and the default for the others, so that one bad or retired value does not reset the rest. */
export function mergeSettings(stored: unknown): Settings {
  const values = typeof stored === 'object' && stored !== null ? stored : {}
  const merged: Record<string, unknown> = { ...defaultSettings }
  for (const [key, schema] of Object.entries(settingsSchema.shape)) {
    const parsed = schema.safeParse((values as Record<string, unknown>)[key])
    if (parsed.success) merged[key] = parsed.data
  }
  return settingsSchema.parse(merged)
}
