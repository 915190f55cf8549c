import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,devnet,scripts,electron-stand-in}/**/*.test.{ts,tsx}'],
    // Property tests find the same counterexamples everywhere; a failing seed is printed with its path.
    env: { TZ: 'UTC' },
    // Style sheets are left out of tests, but for the one whose contrasts are checked.
    css: { include: [/design\/tokens\.css/] },
    retry: 0,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is waited for has no deadline of its own.
    expect: { poll: { timeout: 30_000 } },
    // Half of the tests wait for a chain, a keyring or a process: a third worker uses the two cores meanwhile.
    maxWorkers: 3,
    coverage: {
      provider: 'v8',
      include: ['src/shared/**/*.ts', 'src/main/**/*.ts'],
      // Electron's own glue runs in the end-to-end tests, in other processes.
      exclude: ['**/*.test.ts', 'src/main/electron/**', 'src/main/index.ts'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
})
