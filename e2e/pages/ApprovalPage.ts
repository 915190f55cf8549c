import type { Locator, Page } from '@playwright/test'
import { expect } from '../expect.ts'

/** The window in which a signature is given. */
export class ApprovalPage {
  readonly window: Page
  /** What the signer read from the bytes. */
  readonly read: Locator

  constructor(window: Page) {
    this.window = window
    this.read = window.getByRole('region', { name: 'Read by the signer from the bytes it is about to sign' })
  }

  async expectShown(): Promise<void> {
    await expect(this.window.getByRole('heading', { name: 'Approve this transaction?' })).toBeVisible()
  }

  async expectRuleShown(): Promise<void> {
    await expect(this.window.getByRole('heading', { name: 'Allow this from now on?' })).toBeVisible()
  }

  /** What was pointed out as dangerous is wanted all the same. */
  async acceptDangers(): Promise<void> {
    await this.window.bringToFront()
    await this.window.getByRole('checkbox', { name: 'I know this, and I want it all the same' }).click()
  }

  async approve(): Promise<void> {
    await this.window.bringToFront()
    const approve = this.window.getByRole('button', { name: 'Approve', exact: true })
    await expect(approve).toBeEnabled()
    await this.#answer(approve)
  }

  async reject(): Promise<void> {
    await this.#answer(this.window.getByRole('button', { name: 'Reject', exact: true }))
  }

  /** The window closes with the answer, at times before the browser has acknowledged the release of the mouse. */
  async #answer(button: Locator): Promise<void> {
    await button.click().catch((error: unknown) => {
      if (!this.window.isClosed()) throw error
    })
  }
}
