import { defineConfig } from '@playwright/test'

export default defineConfig({
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 480_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  projects: [
    { name: 'conformance', testDir: 'electron-stand-in/conformance' },
    // No journey waits for another of its file: the last file would else keep one worker busy and the other idle.
    // Those on the app that each worker keeps open come together: it ends with the project, and idles beside no other app.
    { name: 'practice', testDir: 'e2e/practice', fullyParallel: true },
    { name: 'journeys', testDir: 'e2e/journeys', fullyParallel: true },
  ],
})
