export type { SettingsStore } from './settings.ports.ts'
export { createSettingsService, type SettingsService, type SettingsServiceDeps } from './settings.service.ts'
