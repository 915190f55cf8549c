import type { Locator, Page } from '@playwright/test'
import { expect } from '../expect.ts'

/** The trade: amounts, quote, and what becomes of it. */
export class SwapPage {
  readonly window: Page
  readonly form: Locator
  /** The sentence with what is sure to arrive. */
  readonly promise: Locator

  constructor(window: Page) {
    this.window = window
    this.form = window.getByRole('form', { name: 'Trade' })
    this.promise = window.getByText(/^You receive at least .+\.$/).first()
  }

  async open(): Promise<void> {
    await this.window.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Swap' }).click()
    await expect(this.form).toBeVisible()
  }

  async choose(side: 'pay' | 'receive', symbol: string): Promise<void> {
    const name = side === 'pay' ? /asset to pay with/i : /asset to receive/i
    await this.form.getByRole('button', { name }).click()
    const dialog = this.window.getByRole('dialog', { name: 'Choose an asset' })
    const search = dialog.getByLabel('Search by name, symbol or address')
    await search.fill(symbol)
    await dialog.getByRole('listitem').filter({ hasText: symbol }).first().getByRole('button').click()
  }

  async pay(amount: string): Promise<void> {
    await this.form.getByLabel('You pay').fill(amount)
  }

  /** A quote that stands. */
  async expectQuote(): Promise<void> {
    await expect(this.promise).toBeVisible()
  }

  async continue(): Promise<void> {
    await this.window.getByRole('button', { name: /^(Continue|Accept .* and continue)$/ }).click()
  }
}
