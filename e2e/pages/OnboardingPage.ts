import type { Page } from '@playwright/test'
import { expect } from '../expect.ts'
import { keepKit } from './keepKit.ts'

/** Of the bridge what is used here. */
interface Bridge {
  readonly vault: {
    createPractice(input: {
      password: Uint8Array
      protection: 'keychain'
    }): Promise<{ ok: true } | { ok: false; error: { code: string } }>
  }
}

export type Beginning =
  | 'Practice on the local chain'
  | 'Create a new wallet'
  | 'I have a recovery phrase'
  | 'I have a backup file or shares'

/** The first run: from the welcome to an open wallet. */
export class OnboardingPage {
  readonly window: Page

  constructor(window: Page) {
    this.window = window
  }

  async expectShown(): Promise<void> {
    await expect(this.window.getByRole('heading', { name: 'How would you like to begin?' })).toBeVisible()
  }

  async choose(beginning: Beginning): Promise<void> {
    await this.window.getByRole('button', { name: beginning }).click()
  }

  /** Makes a phrase, and returns its words as the user would copy them to paper. */
  async makePhrase(length: 12 | 24 = 12): Promise<string[]> {
    await this.window.getByRole('radio', { name: `${length} words` }).check()
    await this.window.getByRole('button', { name: 'Create recovery phrase' }).click()
    await this.window.getByRole('button', { name: 'Reveal the words' }).click()
    const items = this.window.getByRole('list', { name: 'Recovery words' }).getByRole('listitem')
    await expect(items).toHaveCount(length)
    const words = (await items.allInnerTexts()).map((text) => text.replaceAll(/[^a-z]/g, ''))
    await this.window.getByRole('button', { name: 'I have written them down' }).click()
    return words
  }

  /** Types the asked words from "paper". */
  async repeatWords(words: readonly string[]): Promise<void> {
    const fields = this.window.locator('input[name^="word-"]')
    await expect(fields.first()).toBeVisible()
    for (const field of await fields.all()) {
      const position = Number((await field.getAttribute('name'))?.slice('word-'.length))
      await field.fill(words[position - 1] ?? '')
    }
    await this.window.getByRole('button', { name: 'Check the words' }).click()
  }

  async typePhrase(phrase: string): Promise<void> {
    await this.window.getByLabel('Recovery phrase').fill(phrase)
    await this.window.getByRole('button', { name: 'Continue' }).click()
  }

  async choosePassword(password: string, options: { withoutKeychain?: boolean } = {}): Promise<void> {
    await this.window.getByLabel('Password', { exact: true }).fill(password)
    await this.window.getByLabel('Repeat the password').fill(password)
    if (options.withoutKeychain) await this.window.getByText('Protect with the password alone').click()
    await this.window.getByRole('button', { name: 'Protect the wallet' }).click()
  }

  /** Returns the recovery kit's code, and confirms that it was kept. */
  async keepRecoveryKit(): Promise<string> {
    return keepKit(this.window)
  }

  async openWallet(): Promise<void> {
    await this.window.getByRole('button', { name: 'Open the wallet' }).click()
    await expect(this.window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
  }

  /** The practice wallet at once, for journeys that are about something else; the portfolio is shown. */
  async openPractice(password: string): Promise<void> {
    await this.createPractice(password)
    await this.window.reload()
    await expect(this.window.getByRole('heading', { name: 'Portfolio' })).toBeVisible()
  }

  /** The practice wallet is there and open; the window finds it once it is loaded again. */
  async createPractice(password: string): Promise<void> {
    await this.expectShown()
    await this.window.evaluate(async (text) => {
      const { minato } = globalThis as unknown as { minato: Bridge }
      const made = await minato.vault.createPractice({
        password: new TextEncoder().encode(text),
        protection: 'keychain',
      })
      if (!made.ok) throw new Error(made.error.code)
    }, password)
  }

  /** The practice wallet, from the first click to the portfolio. Returns the recovery kit's code. */
  async beginPractice(password: string): Promise<string> {
    await this.choose('Practice on the local chain')
    await this.choosePassword(password)
    const kit = await this.keepRecoveryKit()
    await this.openWallet()
    return kit
  }
}
