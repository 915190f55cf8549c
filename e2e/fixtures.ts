import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { type Devnet, startDevnet } from '../devnet/builder/startDevnet.ts'
import { type SecretService, startSecretService } from '../scripts/withSecretService.ts'
import { type LaunchOptions, launchMinato, type RunningMinato } from './hosts/launchMinato.ts'
import { OnboardingPage } from './pages/OnboardingPage.ts'
import { ShellPage } from './pages/ShellPage.ts'

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
  readonly practiceApp: RunningMinato
}

interface TestFixtures {
  /** A fresh machine, and whatever was launched on it is closed at the end. */
  readonly machine: Machine
  /** For a second, "new" machine in the same test. */
  readonly makeMachine: () => Promise<Machine>
  /**
   * An open practice wallet whose window begins anew. Its app runs on for the journeys that follow, for starting one costs
   * as much as many a journey: whoever leaves an order, an alert, a contact or a setting behind takes it away again.
   */
  readonly practice: RunningMinato
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
  practiceApp: [
    async ({ devnet }, use) => {
      const ends = new Ends()
      const machine = await setUpMachine(devnet, ends)
      const app = await machine.launch()
      await new OnboardingPage(app.window).createPractice(password)
      await use(app)
      await ends.run()
    },
    { scope: 'worker' },
  ],
  makeMachine: async ({ devnet }, use) => {
    const ends = new Ends()
    await use(() => setUpMachine(devnet, ends))
    await ends.run()
  },
  machine: async ({ makeMachine }, use) => use(await makeMachine()),
  practice: async ({ practiceApp }, use) => {
    await new ShellPage(practiceApp.window).beginAnew()
    await use(practiceApp)
  },
})

/** What is ended when those are done who use it, the last first. */
class Ends {
  readonly #ends: (() => Promise<unknown>)[] = []

  add(end: () => Promise<unknown>): void {
    this.#ends.push(end)
  }

  async run(): Promise<void> {
    for (const end of this.#ends.reverse()) await end()
  }
}

async function setUpMachine(devnet: Devnet, ends: Ends): Promise<Machine> {
  const profile = await mkdtemp(join(tmpdir(), 'minato-profile-'))
  ends.add(() => rm(profile, { recursive: true, force: true }))
  const secretService = await startSecretService()
  ends.add(() => secretService.dispose())
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
      ends.add(running.close)
      return running
    },
  }
}
