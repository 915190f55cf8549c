import type { Locator, Page } from '@playwright/test'
import { expect } from '../expect.ts'

/** The locked wallet. */
export class UnlockPage {
  readonly window: Page
  readonly alert: Locator

  constructor(window: Page) {
    this.window = window
    this.alert = window.getByRole('alert')
  }

  async expectShown(): Promise<void> {
    await expect(this.window.getByRole('heading', { name: 'Welcome back' })).toBeVisible()
  }

  async unlock(password: string, recoveryKit?: string): Promise<void> {
    await this.window.getByLabel('Password', { exact: true }).fill(password)
    if (recoveryKit !== undefined) {
      await this.window.getByRole('button', { name: 'Use the recovery kit' }).click()
      await this.window.getByLabel('Recovery kit code').fill(recoveryKit)
    }
    await this.window.getByRole('button', { name: 'Unlock', exact: true }).click()
  }
}
