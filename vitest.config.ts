import { defineConfig } from 'vitest/config'

/** Tests that start nothing, neither chain nor keyring nor process, and change nothing that others see. */
const light = [
  'src/{shared,renderer}/**/*.test.{ts,tsx}',
  'src/main/capabilities/!(orderbook)/domain/**/*.test.ts',
  'src/main/capabilities/orderbook/domain/!(limitOrderProtocol)/**/*.test.ts',
  'src/main/signer/{keys,keystore,memory,operations,phrase,recoveryKit,rules,shares,vault}/**/*.test.ts',
  'src/main/signer/{messages,signingHandlers,vaultHandlers,wallets}.test.ts',
  'src/main/signer/signing/{*.test.ts,!(delegation)/**/*.test.ts}',
  'electron-stand-in/**/*.test.ts',
]

// See src/shared/testing/thoroughness.ts.
const isThorough = process.env.MINATO_TEST_THOROUGH === '1'

export default defineConfig({
  test: {
    provide: { isThorough },
    setupFiles: ['src/shared/testing/setUpProperties.ts'],
    // Property tests find the same counterexamples everywhere; a failing seed is printed with its path.
    env: { TZ: 'UTC' },
    // Style sheets are left out of tests, but for the one whose contrasts are checked.
    css: { include: [/design\/tokens\.css/] },
    retry: 0,
    testTimeout: isThorough ? 3_600_000 : 120_000,
    hookTimeout: 120_000,
    // What is waited for has no deadline of its own.
    expect: { poll: { timeout: 30_000 } },
    // Half of the tests wait for a chain, a keyring or a process: a third worker uses the two cores meanwhile.
    maxWorkers: 3,
    // Files follow each other in one process and share what they import and what is compiled: starting anew for each of
    // them takes twice the time.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'light',
          include: light,
          setupFiles: ['src/main/signer/testing/rememberStretchedKeys.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'heavy',
          include: ['{src,devnet,scripts,electron-stand-in}/**/*.test.{ts,tsx}'],
          exclude: light,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/shared/**/*.ts', 'src/main/**/*.ts'],
      // Electron's own glue runs in the end-to-end tests, in other processes.
      exclude: ['**/*.test.ts', 'src/main/electron/**', 'src/main/index.ts'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
})
