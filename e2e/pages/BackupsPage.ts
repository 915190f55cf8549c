import type { Locator, Page } from '@playwright/test'
import { expect } from '../expect.ts'

/** Backups: made, checked, made again. */
export class BackupsPage {
  readonly window: Page
  readonly dialog: Locator

  constructor(window: Page) {
    this.window = window
    this.dialog = window.getByRole('dialog')
  }

  async open(): Promise<void> {
    await this.window
      .getByRole('navigation', { name: 'Main' })
      .getByRole('button', { name: 'Settings' })
      .click()
    await this.window.getByRole('tab', { name: 'Security' }).click()
    await this.window.getByRole('button', { name: 'Backups', exact: true }).last().click()
    await expect(this.window.getByRole('heading', { name: 'Backups', level: 1 })).toBeVisible()
  }

  async saveFile(password: string, backupPassword: string): Promise<void> {
    await this.window.getByRole('button', { name: 'Save a backup file' }).click()
    await this.dialog.getByLabel('Password of the backup').fill(backupPassword)
    await this.dialog.getByLabel('Repeat the password').fill(backupPassword)
    await this.dialog.getByLabel('Password', { exact: true }).fill(password)
    await this.dialog.getByRole('button', { name: 'Save the file' }).click()
    await expect(this.dialog.getByText(/^Saved as /)).toBeVisible()
    await this.dialog.getByRole('button', { name: 'Close' }).first().click()
  }

  /** Two of three; returns the shares as they would be copied to paper. */
  async makeShares(password: string): Promise<string[]> {
    await this.window.getByRole('button', { name: 'Split a phrase into shares' }).click()
    await this.dialog.getByLabel('Password', { exact: true }).fill(password)
    await this.dialog.getByRole('button', { name: 'Make the shares' }).click()
    const shares: string[] = []
    for (const index of [1, 2, 3]) {
      await expect(this.dialog.getByRole('heading', { name: `Share ${index} of 3` })).toBeVisible()
      const words = await this.dialog.getByTestId('share').getByRole('listitem').allInnerTexts()
      shares.push(words.map((word) => word.trim()).join(' '))
      await this.dialog
        .getByRole('button', { name: index < 3 ? 'Next share' : 'All are written down' })
        .click()
    }
    await this.dialog.getByRole('button', { name: 'Close' }).first().click()
    return shares
  }

  async startCheck(kind: 'Phrase' | 'Shares' | 'Backup file'): Promise<void> {
    await this.window.getByRole('button', { name: 'Check a backup', exact: true }).click()
    await this.dialog.getByRole('tab', { name: kind }).click()
  }

  async finishCheck(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Check the backup' }).click()
    await expect(this.dialog.getByText('This backup works.')).toBeVisible()
    await this.dialog.getByRole('button', { name: 'Close' }).first().click()
  }
}
