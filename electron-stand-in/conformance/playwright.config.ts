import { defineConfig } from '@playwright/test'

// biome-ignore lint/style/noDefaultExport: Playwright reads the default export.
export default defineConfig({ testDir: '.', timeout: 90_000, workers: 1, reporter: 'list' })
