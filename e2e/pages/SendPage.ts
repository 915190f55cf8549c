import type { Locator, Page } from '@playwright/test'
import { expect } from '../expect.ts'

/** The form, the review and the outcome of a transfer. */
export class SendPage {
  readonly window: Page
  readonly review: Locator
  readonly form: Locator

  constructor(window: Page) {
    this.window = window
    this.form = window.getByRole('form', { name: 'Transfer' })
    this.review = window.getByRole('region', { name: 'Review' })
  }

  async open(): Promise<void> {
    await this.window.getByRole('button', { name: 'Send', exact: true }).first().click()
    await expect(this.form).toBeVisible()
  }

  async chooseAsset(symbol: string): Promise<void> {
    await this.form.getByRole('button', { name: /^(Asset: |Choose an asset)/ }).click()
    const picker = this.window.getByRole('dialog', { name: 'Choose an asset' })
    await picker.getByLabel('Search by name, symbol or address').fill(symbol)
    await picker.getByRole('listitem').filter({ hasText: symbol }).first().getByRole('button').click()
  }

  async fill(transfer: { asset: string; amount: string; recipient: string }): Promise<void> {
    await this.chooseAsset(transfer.asset)
    await this.form.getByLabel('Amount').fill(transfer.amount)
    await this.form.getByLabel('Recipient').fill(transfer.recipient)
  }

  async submit(): Promise<void> {
    await this.form.getByRole('button', { name: 'Review transfer' }).click()
  }

  async continue(): Promise<void> {
    await this.window.getByRole('button', { name: 'Continue' }).click()
  }
}
