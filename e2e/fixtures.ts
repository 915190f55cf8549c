import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { type Devnet, startDevnet } from '../devnet/builder/startDevnet.ts'
import { type SecretService, startSecretService } from '../scripts/withSecretService.ts'
import { type LaunchOptions, launchMinato, type RunningMinato } from './hosts/launchMinato.ts'

export { expect } from './expect.ts'

export const password = 'correct horse battery'

/** A machine of the user's: a folder for the app's data and a keychain of its own. */
export interface Machine {
  readonly profile: string
  readonly secretService: SecretService
  launch(options?: Partial<LaunchOptions>): Promise<RunningMinato>
}

interface WorkerFixtures {
  readonly devnet: Devnet
}

interface TestFixtures {
  /** A fresh machine, and whatever was launched on it is closed at the end. */
  readonly machine: Machine
  /** For a second, "new" machine in the same test. */
  readonly makeMachine: () => Promise<Machine>
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  devnet: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const devnet = await startDevnet({ blockTimeMs: 500, idleBlockTimeMs: 3_000 })
      await use(devnet)
      await devnet.stop()
    },
    { scope: 'worker' },
  ],
  makeMachine: async ({ devnet }, use) => {
    const ends: (() => Promise<unknown>)[] = []
    await use(async () => {
      const profile = await mkdtemp(join(tmpdir(), 'minato-profile-'))
      ends.push(() => rm(profile, { recursive: true, force: true }))
      const secretService = await startSecretService()
      ends.push(() => secretService.dispose())
      return {
        profile,
        secretService,
        async launch(options = {}) {
          const { env, ...rest } = options
          const running = await launchMinato({
            profile,
            manifest: devnet.manifest,
            env: { ...secretService.clientEnvironment, ...env },
            ...rest,
          })
          ends.push(running.close)
          return running
        },
      }
    })
    for (const end of ends.reverse()) await end()
  },
  machine: async ({ makeMachine }, use) => use(await makeMachine()),
})
