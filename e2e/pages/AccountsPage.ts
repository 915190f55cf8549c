import type { Locator, Page } from '@playwright/test'
import { expect } from '../expect.ts'

/** Wallets and accounts, reached from the account menu. */
export class AccountsPage {
  readonly window: Page
  readonly details: Locator
  readonly dialog: Locator

  constructor(window: Page) {
    this.window = window
    this.details = window.getByRole('region', { name: 'Details', exact: true })
    this.dialog = window.getByRole('dialog')
  }

  async open(): Promise<void> {
    await this.window.getByRole('button', { name: /^Account: / }).click()
    await this.window.getByRole('button', { name: 'Manage and import' }).click()
    await expect(this.window.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
  }

  /** The names of a wallet's accounts, in their order. */
  accountsOf(wallet: string): Locator {
    return this.window.getByRole('list', { name: `Accounts of ${wallet}` }).getByRole('listitem')
  }

  async chooseAccount(wallet: string, account: string): Promise<void> {
    await this.accountsOf(wallet).getByRole('button', { name: account, exact: true }).click()
    await expect(this.details.getByRole('heading', { name: account })).toBeVisible()
  }

  async chooseWallet(wallet: string): Promise<void> {
    await this.window.getByRole('heading', { name: wallet, level: 2 }).getByRole('button').click()
    await expect(this.details.getByLabel('Wallet name')).toHaveValue(wallet)
  }

  async openImport(tab: 'Phrase' | 'Private key' | 'Keystore' | 'Shares' | 'Watch only'): Promise<void> {
    // By the keyboard: the notice of a missing backup may come between a press of the mouse and its release, and move the button.
    await this.window.getByRole('button', { name: 'Import', exact: true }).press('Enter')
    await this.dialog.getByRole('tab', { name: tab }).click()
  }

  /** Names what is brought, sends the form, and waits until it is there. */
  async finishImport(name: string, action: 'Import' | 'Watch' = 'Import'): Promise<void> {
    await this.dialog.getByLabel('Name (optional)').fill(name)
    await this.dialog.getByRole('button', { name: action, exact: true }).click()
    await expect(this.dialog).toHaveCount(0)
    await expect(this.details.getByLabel('Wallet name')).toHaveValue(name)
  }

  /** Answers the question for the password, and returns what is shown then. */
  async reveal(password: string): Promise<string> {
    await this.dialog.getByLabel('Password', { exact: true }).fill(password)
    await this.dialog.getByRole('button', { name: 'Reveal', exact: true }).click()
    const secret = this.dialog.getByTestId('secret')
    await expect(secret).toBeVisible()
    const parts = await secret.locator('> *').allInnerTexts()
    await this.dialog.getByRole('button', { name: 'Hide', exact: true }).click()
    await expect(this.dialog).toHaveCount(0)
    return parts.map((part) => part.trim()).join(' ')
  }
}
